"""Weeks, months, working days and deadlines. PURE: standard library only, no clock, no database.

Source: domain.md, section 3. Dates are the office's; a deadline is the moment at which a day ends there.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ONE_DAY = timedelta(days=1)
MOVED_AT_MOST = timedelta(days=60)
FIRST_YEAR, LAST_YEAR = 2000, 2099  # no date of the product lies outside


@dataclass(frozen=True, order=True)
class Week:
    """A work week, Monday to Sunday, keyed by ISO year and week: 2026-W11."""

    year: int
    number: int

    def __post_init__(self) -> None:
        date.fromisocalendar(self.year, self.number, 7)

    def __str__(self) -> str:
        return f"{self.year:04d}-W{self.number:02d}"

    @classmethod
    def of(cls, day: date) -> "Week":
        return cls(*day.isocalendar()[:2])

    @classmethod
    def parse(cls, text: str) -> "Week":
        """Read "2026-W11". Raises ValueError on anything else, also on a week that the year has not."""
        year, _, number = text.partition("-W")
        if len(year) != 4 or len(number) != 2:
            raise ValueError(f"not a week: {text!r}")
        return cls(int(year), int(number))

    @property
    def first_day(self) -> date:
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def last_day(self) -> date:
        return date.fromisocalendar(self.year, self.number, 7)

    @property
    def days(self) -> list[date]:
        return list(days_between(self.first_day, self.last_day))

    @property
    def month(self) -> "MonthKey":
        """The month of its Friday: so the week of a month's first weekday lies in that month."""
        return MonthKey.of(self.days[4])

    @property
    def next(self) -> "Week":
        return Week.of(self.last_day + ONE_DAY)

    @property
    def previous(self) -> "Week":
        return Week.of(self.first_day - ONE_DAY)


@dataclass(frozen=True, order=True)
class MonthKey:
    """A calendar month: 2026-03."""

    year: int
    month: int

    def __post_init__(self) -> None:
        date(self.year, self.month, 1)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    @classmethod
    def of(cls, day: date) -> "MonthKey":
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> "MonthKey":
        """Read "2026-03". Raises ValueError on anything else."""
        year, _, month = text.partition("-")
        if len(year) != 4 or len(month) != 2:
            raise ValueError(f"not a month: {text!r}")
        return cls(int(year), int(month))

    @property
    def first_day(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        return self.next.first_day - ONE_DAY

    @property
    def days(self) -> list[date]:
        return list(days_between(self.first_day, self.last_day))

    @property
    def first_weekday(self) -> date:
        """Its first day from Monday to Friday: the day at which a month is opened."""
        return next(day for day in self.days if day.weekday() < 5)

    @property
    def next(self) -> "MonthKey":
        return MonthKey(self.year + self.month // 12, self.month % 12 + 1)

    @property
    def previous(self) -> "MonthKey":
        return MonthKey.of(self.first_day - ONE_DAY)


def months_back(last: MonthKey, first: MonthKey) -> list[MonthKey]:
    """Every month from `last` back to `first`, both included; none where `last` is earlier."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    places = (last.year * 12 + last.month - 1 - n for n in range(count))
    return [MonthKey(place // 12, place % 12 + 1) for place in places]


def days_between(first: date, last: date) -> Iterable[date]:
    """Every day from `first` to `last`, both included."""
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def end_of(day: date, zone: ZoneInfo) -> datetime:
    """The moment at which `day` ends in `zone` (24.00). Deadlines are half-open: before it is in time."""
    return datetime.combine(day + ONE_DAY, time.min, tzinfo=zone)


@dataclass(frozen=True)
class Span:
    """The moments in which the service did not run: after `starts_at`, until `ends_at`; `number` names it."""

    number: int
    starts_at: datetime
    ends_at: datetime

    def holds(self, deadline: datetime) -> bool:
        """Whether a deadline lies inside: the last moments before it were lost."""
        return self.starts_at < deadline <= self.ends_at


@dataclass(frozen=True)
class OfficeCalendar:
    """The pattern days of one office.

    `patterns`: (first day, minutes from Monday to Sunday), sorted by first day; `closed`: holidays and
    joint leave; `outages`: those that may move a deadline of these days.
    """

    patterns: tuple[tuple[date, tuple[int, ...]], ...]
    closed: frozenset[date]
    outages: tuple[Span, ...] = ()

    def minutes_on(self, day: date) -> int:
        """Effective minutes of the pattern on `day`; 0 on a day off and before the first pattern."""
        if day in self.closed:
            return 0
        position = bisect_right(self.patterns, day, key=lambda row: row[0])
        return self.patterns[position - 1][1][day.weekday()] if position else 0

    def has_pattern_on(self, day: date) -> bool:
        """Whether a pattern with a working day is in force; without one no deadline can be counted."""
        position = bisect_right(self.patterns, day, key=lambda row: row[0])
        return position > 0 and any(self.patterns[position - 1][1])

    def is_pattern_day(self, day: date) -> bool:
        return self.minutes_on(day) > 0

    def pattern_days(self, first: date, last: date) -> list[date]:
        return [day for day in days_between(first, last) if self.minutes_on(day)]

    def pattern_days_from(self, first: date) -> Iterable[date]:
        """Its pattern days from `first` on, in order, as far as a deadline is moved."""
        return (day for day in days_between(first, first + MOVED_AT_MOST) if self.minutes_on(day))

    def find_after(self, day: date, n: int) -> date | None:
        """The n-th pattern day after `day` (which does not count); None where a year holds fewer.

        So it is at an office without a work pattern, which must not break a list of many offices.
        """
        for later in days_between(day + ONE_DAY, day + timedelta(days=366)):
            n -= self.is_pattern_day(later)
            if n == 0:
                return later
        return None

    def nth_after(self, day: date, n: int) -> date:
        """The same for an office that has a work pattern. Raises ValueError where it has not."""
        found = self.find_after(day, n)
        if found is None:
            raise ValueError("the calendar has too few pattern days")
        return found

    def previous(self, day: date, n: int) -> list[date]:
        """The `n` pattern days before `day`, latest first."""
        found: list[date] = []
        for back in range(1, 367):
            earlier = day - timedelta(days=back)
            if len(found) < n and self.is_pattern_day(earlier):
                found.append(earlier)
        return found
