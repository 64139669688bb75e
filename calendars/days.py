"""What a month asks of one person, day by day. PURE: standard library only.

Source: domain.md, section 3 ("Month days", "Working day", "Obliged day", "Target", "Worked days").
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from calendars.weeks import MonthKey, OfficeCalendar
from records.rounding import whole

WHOLE, ZERO = Decimal(1), Decimal(0)


@dataclass(frozen=True)
class Absence:
    """Part of one day on leave or duty. `share` is 1 or 0.5; `pay_percent` is of the bonus, 0 to 100."""

    share: Decimal
    excuses: bool
    reduces: bool
    pay_percent: Decimal


@dataclass(frozen=True)
class Stay:
    """Days `first` to `last` on one post in one status (a value of EmploymentStatus.Kind, or None)."""

    posting_id: int
    post_id: int
    unit_id: int
    agency_id: int
    first: date
    last: date
    status: str | None
    calendar: OfficeCalendar | None


@dataclass(frozen=True)
class SegmentDays:
    """A stay with its days: worked and excused paid days (Decimal), month days of its unit's calendar."""

    stay: Stay
    worked_days: Decimal
    excused_paid_days: Decimal
    month_days: int

    @classmethod
    def of(cls, stored: Mapping) -> "SegmentDays":
        """Read what `stored` wrote; its stay has no calendar any more."""
        place = (stored[name] for name in ("posting", "post", "unit", "agency"))
        first, last = (date.fromisoformat(stored[name]) for name in ("first", "last"))
        stay = Stay(*place, first, last, stored["status"], None)
        worked, paid = Decimal(stored["worked_days"]), Decimal(stored["excused_paid_days"])
        return cls(stay, worked, paid, stored["month_days"])

    def stored(self) -> dict:
        """The segment as plain values, decimals as text."""
        stay = self.stay
        return {
            "posting": stay.posting_id,
            "post": stay.post_id,
            "unit": stay.unit_id,
            "agency": stay.agency_id,
            "first": stay.first.isoformat(),
            "last": stay.last.isoformat(),
            "status": stay.status,
            "worked_days": str(self.worked_days),
            "excused_paid_days": str(self.excused_paid_days),
            "month_days": self.month_days,
        }


@dataclass(frozen=True)
class PaidDays:
    """The days of a published month as they are paid, whatever was changed since."""

    segments: tuple[SegmentDays, ...]
    last_working_day: date | None

    @classmethod
    def of(cls, stored: Mapping) -> "PaidDays":
        last = stored["last_working_day"]
        segments = tuple(SegmentDays.of(part) for part in stored["segments"])
        return cls(segments, date.fromisoformat(last) if last else None)


@dataclass(frozen=True)
class PersonDays:
    """A person's month: target in minutes, obliged and working days, one segment per stay."""

    target_minutes: int
    working: tuple[date, ...]
    obliged: frozenset[date]
    segments: tuple[SegmentDays, ...]
    home_agency_id: int | None

    @property
    def last_working_day(self) -> date | None:
        return self.working[-1] if self.working else None

    def stored(self) -> dict:
        """What PaidDays reads: segments and last working day, as plain values."""
        last = self.last_working_day
        segments = [part.stored() for part in self.segments]
        return {"segments": segments, "last_working_day": last.isoformat() if last else None}


def person_days(
    stays: Sequence[Stay], absences: Mapping[date, Sequence[Absence]], key: MonthKey
) -> PersonDays:
    """Count a month from its stays (by first day) and the absences of each date.

    A suspended stay has no working day: it is neither worked nor excused, and asks for nothing.
    """
    target, working, obliged, segments = 0, [], set(), []
    for stay in stays:
        worked = paid = ZERO
        days = [] if stay.status == "SUSPENDED" else stay.calendar.pattern_days(stay.first, stay.last)
        for day in days:
            away = absences.get(day, ())
            excused = min(WHOLE, sum((a.share for a in away if a.excuses), ZERO))
            reduced = min(WHOLE, sum((a.share for a in away if a.reduces), ZERO))
            worked += WHOLE - excused
            paid += sum((a.share * a.pay_percent / 100 for a in away if a.excuses), ZERO)
            target += whole(stay.calendar.minutes_on(day) * (WHOLE - reduced))
            working.append(day)
            if excused < WHOLE:
                obliged.add(day)
        month_days = len(stay.calendar.pattern_days(key.first_day, key.last_day))
        segments.append(SegmentDays(stay, worked, paid, month_days))
    return PersonDays(
        target, tuple(working), frozenset(obliged), tuple(segments), home_agency(stays, working)
    )


def home_agency(stays: Sequence[Stay], working: Sequence[date]) -> int | None:
    """The agency of the last working day; of the last stay, where the month has no working day."""
    for stay in reversed(stays):
        if not working or stay.first <= working[-1] <= stay.last:
            return stay.agency_id
    return None
