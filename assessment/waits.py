"""For whom a month waits: what is to be done next, whose it is, since when and until when.

One answer for the board of a month and for each page below it. Source: domain.md, sections 5 and 6.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from django.db.models import Count, Max, Min
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from approvals.models import Decision
from assessment.models import Assessment, Closing
from assessment.models.checklist import undecided
from assessment.models.elsewhere import unsettled
from assessment.models.month_rows import MonthRows
from assessment.models.person_months import person_months, tally
from calendars.models import Month, MonthAct
from organization.models import Role, User
from records.side_by_side import read_together


@dataclass(frozen=True)
class MonthWait:
    """What a month waits for. `who` are names or a group, "" where only a date has to come."""

    what: str
    who: str = ""
    since: datetime | None = None
    until: datetime | None = None


class MonthSeen:
    """What a month is told from, read when it is asked for: by two queries with its people, else by one.

    `beside` are lists that the page needs too.
    """

    def __init__(self, month, beside=()):
        self.month, self.rows = month, MonthRows(month)
        self._acts = month.acts.select_related("by").order_by("at", "pk")
        self._steps = Closing.objects.filter(month=month).select_related(
            "proposed_by", "confirmed_by", "month__agency"
        )
        self._lists = [*self.rows.lists, self._acts, self._steps, *beside]

    @cached_property
    def person_months(self):
        return person_months(self.month, beside=self._lists)

    @property
    def draws(self):
        self._read()
        return self.rows.draws

    @property
    def acts(self):
        self._read()
        return list(self._acts)

    @cached_property
    def steps(self):
        self._read()
        return {step.kind: step for step in self._steps}

    @property
    def needs_more(self):
        return self.rows.needs_more

    @property
    def waiting(self):
        """How many activities wait for a decision."""
        self._read()
        return self.rows.counts["waiting"]

    @property
    def unread(self):
        return self.rows.unread

    @property
    def people(self):
        return tally(self.person_months)

    @cached_property
    def elsewhere(self):
        return unsettled(self.month, list(self.person_months))

    def _read(self):
        read_together(*self._lists)


def wait_of(month, *, at, seen=None):
    """The MonthWait of `month` at the moment `at`; `seen` is its board, where that was read."""
    tells = {
        Month.Status.OPEN: _open,
        Month.Status.VERIFYING: _verifying,
        Month.Status.PUBLISHED: _published,
        Month.Status.FINAL: _final,
    }
    return tells[month.status](month, seen or MonthSeen(month), at)


def _open(month, _seen, _at):
    left = undecided(month).aggregate(rows=Count("pk"), since=Min("reported_at"))
    if not left["rows"]:
        what = _("Nothing waits for a decision now; the review closes by itself.")
        return MonthWait(what, until=month.review_closes_at)
    what = ngettext(
        "%(rows)s activity waits for a decision.", "%(rows)s activities wait for a decision.", left["rows"]
    )
    who = _("the supervisor of each person")
    return MonthWait(what % {"rows": left["rows"]}, who, left["since"], month.review_closes_at)


def _verifying(month, seen, at):
    what, who, since = _to_verify(month, seen, at)
    return MonthWait(what, who, since, month.publication_due_at)


def _to_verify(month, seen, at):
    """What is next, whose it is and since when, in the order in which a month is worked off."""
    closed_at = _closed_at(seen)
    if seen.waiting:
        return _("Activities were left undecided when the review closed."), _assessors(month, at), closed_at
    if not seen.draws:
        decided = Decision.objects.filter(activity__month=month).aggregate(at=Max("at"))["at"]
        return _("The sample is not drawn yet."), _heads(month, at), _latest(closed_at, decided)
    drawn_at = max(draw.at for draw in seen.draws)
    if seen.unread:
        return _("Drawn activities wait for a verdict."), _assessors(month, at), drawn_at
    read_at = _latest(drawn_at, *(draw.read_at for draw in seen.draws))
    if seen.needs_more:
        return (
            _("Too many activities were refused: the sample has to be extended."),
            _heads(month, at),
            read_at,
        )
    people = seen.people
    if people["waiting"] or people["changed"]:
        return _("Quality marks wait to be confirmed."), _assessors(month, at), read_at
    if seen.elsewhere:
        return _("Other agencies are not done with people of this month."), _agencies(seen.elsewhere), read_at
    marked_at = Assessment.objects.filter(month=month).aggregate(at=Max("marked_at"))["at"]
    ready = _("Everything is ready for publication; it has to be proposed.")
    return _step(month, seen, Closing.Kind.PUBLISH, ready, since=_latest(read_at, marked_at), at=at)


def _published(month, seen, at):
    if month.objections_close_at > at:
        what = _("The scores are published; the time before they may be made final runs.")
        return MonthWait(what, since=month.published_at, until=month.objections_close_at)
    ready = _("The month may be made final; it has to be proposed.")
    since = month.objections_close_at
    return MonthWait(*_step(month, seen, Closing.Kind.FINALISE, ready, since=since, at=at))


def _final(month, _seen, at):
    what = _("The month is final; finance makes its bonus list.")
    return MonthWait(what, _holders(Role.MAKER, month, at), month.finalised_at)


def _step(month, seen, kind, ready, *, since, at):
    """A step of two people: who may propose it, or who may confirm what was proposed."""
    step = seen.steps.get(kind)
    if step is None:
        return ready, _unit(month, at), since
    what = _("%(name)s has proposed it; a second person has to confirm.") % {"name": step.proposed_by}
    return what, names_of(step.seconds(at=at)), step.proposed_at


def names_of(people, *, shown=3):
    """Some names, and how many more; a sentence where there are none."""
    names = list(people.values_list("name", flat=True))
    if not names:
        return _("nobody holds this role today; HR grants it")
    text = "; ".join(names[:shown])
    more = len(names) - shown
    if more <= 0:
        return text
    sentence = ngettext("%(names)s and %(more)s more", "%(names)s and %(more)s more", more)
    return sentence % {"names": text, "more": more}


def _holders(role, month, at):
    return names_of(User.objects.holding(role, agency=month.agency_id, on=_day(month, at)).by_name())


def _assessors(month, at):
    return _holders(Role.ASSESSOR, month, at)


def _heads(month, at):
    return _holders(Role.HEAD, month, at)


def _unit(month, at):
    """Heads and assessors, each of whom may propose."""
    of, on = User.objects, _day(month, at)
    held = [
        of.holding(role, agency=month.agency_id, on=on).values("pk") for role in (Role.HEAD, Role.ASSESSOR)
    ]
    return names_of(of.filter(pk__in=held[0].union(held[1])).by_name())


def _agencies(waits):
    return "; ".join(map(str, waits))


def _day(month, at):
    return timezone.localdate(at, timezone=ZoneInfo(month.agency.zone))


def _closed_at(seen):
    closed = [act.at for act in seen.acts if act.kind == MonthAct.Kind.CLOSED]
    return max(closed, default=seen.month.review_closes_at)


def _latest(*moments):
    return max(filter(None, moments))
