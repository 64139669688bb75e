"""In which agency a month is scored, and by which door a late fact comes in. PURE: standard library only.

Source: domain.md, section 6, "home month" and "Late truths".
"""

from collections.abc import Collection, Hashable, Iterable
from datetime import date
from enum import StrEnum
from typing import TypeVar

Agency = TypeVar("Agency", bound=Hashable)


class Door(StrEnum):
    """What becomes of a fact that is entered now."""

    FOLLOWS = "follows"
    REPUBLISH = "republish"
    LATE_PUBLICATION = "late publication"
    CORRECTION = "correction"


def home_of(
    days: Iterable[tuple[date, Agency]], *, published: Collection[Agency], held: Agency | None = None
) -> Agency | None:
    """The agency whose month holds the person; None where they stand in no month.

    `days` are their working days, each with its agency; `published` the agencies that have published or
    finalised this month; `held` the agency whose published month holds them already, which it then stays.
    """
    if held is not None:
        return held
    open_to_them = [(day, agency) for day, agency in days if agency not in published]
    return max(open_to_them, key=lambda found: found[0])[1] if open_to_them else None


def late_home(days: Iterable[tuple[date, Agency]], *, final: Collection[Agency]) -> Agency | None:
    """For somebody in no month: the latest agency that can still publish them; None where all are final."""
    left = [(day, agency) for day, agency in days if agency not in final]
    return max(left, key=lambda found: found[0])[1] if left else None


def door(
    days: Collection[tuple[date, Agency]],
    *,
    published: Collection[Agency],
    final: Collection[Agency],
    window_over: Collection[Agency] = (),
    held: Agency | None = None,
) -> Door | None:
    """How a fact about these days comes in now; None where there is no working day.

    `window_over` are the agencies whose published month takes no republication any more.
    """
    if held is not None:
        is_shut = held in final or held in window_over
        return Door.CORRECTION if is_shut else Door.REPUBLISH
    if not days:
        return None
    if home_of(days, published=published) is not None:
        return Door.FOLLOWS
    return Door.LATE_PUBLICATION if late_home(days, final=final) is not None else Door.CORRECTION
