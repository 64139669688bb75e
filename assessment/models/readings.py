"""How long the assessors of a month looked at the rows they judged. It informs, it decides nothing."""

from statistics import median
from typing import NamedTuple

from assessment.models.verdicts import Verdict

QUICK_SECONDS = 10  # below it two texts were hardly read


class ReadingTime(NamedTuple):
    """One assessor's verdicts of a month: how many, how many of them measured, how fast.

    `median` is in whole seconds, None where nothing was measured; `quick` counts those under QUICK_SECONDS.
    """

    name: str
    verdicts: int
    measured: int
    median: int | None
    quick: int


def readings(month):
    """(id, name, seconds read) of each verdict in force in `month`, as a list to read."""
    given = Verdict.objects.in_force().filter(drawn_row__draw__month=month)
    return given.order_by("by__name", "by").values_list("by", "by__name", "seconds_read")


def reading_times(given):
    """A ReadingTime for each who gave one of these `readings`, by name."""
    seconds = {}
    for by, name, read in given:
        seconds.setdefault((by, name), []).append(read)
    return [_reading_time(name, read) for (_by, name), read in seconds.items()]


def _reading_time(name, read):
    measured = [seconds for seconds in read if seconds is not None]
    return ReadingTime(
        name,
        verdicts=len(read),
        measured=len(measured),
        median=int(median(measured)) if measured else None,
        quick=sum(seconds < QUICK_SECONDS for seconds in measured),
    )
