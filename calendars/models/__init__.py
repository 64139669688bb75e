from calendars.models.leaves import Leave, LeaveType
from calendars.models.months import Month, MonthAct, MonthRule
from calendars.models.patterns import Holiday, WorkPattern

__all__ = ["Holiday", "Leave", "LeaveType", "Month", "MonthAct", "MonthRule", "WorkPattern"]
