from assessment.models.assessments import Assessment
from assessment.models.draws import Draw, DrawnRow
from assessment.models.rules import ScoreRule
from assessment.models.steps import MonthStep
from assessment.models.verdicts import Verdict

__all__ = ["Assessment", "Draw", "DrawnRow", "MonthStep", "ScoreRule", "Verdict"]
