"""The bonus of one person and month, from dated facts and the pay rule to net rupiah.

PURE: standard library only, no clock, no database. Money is whole rupiah (`int`), percentages, days
and scores are `Decimal`; a float is refused. Every amount is rounded half-up once, where it is stored.

Source: domain.md, section 7; the worked months of golden.json are the truth.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from typing import Any

from records.rounding import whole

RATIO = "ratio"
BAND = "band"
STAFF = "staff"
LEVELS = ("staff", "supervisor", "administrator", "executive")
EXACT = Context(prec=60, rounding=ROUND_HALF_UP)
HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class SegmentInput:
    """One posting (with one status) inside the month. `ceiling` in rupiah a month; days as Decimal."""

    ceiling: int
    level: str
    status_percent: Decimal
    worked_days: Decimal
    excused_paid_days: Decimal
    month_days: int

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> "SegmentInput":
        """Read a segment that a line stores; what else stands in it is left alone."""
        return cls(
            ceiling=stored["ceiling"],
            level=stored["level"],
            status_percent=Decimal(stored["status_percent"]),
            worked_days=Decimal(stored["worked_days"]),
            excused_paid_days=Decimal(stored["excused_paid_days"]),
            month_days=stored["month_days"],
        )

    def __post_init__(self) -> None:
        rupiah("ceiling", self.ceiling)
        if self.level not in LEVELS:
            raise ValueError(f"level: {self.level!r} is not one of {', '.join(LEVELS)}")
        percent("status_percent", self.status_percent)
        whole_days("month_days", self.month_days)
        days("worked_days", self.worked_days)
        days("excused_paid_days", self.excused_paid_days)
        if self.worked_days + self.excused_paid_days > self.month_days:
            raise ValueError("worked_days and excused_paid_days are more than month_days")


@dataclass(frozen=True, slots=True)
class ActingInput:
    """A vacant post held as Plt for `days` working days of a month of `month_days` working days."""

    ceiling: int
    days: int
    month_days: int

    def __post_init__(self) -> None:
        rupiah("acting ceiling", self.ceiling)
        whole_days("acting month_days", self.month_days)
        if not is_int(self.days) or not 0 <= self.days <= self.month_days:
            raise ValueError(f"acting days: {self.days!r} is not a whole number from 0 to month_days")


@dataclass(frozen=True, slots=True)
class PersonInput:
    """All that one person's month is paid from.

    `score` in points from 0 to 100, None where the month is not assessed; `band` is looked at in band
    mode only; `participated` means that the person has counted minutes in the month.
    """

    segments: tuple[SegmentInput, ...]
    score: Decimal | None
    participated: bool
    band: str | None = None
    sanction_percents: tuple[Decimal, ...] = ()
    acting: tuple[ActingInput, ...] = ()
    tax_percent: Decimal = Decimal(0)

    @classmethod
    def of(
        cls,
        stored: Mapping[str, Any],
        *,
        score: Decimal | None,
        band: str | None,
        segments: tuple[SegmentInput, ...] | None = None,
    ) -> "PersonInput":
        """Read the inputs that a line stores: rupiah and days as numbers, decimals as text.

        `segments`: those of `stored`, where they are read already, for alike people share them.
        """
        if segments is None:
            segments = tuple(SegmentInput.of(part) for part in stored["segments"])
        return cls(
            segments=segments,
            score=score,
            band=band,
            participated=stored["participated"],
            sanction_percents=tuple(Decimal(row["percent"]) for row in stored["sanctions"]),
            acting=tuple(ActingInput(**post) for post in stored["acting"]),
            tax_percent=Decimal(stored["tax_percent"]),
        )

    def __post_init__(self) -> None:
        if self.score is not None:
            percent("score", self.score)
        if not isinstance(self.participated, bool):
            raise ValueError(f"participated: {self.participated!r} is neither true nor false")
        for value in self.sanction_percents:
            percent("sanction_percents", value)
        percent("tax_percent", self.tax_percent)
        if self.score is None and self.participated and any(part.worked_days for part in self.segments):
            raise ValueError("score: a month with worked days and counted minutes has none")


@dataclass(frozen=True, slots=True)
class Rule:
    """The values of the pay rule in force, without names, decrees or dates."""

    mode: str
    floor: int
    health_employee_percent: Decimal
    health_employer_percent: Decimal
    acting_percent: Decimal
    acting_days: int
    band_percents: Mapping[str, Decimal] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.mode not in (RATIO, BAND):
            raise ValueError(f"mode: {self.mode!r} is neither ratio nor band")
        rupiah("floor", self.floor)
        for name in ("health_employee_percent", "health_employer_percent", "acting_percent"):
            percent(name, getattr(self, name))
        whole_days("acting_days", self.acting_days)
        for band, value in self.band_percents.items():
            percent(f"band_percents {band}", value)


@dataclass(frozen=True, slots=True)
class SegmentBonus:
    """Rupiah of one segment; `paid` is the larger of earned and floor, plus the excused base."""

    worked_base: int
    excused_base: int
    earned: int
    floor: int
    paid: int

    @property
    def floor_top_up(self) -> int:
        return max(self.floor - self.earned, 0)


@dataclass(frozen=True, slots=True)
class Bonus:
    """Rupiah of one person and month, in the order in which they follow from each other."""

    segments: tuple[SegmentBonus, ...]
    worked_base: int
    excused_base: int
    earned: int
    floor: int
    floor_top_up: int
    paid: int
    sanction: int
    acting: int
    gross: int
    health_employee: int
    health_employer: int
    tax: int
    net: int


SUMMED = ("worked_base", "excused_base", "earned", "floor", "floor_top_up", "paid")
AMOUNTS = tuple(each.name for each in fields(Bonus) if each.name != "segments")


def bonus(inputs: PersonInput, rule: Rule) -> Bonus:
    """Return every stored amount of the month. Raises ValueError where band mode meets an unknown band."""
    with localcontext(EXACT):
        segments = tuple(segment_bonus(part, inputs, rule) for part in inputs.segments)
        sums = {name: sum([getattr(part, name) for part in segments]) for name in SUMMED}
        sanction = percent_of(sums["paid"], sanction_percent(inputs))
        acting = sum(acting_bonus(post, rule) for post in inputs.acting)
        gross = sums["paid"] - sanction + acting
        base = sums["worked_base"] + sums["excused_base"] if gross > 0 else 0
        employee = min(percent_of(base, rule.health_employee_percent), gross)
        tax = percent_of(gross - employee, inputs.tax_percent)
        return Bonus(
            segments=segments,
            **sums,
            sanction=sanction,
            acting=acting,
            gross=gross,
            health_employee=employee,
            health_employer=percent_of(base, rule.health_employer_percent),
            tax=tax,
            net=gross - employee - tax,
        )


def segment_bonus(part: SegmentInput, inputs: PersonInput, rule: Rule) -> SegmentBonus:
    """Steps 1 to 4. The floor belongs to worked days of staff posts, and is not reduced by the status."""
    monthly = part.ceiling * part.status_percent / HUNDRED
    worked_base = whole(monthly * part.worked_days / part.month_days)
    excused_base = whole(monthly * part.excused_paid_days / part.month_days)
    earned = percent_of(worked_base, earned_percent(inputs, rule))
    carries_floor = part.level == STAFF and inputs.participated
    floor = whole(rule.floor * part.worked_days / part.month_days) if carries_floor else 0
    return SegmentBonus(worked_base, excused_base, earned, floor, max(earned, floor) + excused_base)


def earned_percent(inputs: PersonInput, rule: Rule) -> Decimal:
    """The share of the worked base that the score earns; nothing without counted minutes."""
    if not inputs.participated or inputs.score is None:
        return Decimal(0)
    if rule.mode == RATIO:
        return inputs.score
    if inputs.band is None or inputs.band not in rule.band_percents:
        raise ValueError(f"band: the rule pays nothing for {inputs.band!r}")
    return rule.band_percents[inputs.band]


def sanction_percent(inputs: PersonInput) -> Decimal:
    """Sanctions add up and stop at 100 percent."""
    return min(sum(inputs.sanction_percents, Decimal(0)), HUNDRED)


def acting_bonus(post: ActingInput, rule: Rule) -> int:
    """The share of the post's ceiling, from the rule's days on or for every day of a shorter month."""
    if post.days < min(rule.acting_days, post.month_days):
        return 0
    return percent_of(post.ceiling, rule.acting_percent)


def percent_of(amount: int, value: Decimal) -> int:
    return whole(amount * value / HUNDRED)


def is_int(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def rupiah(name: str, value: int) -> None:
    if not is_int(value) or value < 0:
        raise ValueError(f"{name}: {value!r} is not a whole number of rupiah from 0")


def whole_days(name: str, value: int) -> None:
    if not is_int(value) or value < 1:
        raise ValueError(f"{name}: {value!r} is not a whole number of days from 1")


def days(name: str, value: Decimal) -> None:
    if not isinstance(value, Decimal) or not value.is_finite() or value < 0:
        raise ValueError(f"{name}: {value!r} is not a decimal number of days from 0")


def percent(name: str, value: Decimal) -> None:
    if not isinstance(value, Decimal) or not value.is_finite() or not 0 <= value <= HUNDRED:
        raise ValueError(f"{name}: {value!r} is not a decimal number from 0 to 100")
