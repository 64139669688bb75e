"""Until when the work of a day may be reported. PURE: standard library only, days and moments passed in.

A window is closed at its start and open at its end: it holds from the first moment of the day itself
until just before `closes_at`. Source: domain.md, sections 3 and 4.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import islice

WORKING_DAYS, CALENDAR_DAYS, MONTH_CLOSE = "working_days", "calendar_days", "month_close"


@dataclass(frozen=True)
class Window:
    """The moments in which one day's work may be reported: `opens_at` <= moment < `closes_at`."""

    opens_at: datetime
    closes_at: datetime

    def holds(self, at: datetime) -> bool:
        return self.opens_at <= at < self.closes_at


def start_of(day: date, zone: tzinfo) -> datetime:
    """The first moment of the day in `zone`; that of the next day is "24.00"."""
    return datetime.combine(day, time.min, zone)


def last_day_counted(day: date, *, days: int, counted_in: str, working_days: Iterable[date]) -> date | None:
    """The last day on which `day` is still open; None where only the month's close ends it.

    `working_days` are the owner's days that count, in order: working days not excused in whole. No more
    of them are taken than are needed.
    """
    if counted_in == CALENDAR_DAYS:
        return day + timedelta(days=days)
    if counted_in == MONTH_CLOSE:
        return None
    if days == 0:
        return day
    later = (other for other in working_days if other > day)
    return next(islice(later, days - 1, None), None)


def window(
    day: date,
    *,
    zone: tzinfo,
    days: int,
    counted_in: str,
    working_days: Iterable[date],
    month_closes_at: datetime,
    grace_minutes: int = 0,
) -> Window:
    """The window of one day: to `grace_minutes` after 24.00 of its last day, never past the month's close.

    Raises ValueError for a mode it does not know.
    """
    if counted_in not in (WORKING_DAYS, CALENDAR_DAYS, MONTH_CLOSE):
        raise ValueError(f"unknown way to count days: {counted_in}")
    last = last_day_counted(day, days=days, counted_in=counted_in, working_days=working_days)
    closes_at = month_closes_at
    if last is not None:
        grace = timedelta(minutes=grace_minutes)
        closes_at = min(start_of(last + timedelta(days=1), zone) + grace, month_closes_at)
    return Window(opens_at=start_of(day, zone), closes_at=closes_at)
