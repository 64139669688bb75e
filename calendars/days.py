"""What a day, and a month, asks of one person. PURE: standard library only.

Every room asks here: the report, the week of a reviewer, the home page and the score. Source: domain.md,
section 3 ("Month days", "Working day", "Obliged day", "Target", "Worked days").
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from calendars.segments import SegmentDays, Stay
from calendars.weeks import MonthKey, Week, days_between
from records.rounding import whole

WHOLE, ZERO = Decimal(1), Decimal(0)


@dataclass(frozen=True)
class Absence:
    """Part of one day on leave or duty. `share` is 1 or 0.5; `pay_percent` is of the bonus, 0 to 100.

    `asks`: whether the day is asked for at all, by report and target.
    """

    share: Decimal
    excuses: bool
    reduces: bool
    pay_percent: Decimal
    asks: bool = True


UNASKED = Absence(ZERO, excuses=False, reduces=False, pay_percent=ZERO, asks=False)


@dataclass(frozen=True, slots=True)
class PersonDay:
    """One day of one person: where they stood, and what it asks of them.

    `stay` is None where they had no post. `pattern_minutes` are 0 on a weekend or holiday of its office.
    `excused` and `reduced` are shares of the day from 0 to 1; `excused_paid` is the excused share times
    its pay percent. A day that is not `is_asked` became a working day too late: it is worked and paid, and
    asks for nothing.
    """

    day: date
    stay: Stay | None = None
    pattern_minutes: int = 0
    excused: Decimal = ZERO
    reduced: Decimal = ZERO
    excused_paid: Decimal = ZERO
    is_asked: bool = True
    is_suspended: bool = False

    @classmethod
    def of(cls, day: date, stay: Stay, away: Sequence[Absence], *, suspended: bool = False) -> "PersonDay":
        """The day in its stay, with the absences of that day."""
        minutes = stay.office.minutes_on(day)
        if suspended or not away:
            return cls(day, stay, minutes, is_suspended=suspended)
        return cls(
            day,
            stay,
            minutes,
            excused=min(WHOLE, sum((part.share for part in away if part.excuses), ZERO)),
            reduced=min(WHOLE, sum((part.share for part in away if part.reduces), ZERO)),
            excused_paid=sum((part.share * part.pay_percent / 100 for part in away if part.excuses), ZERO),
            is_asked=all(part.asks for part in away),
        )

    @property
    def has_pattern(self) -> bool:
        """Whether the office where they stood has a work pattern on that day."""
        return self.stay is not None and self.stay.office.has_pattern_on(self.day)

    @property
    def counts(self) -> bool:
        """Whether minutes of this day count at all: they held a post and were not suspended."""
        return self.stay is not None and not self.is_suspended

    @property
    def is_working(self) -> bool:
        """A pattern day of the office where they stood; a suspended day asks for nothing."""
        return self.pattern_minutes > 0 and not self.is_suspended

    @property
    def is_excused(self) -> bool:
        """A working day wholly on leave or duty that excuses the report."""
        return self.is_working and self.excused >= WHOLE

    @property
    def is_obliged(self) -> bool:
        """A working day not excused in whole, that could be reported."""
        return self.is_working and self.excused < WHOLE and self.is_asked

    @property
    def target_minutes(self) -> int:
        """The minutes of the pattern, less the share reduced, half up."""
        if not (self.is_working and self.is_asked):
            return 0
        return whole(self.pattern_minutes * (WHOLE - self.reduced))


@dataclass(frozen=True)
class PersonDays:
    """A person's month: target in minutes, obliged and working days, one segment per stay.

    `was_suspended` tells whether a suspension took a day that would have been a working day.
    """

    target_minutes: int
    working: tuple[date, ...]
    obliged: frozenset[date]
    segments: tuple[SegmentDays, ...]
    was_suspended: bool = False

    @property
    def last_working_day(self) -> date | None:
        return self.working[-1] if self.working else None

    @property
    def places(self) -> list[tuple[date, int]]:
        """(last working day, agency) of each part of the month; without one, the last day of each part."""
        stays = [part.stay for part in self.segments]
        if not self.working:
            return [(stay.last, stay.agency_id) for stay in stays]
        last = ((max(filter(stay.holds_on, self.working), default=None), stay.agency_id) for stay in stays)
        return [(day, agency) for day, agency in last if day is not None]

    def stored(self) -> dict[str, Any]:
        """What PaidDays reads: segments and last working day, as plain values."""
        last = self.last_working_day
        segments = [part.stored() for part in self.segments]
        return {
            "segments": segments,
            "last_working_day": last.isoformat() if last else None,
            "suspended": self.was_suspended,
        }


@dataclass(frozen=True)
class PersonCalendar:
    """The days of one person: their stays by first day, the absences of each date, and suspensions.

    `suspended` are first and last days; a last day of None has no end.
    """

    stays: Sequence[Stay] = ()
    absences: Mapping[date, Sequence[Absence]] = field(default_factory=dict)
    suspended: Sequence[tuple[date, date | None]] = ()

    def on(self, day: date) -> PersonDay:
        """What `day` asks; nothing where they had no post."""
        stay = next((stay for stay in self.stays if stay.holds_on(day)), None)
        return self._day(day, stay) if stay else PersonDay(day)

    def count(self, key: MonthKey | Week, *, until: date | None = None) -> PersonDays:
        """Count a month or week, of a month not over the days up to `until`."""
        parts = (stay.within(key.first_day, until or key.last_day) for stay in self.stays)
        stays = [part for part in parts if part]
        target = 0
        working: list[date] = []
        obliged: set[date] = set()
        segments, suspended = [], False
        for stay in stays:
            days = self._days(stay)
            suspended |= any(day.is_suspended and day.pattern_minutes for day in days)
            days = [day for day in days if day.is_working]
            target += sum(day.target_minutes for day in days)
            working += [day.day for day in days]
            obliged |= {day.day for day in days if day.is_obliged}
            worked = sum((WHOLE - day.excused for day in days), ZERO)
            paid = sum((day.excused_paid for day in days), ZERO)
            month_days = len(stay.office.pattern_days(key.first_day, key.last_day))
            segments.append(SegmentDays(stay, worked, paid, month_days))
        segments = [part for part in segments if part.has_pattern_day] or segments
        return PersonDays(target, tuple(working), frozenset(obliged), tuple(segments), suspended)

    def _days(self, stay: Stay) -> list[PersonDay]:
        return [self._day(day, stay) for day in days_between(stay.first, stay.last)]

    def _day(self, day: date, stay: Stay) -> PersonDay:
        suspended = any(first <= day <= (last or day) for first, last in self.suspended)
        return PersonDay.of(day, stay, self.absences.get(day, ()), suspended=suspended)
