from approvals.models.decisions import AlreadyDecided, Decision, DecisionResult
from approvals.models.rules import ReviewRule

__all__ = ["AlreadyDecided", "Decision", "DecisionResult", "ReviewRule"]
