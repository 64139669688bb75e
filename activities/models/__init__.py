from activities.models.activity import Activity
from activities.models.catalog import OPEN_FAMILIES, CatalogItem
from activities.models.extending import move_for
from activities.models.late import allow_late
from activities.models.leave_days import follow_leave, reported_in
from activities.models.moving import follow_post, follow_postings, undecided_from, undecided_since
from activities.models.open_days import ReportingDays
from activities.models.opened import OpenDay
from activities.models.reopening import calendars_around, reopened, take_back_notices
from activities.models.reporting_day import ReportingDay
from activities.models.rules import EntryRule

__all__ = [
    "OPEN_FAMILIES",
    "Activity",
    "CatalogItem",
    "EntryRule",
    "OpenDay",
    "ReportingDay",
    "ReportingDays",
    "allow_late",
    "calendars_around",
    "follow_leave",
    "follow_post",
    "follow_postings",
    "move_for",
    "reopened",
    "reported_in",
    "take_back_notices",
    "undecided_from",
    "undecided_since",
]
