"""The parts of a month that are paid alike, as they are cut and kept. PURE: standard library only.

Source: domain.md, section 7: a segment is cut where posting, unit, status, class, level or tariff changes.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from calendars.weeks import ONE_DAY, OfficeCalendar


@dataclass(frozen=True)
class Stay:
    """Days `first` to `last` on one post in one status (a value of EmploymentStatus.Kind, or None).

    `job_class` is the number of the post's class in these days, `level` a value of Level.

    `calendar` and `zone` are those of the post's office; a stay read from a stored segment has neither.
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


@dataclass(frozen=True)
class SegmentDays:
    """A stay with its days: worked and excused paid days (Decimal), month days of its unit's calendar."""

    stay: Stay
    worked_days: Decimal
    excused_paid_days: Decimal
    month_days: int

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
