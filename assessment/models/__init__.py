from assessment.models.assessments import Assessment
from assessment.models.closings import Closing
from assessment.models.draws import Draw, DrawnRow
from assessment.models.openings import Opening
from assessment.models.rules import ScoreRule
from assessment.models.verdicts import Verdict
from assessment.models.withdrawals import VerdictInForce, Withdrawal

__all__ = [
    "Assessment",
    "Draw",
    "DrawnRow",
    "Closing",
    "VerdictInForce",
    "Opening",
    "ScoreRule",
    "Verdict",
    "Withdrawal",
]
