from bonuses.models.lines import Line, NoLine
from bonuses.models.querysets import LiveRun
from bonuses.models.rules import PayRule, Tariff
from bonuses.models.runs import Run, SamePerson
from bonuses.models.shares import Share

__all__ = ["Line", "LiveRun", "NoLine", "PayRule", "Run", "SamePerson", "Share", "Tariff"]
