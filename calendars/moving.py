"""Deadlines that an outage moves. PURE: standard library only, moments passed in, no clock, no database.

Source: domain.md, section 3: every deadline inside it moves to 24.00 of the owner's first working day on
which the service runs again.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from calendars.weeks import Span, end_of


def moved(
    deadline: datetime,
    spans: Iterable[Span],
    *,
    zone: ZoneInfo,
    working: Callable[[date], Iterable[date]],
) -> tuple[datetime, int | None]:
    """The deadline as outages move it, and the number of the last that did; None where none did.

    `working` gives the owner's working days from a day on, in order. One moved into a later outage is moved
    again; without any working day it stays.
    """
    number = None
    for span in sorted(spans, key=lambda each: each.starts_at):
        if span.holds(deadline):
            day = next(iter(working(span.ends_at.astimezone(zone).date())), None)
            if day is not None:
                deadline, number = end_of(day, zone), span.number
    return deadline, number
