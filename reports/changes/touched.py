"""Which months a fact touches, and what happens to each: asked before the fact is saved.

Source: domain.md, section 6, "Late truths". Until republication and corrections exist, a month whose figures
stand keeps them, and the sentence says so.
"""

import hashlib
from dataclasses import dataclass, replace

from django.db import models
from django.db.models import Count
from django.utils.translation import gettext_lazy, ngettext

from activities.models import Activity
from bonuses.models import Run, Share
from calendars.models import Month
from calendars.weeks import MonthKey
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
    """The months that one fact touches, in the order of time, and `notes` on the fact itself, sentences."""

    months: tuple[TouchedMonth, ...]
    notes: tuple[str, ...] = ()

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
        seen = " ".join([*(month.key for month in self.months), *self.notes])
        return hashlib.sha256(seen.encode()).hexdigest()[:16]

    def was_shown(self, stamp):
        """Whether it may be saved: nothing to show, or exactly this was on the page."""
        return not (self.late or self.notes) or stamp == self.stamp


def touched_by_leave(person, first, last, *, notes=()):
    """By days of leave of `person`, added or taken away."""
    return replace(Touched.by_days(agencies_of(person, first, last), first, last), notes=tuple(notes))


def touched_by_sanction(person, first_month, last_month):
    """By a sanction of `person`, imposed or cancelled."""
    last = MonthKey.of(max(first_month, last_month)).last_day
    return Touched.by_pay(agencies_of(person, first_month, last), first_month, last)


def touched_by_letter(letter):
    """By a letter that holds today: the work that waits for its post comes before who acts by it."""
    if not letter.holds_on(letter.person.today()):
        return Touched(())
    waits = Activity.objects.filter(reviewing_post=letter.post, status=Activity.Status.REPORTED)
    rows, people = waits.aggregate(rows=Count("pk"), people=Count("person", distinct=True)).values()
    sentence = ngettext(
        "%(rows)s activity of %(people)s employees waits for this post: %(name)s decides it from now on.",
        "%(rows)s activities of %(people)s employees wait for this post: %(name)s decides them from now on.",
        rows,
    )
    said = sentence % {"rows": rows, "people": people, "name": letter.person}
    return Touched((), notes=(said,) if rows else ())


def touched_by_holidays(*stays):
    """By holidays as (day, agency or None for the city): where they come, and where they leave."""
    found = {}
    for day, unit in stays:
        agencies = Unit.objects.filter(pk=unit.pk) if unit else Unit.objects.agencies()
        found |= {month.key: month for month in Touched.by_days(agencies, day, day).months}
    return Touched(tuple(found.values()))


def agencies_of(person, first, last):
    """The agencies in which `person` stands on a day from `first` to `last`."""
    posted = person.placements.overlapping(first, last)
    return Unit.objects.filter(pk__in=posted.values("unit__agency"))


def _of_list(month, run):
    if run is None:
        final = month.status == Month.Status.FINAL
        return TouchedMonth(month, Outcome.TAKEN if final else Outcome.FOLLOWS)
    if run.status in Run.SHOWN:
        return TouchedMonth(month, Outcome.PAID, run)
    return TouchedMonth(month, Outcome.AGAIN if run.status in Run.WHOLE else Outcome.TAKEN, run)
