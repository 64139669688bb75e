from calendars.models.leaves import Leave, LeaveChange, LeaveType
from calendars.models.month_rules import MonthRule
from calendars.models.months import Month, MonthAct
from calendars.models.patterns import Holiday, HolidayCancellation, NoWorkPattern, WorkPattern

__all__ = [
    "Holiday",
    "HolidayCancellation",
    "Leave",
    "LeaveChange",
    "LeaveType",
    "Month",
    "MonthAct",
    "MonthRule",
    "NoWorkPattern",
    "WorkPattern",
]
