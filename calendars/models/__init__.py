from calendars.models.leaves import Leave, LeaveType
from calendars.models.month_rules import MonthRule
from calendars.models.months import Month, MonthAct
from calendars.models.patterns import Holiday, NoWorkPattern, WorkPattern

__all__ = ["Holiday", "Leave", "LeaveType", "Month", "MonthAct", "MonthRule", "NoWorkPattern", "WorkPattern"]
