"""The month's score: arithmetic of the regulation. PURE: standard library only, no clock, no database.

Source: domain.md, section 6, "Score".
"""

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from decimal import Decimal
from typing import NamedTuple

from records.rounding import CENT, half_up

HUNDRED = Decimal(100)


class Weights(NamedTuple):
    """What each component weighs; together exactly 1."""

    productivity: Decimal
    quality: Decimal
    discipline: Decimal


class Borders(NamedTuple):
    """The lowest score, in points, of each band; what is under `d` is E."""

    a: Decimal
    b: Decimal
    c: Decimal
    d: Decimal


class Score(NamedTuple):
    """A score and its components, in points from 0 to 100, each to 2 decimals."""

    productivity: Decimal
    quality: Decimal
    discipline: Decimal
    score: Decimal


@dataclass(frozen=True)
class MonthFacts:
    """What one person's month comes to, in whole minutes and days.

    `verified_minutes` are the approved minutes of the `verified_rows` that an assessor has read.
    """

    target_minutes: int
    counted_minutes: int
    obliged_days: int
    days_in_time: int
    approved_minutes: int = 0
    verified_minutes: int = 0
    verified_rows: int = 0

    @property
    def refused_minutes(self) -> int:
        return max(0, self.approved_minutes - self.counted_minutes)

    @property
    def stamp(self) -> str:
        """All facts as one short text, to tell whether they are still what somebody saw."""
        return "-".join(str(fact) for fact in astuple(self))

    def base_minutes(self, *, least_rows: int) -> int:
        """The minutes against which refused ones are held: verified ones, once enough rows were read."""
        return self.verified_minutes if self.verified_rows >= least_rows else self.approved_minutes


def points(value: Decimal) -> Decimal:
    """Round to points with 2 decimals."""
    return half_up(value, to=CENT)


def percent(part: int, *, of: int) -> Decimal:
    """Return `part` in per cent of `of`, at most 100, to 2 decimals."""
    return min(HUNDRED, points(Decimal(part) * HUNDRED / Decimal(of))).quantize(CENT)


def score(facts: MonthFacts, weights: Weights, *, quality: Decimal) -> Score | None:
    """Return the month's score in points from 0 to 100, with its components, to 2 decimals.

    Each component is rounded half-up before it is weighted. Returns None, which reads "not
    assessed", where the month has no target or no obliged day.

    Raises ValueError if the weights do not sum to exactly 1 or quality is outside 0 to 100.

    Source: domain.md, section 6, "Score".
    """
    if sum(weights) != 1:
        raise ValueError(f"the weights sum to {sum(weights)}, not to 1")
    if not 0 <= quality <= HUNDRED:
        raise ValueError(f"quality {quality} is outside 0 to 100")
    if facts.target_minutes == 0 or facts.obliged_days == 0:
        return None
    parts = (
        percent(facts.counted_minutes, of=facts.target_minutes),
        points(quality),
        percent(facts.days_in_time, of=facts.obliged_days),
    )
    return Score(
        *parts, points(sum((part * weight for part, weight in zip(parts, weights, strict=True)), Decimal(0)))
    )


def band(score: Decimal, borders: Sequence[Decimal]) -> str:
    """Return the letter, A to E, of a score; `borders` are the lowest scores of A, B, C and D.

    Raises ValueError if the borders do not fall from A to D.
    """
    a, b, c, d = borders
    if not a > b > c > d:
        raise ValueError("the borders of the bands do not fall")
    return next((letter for letter, lowest in zip("ABCD", borders, strict=True) if score >= lowest), "E")


def proposed_quality(facts: MonthFacts, *, least_rows: int) -> Decimal:
    """Return the quality mark that the month itself proposes, in points from 0 to 100.

    100 x (1 - refused / base): 100 where nothing was refused, 0 where nothing was approved. The
    base is what was verified once at least `least_rows` of the person's rows were, else all that was
    approved in the month.

    Source: domain.md, section 6, "Score", row "quality".
    """
    if facts.approved_minutes == 0:
        return Decimal("0.00")
    refused, base = facts.refused_minutes, facts.base_minutes(least_rows=least_rows)
    if refused == 0:
        return Decimal("100.00")
    if refused >= base:
        return Decimal("0.00")
    return points(HUNDRED * (base - refused) / base)
