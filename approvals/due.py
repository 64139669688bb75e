"""When a weekly review is due. PURE: standard library only, the calendar and the rule's days passed in.

Days end at 24.00 of the owner's office: the deadline "Wed, 11 Mar 24.00" is the moment 12 Mar 00.00 there.
Source: domain.md, sections 4 and 5.
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from calendars.moving import moved
from calendars.weeks import OfficeCalendar, Week, end_of


def review_due_at(
    week: Week, calendar: OfficeCalendar, zone: ZoneInfo, *, due_days: int, review_closes_at: datetime
) -> datetime:
    """The end of the `due_days`-th working day after the week, or the month's review close if earlier.

    Review close too where the office has no work pattern.
    """
    last = calendar.find_after(week.last_day, due_days)
    return min(_end_of(last, calendar, zone), review_closes_at) if last else review_closes_at


def stands_higher_from(week: Week, calendar: OfficeCalendar, zone: ZoneInfo, *, overdue_days: int) -> date:
    """The first day on which the next superior may decide what the week left waiting.

    After an outage not before the line had its moved day. Never (date.max) without a work pattern.
    """
    day, last = (calendar.find_after(week.last_day, n) for n in (overdue_days, overdue_days - 1))
    if day is None or last is None:
        return date.max
    return max(day, _end_of(last, calendar, zone).astimezone(zone).date())


def _end_of(day: date, calendar: OfficeCalendar, zone: ZoneInfo) -> datetime:
    """24.00 of the day, as outages move it."""
    end = end_of(day, zone)
    return moved(end, calendar.outages, zone=zone, working=calendar.pattern_days_from)[0]


def return_days(
    today: date, calendar: OfficeCalendar, zone: ZoneInfo, *, review_closes_at: datetime
) -> tuple[date, date] | None:
    """The first and the last day on which a return decided `today` may fall due; None where there is none.

    The owner has one whole working day, and the answer is due by review close.
    """
    first = calendar.find_after(today, 1)
    last = (review_closes_at.astimezone(zone) - timedelta(days=1)).date()
    return (first, last) if first and first <= last else None
