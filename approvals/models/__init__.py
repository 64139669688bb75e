from approvals.models.decisions import Decision
from approvals.models.recording import AlreadyDecided, DecisionResult
from approvals.models.rules import ReviewRule

__all__ = ["AlreadyDecided", "Decision", "DecisionResult", "ReviewRule"]
