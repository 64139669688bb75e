from approvals.models.decisions import AlreadyDecided, Decision, Result
from approvals.models.rules import ReviewRule

__all__ = ["AlreadyDecided", "Decision", "Result", "ReviewRule"]
