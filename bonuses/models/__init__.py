from bonuses.models.lines import Line, NoLine
from bonuses.models.moves import MOVES, SamePerson
from bonuses.models.querysets import LiveRun
from bonuses.models.rules import PayRule
from bonuses.models.runs import Run
from bonuses.models.shares import Share

__all__ = ["MOVES", "Line", "LiveRun", "NoLine", "PayRule", "Run", "SamePerson", "Share"]
