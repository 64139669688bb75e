"""The parts of a month that are paid alike, as they are cut and kept. PURE: standard library only.

Source: domain.md, section 7: a segment is cut where posting, unit, status, class, level or tariff changes.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from calendars.weeks import ONE_DAY, OfficeCalendar


@dataclass(frozen=True)
class Stay:
    """Days `first` to `last` on one post in one status (a value of EmploymentStatus.Kind, or None).

    `job_class` is the number of the post's class in these days, `level` a value of Level. `calendar` and
    `zone` are those of the post's office; a stay read from a stored segment has neither.
    """

    posting_id: int
    post_id: int
    unit_id: int
    agency_id: int
    first: date
    last: date
    job_class: int
    level: str
    status: str | None = None
    calendar: OfficeCalendar | None = None
    zone: str = ""

    @property
    def office(self) -> OfficeCalendar:
        """The calendar to count its days by. Raises ValueError where it was read from a stored segment."""
        if self.calendar is None:
            raise ValueError("a stay read from a stored segment has no calendar")
        return self.calendar

    def holds_on(self, day: date) -> bool:
        return self.first <= day <= self.last

    def within(self, first: date, last: date) -> "Stay | None":
        """Its part from `first` to `last`; None where it has no day there."""
        part = replace(self, first=max(self.first, first), last=min(self.last, last))
        return part if part.first <= part.last else None

    def parts(
        self, *, statuses: Sequence[tuple[date, date | None, str]] = (), tariffs: Collection[date] = ()
    ) -> list["Stay"]:
        """The stay cut where its status changes, and on the first day of each new tariff.

        `statuses` are (first day, last day or None, kind); days without one have None.
        """
        begins = {self.first, *tariffs, *(begin for begin, _end, _kind in statuses)}
        begins |= {end + ONE_DAY for _begin, end, _kind in statuses if end}
        parts: list[tuple[date, str | None]] = []
        for day in sorted(filter(self.holds_on, begins)):
            kind = next((kind for begin, end, kind in statuses if begin <= day <= (end or day)), None)
            if not parts or day in tariffs or kind != parts[-1][1]:
                parts.append((day, kind))
        ends = [day - ONE_DAY for day, _kind in parts[1:]] + [self.last]
        return [
            replace(self, first=day, last=end, status=kind)
            for (day, kind), end in zip(parts, ends, strict=True)
        ]


class Placed(Protocol):
    """A posting in the days of one of its post's terms, with what changes in these days.

    `statuses_then` are [first day, last day or None, kind], days as text; `tariffs_begin` the days on which a
    new tariff of the class begins.
    """

    posting_id: int
    person_id: int
    post_id: int
    unit_id: int
    agency_id: int
    class_number: int
    level: str
    zone: str
    starts_on: date
    ends_on: date | None
    statuses_then: Sequence[tuple[str, str | None, str]]
    tariffs_begin: Collection[date]


def stays_of(
    placed: Iterable[Placed], offices: Mapping[int, OfficeCalendar], first: date, last: date
) -> Iterator[tuple[int, list[Stay]]]:
    """Yield (person, stays) of `placed`, which come by person and first day, from `first` to `last`.

    Another superior cuts nothing: rows of one posting that follow each other in unit, class and level are
    one. `offices` are calendars by unit.
    """
    for same in _alike(placed):
        begins = {day for row in same for day in row.tariffs_begin}
        stay = _stay(same, offices[same[0].unit_id], first, last)
        statuses = [(_given(begin), _day(end), kind) for begin, end, kind in same[0].statuses_then]
        yield same[0].person_id, stay.parts(statuses=statuses, tariffs=begins)


def _stay(same: Sequence[Placed], calendar: OfficeCalendar, first: date, last: date) -> Stay:
    row, until = same[0], same[-1].ends_on
    return Stay(
        posting_id=row.posting_id,
        post_id=row.post_id,
        unit_id=row.unit_id,
        agency_id=row.agency_id,
        first=max(first, row.starts_on),
        last=min(last, until or last),
        job_class=row.class_number,
        level=row.level,
        calendar=calendar,
        zone=row.zone,
    )


def _alike(placed: Iterable[Placed]) -> list[list[Placed]]:
    groups: list[list[Placed]] = []
    for row in placed:
        if groups and _goes_on(groups[-1][-1], row):
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def _goes_on(before: Placed, after: Placed) -> bool:
    same = _paid_by(before) == _paid_by(after)
    return same and before.ends_on is not None and before.ends_on + ONE_DAY == after.starts_on


def _paid_by(row: Placed) -> tuple[int, int, int, str]:
    return row.posting_id, row.unit_id, row.class_number, row.level


def _given(text: str) -> date:
    return date.fromisoformat(text)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@dataclass(frozen=True)
class SegmentDays:
    """A stay with its days: worked and excused paid days (Decimal), month days of its unit's calendar."""

    stay: Stay
    worked_days: Decimal
    excused_paid_days: Decimal
    month_days: int

    @property
    def has_pattern_day(self) -> bool:
        """Whether it is listed where others are: it holds a pattern day of its office."""
        return bool(self.stay.office.pattern_days(self.stay.first, self.stay.last))

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> "SegmentDays":
        """Read what `stored` wrote."""
        stay = Stay(
            posting_id=stored["posting"],
            post_id=stored["post"],
            unit_id=stored["unit"],
            agency_id=stored["agency"],
            first=date.fromisoformat(stored["first"]),
            last=date.fromisoformat(stored["last"]),
            job_class=stored["class"],
            level=stored["level"],
            status=stored["status"],
        )
        worked, paid = Decimal(stored["worked_days"]), Decimal(stored["excused_paid_days"])
        return cls(stay, worked, paid, stored["month_days"])

    def stored(self) -> dict[str, Any]:
        """The segment as plain values, decimals as text."""
        stay = self.stay
        return {
            "posting": stay.posting_id,
            "post": stay.post_id,
            "unit": stay.unit_id,
            "agency": stay.agency_id,
            "first": stay.first.isoformat(),
            "last": stay.last.isoformat(),
            "class": stay.job_class,
            "level": stay.level,
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
    was_suspended: bool = False

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> "PaidDays":
        last = stored["last_working_day"]
        segments = tuple(SegmentDays.of(part) for part in stored["segments"])
        return cls(segments, date.fromisoformat(last) if last else None, stored["suspended"])
