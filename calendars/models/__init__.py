from calendars.models.leaves import Leave, LeaveChange, LeaveType
from calendars.models.month_rules import MonthRule
from calendars.models.months import Month, MonthAct
from calendars.models.outages import DismissedGap, Heartbeat, Outage
from calendars.models.patterns import Holiday, HolidayCancellation, NoWorkPattern, WorkPattern
from calendars.models.unasked import UnaskedDay

__all__ = [
    "DismissedGap",
    "Heartbeat",
    "Holiday",
    "HolidayCancellation",
    "Leave",
    "LeaveChange",
    "LeaveType",
    "Month",
    "MonthAct",
    "MonthRule",
    "NoWorkPattern",
    "Outage",
    "UnaskedDay",
    "WorkPattern",
]
