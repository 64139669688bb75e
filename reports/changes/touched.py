"""Which months a fact touches, and what happens to each: asked before the fact is saved.

Source: domain.md, section 6, "Late truths". Until republication and corrections exist, a month whose figures
stand keeps them, and the sentence says so.
"""

import hashlib
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy

from bonuses.models import Run, Share
from calendars.models import Month
from organization.models import Unit


class Outcome(models.TextChoices):
    """What becomes of the figures of one month of one agency."""

    FOLLOWS = "follows", gettext_lazy("still running: its figures follow at once")
    STANDS = "stands", gettext_lazy("its figures are settled and stay as they are")
    TAKEN = "taken", gettext_lazy("its bonus list is not computed yet: the list will take it")
    AGAIN = (
        "again",
        gettext_lazy("its bonus list is computed: it keeps its amounts until computed again"),
    )
    PAID = "paid", gettext_lazy("its bonus list is released: the amounts do not change any more")


@dataclass(frozen=True)
class TouchedMonth:
    """One month of one agency, what happens there, and the list that holds it, if any."""

    month: Month
    outcome: Outcome
    run: Run | None = None

    @property
    def key(self):
        return f"{self.month.pk}:{self.month.status}:{self.outcome}:{self.run.pk if self.run else ''}"


@dataclass(frozen=True)
class Touched:
    """The months that one fact touches, in the order of time."""

    months: tuple[TouchedMonth, ...]

    @classmethod
    def by_days(cls, agencies, first, last):
        """By a fact that changes days: leave or a holiday from `first` to `last` in `agencies`."""
        found = Month.objects.between(agencies, first, last).select_related("agency")
        settled = (Month.Status.PUBLISHED, Month.Status.FINAL)
        return cls(
            tuple(
                TouchedMonth(month, Outcome.STANDS if month.status in settled else Outcome.FOLLOWS)
                for month in found
            )
        )

    @classmethod
    def by_pay(cls, agencies, first, last):
        """By a fact that the list alone reads, a sanction, from `first` to `last` in `agencies`."""
        found = list(Month.objects.between(agencies, first, last).select_related("agency"))
        shares = Share.objects.live().filter(month__in=found).select_related("run")
        runs = {share.month_id: share.run for share in shares}
        return cls(tuple(_of_list(month, runs.get(month.pk)) for month in found))

    @property
    def late(self):
        """Those whose figures do not simply follow: they are shown before anything is saved."""
        return [month for month in self.months if month.outcome is not Outcome.FOLLOWS]

    @property
    def stamp(self):
        """What was shown, in a few letters, so that a page that shows something else asks once more."""
        return hashlib.sha256(" ".join(month.key for month in self.months).encode()).hexdigest()[:16]

    def was_shown(self, stamp):
        """Whether it may be saved: nothing to show, or exactly this was on the page."""
        return not self.late or stamp == self.stamp


def agencies_of(person, first, last):
    """The agencies in which `person` stands on a day from `first` to `last`."""
    posted = person.postings.overlapping(first, last)
    return Unit.objects.filter(pk__in=posted.values("post__unit__agency"))


def _of_list(month, run):
    if run is None:
        final = month.status == Month.Status.FINAL
        return TouchedMonth(month, Outcome.TAKEN if final else Outcome.FOLLOWS)
    if run.status in Run.SHOWN:
        return TouchedMonth(month, Outcome.PAID, run)
    return TouchedMonth(month, Outcome.AGAIN if run.status in Run.WHOLE else Outcome.TAKEN, run)
