from assessment.models.assessments import Assessment
from assessment.models.closings import Closing
from assessment.models.draws import Draw, DrawnRow
from assessment.models.openings import Opening
from assessment.models.rules import ScoreRule
from assessment.models.verdicts import Verdict
from assessment.models.withdrawals import InForce, Withdrawal

__all__ = [
    "Assessment",
    "Draw",
    "DrawnRow",
    "Closing",
    "InForce",
    "Opening",
    "ScoreRule",
    "Verdict",
    "Withdrawal",
]
