"""When a weekly review is due. PURE: standard library only, the calendar and the rule's days passed in.

Days end at 24.00 of the owner's office: the deadline "Wed, 11 Mar 24.00" is the moment 12 Mar 00.00 there.
Source: domain.md, sections 4 and 5.
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from calendars.weeks import OfficeCalendar, Week, end_of


def review_due_at(
    week: Week, calendar: OfficeCalendar, zone: ZoneInfo, *, due_days: int, review_closes_at: datetime
) -> datetime:
    """The end of the `due_days`-th working day after the week, or the month's review close if earlier.

    Review close too where the office has no work pattern.
    """
    last = calendar.find_after(week.last_day, due_days)
    return min(end_of(last, zone), review_closes_at) if last else review_closes_at


def stands_higher_from(week: Week, calendar: OfficeCalendar, *, overdue_days: int) -> date:
    """The first day on which the next superior may decide what the week left waiting.

    Never (date.max) where the office has no work pattern.
    """
    return calendar.find_after(week.last_day, overdue_days) or date.max


def return_days(
    today: date, calendar: OfficeCalendar, zone: ZoneInfo, *, review_closes_at: datetime
) -> tuple[date, date] | None:
    """The first and the last day on which a return decided `today` may fall due; None where there is none.

    The owner has one whole working day, and the answer is due by review close.
    """
    first = calendar.find_after(today, 1)
    last = (review_closes_at.astimezone(zone) - timedelta(days=1)).date()
    return (first, last) if first and first <= last else None
