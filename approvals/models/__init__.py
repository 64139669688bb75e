from approvals.models.bulk import BulkAct, BulkBlock, BulkSet
from approvals.models.decisions import Decision
from approvals.models.recording import AlreadyDecided, DecisionResult
from approvals.models.rules import ReviewRule

__all__ = ["AlreadyDecided", "BulkAct", "BulkBlock", "BulkSet", "Decision", "DecisionResult", "ReviewRule"]
