"""Who may decide an activity at a moment, and in which capacity.

Source: domain.md, sections 1, 2, 4 and 5.
"""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef
from django.db.models.functions import JSONObject
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from activities.models import Activity
from approvals import due
from approvals.models.rules import ReviewRule
from calendars.models import Month, WorkPattern
from calendars.models.patterns import LOOK_AHEAD
from calendars.weeks import Week
from organization import reviewers
from organization.models import Acting, Post, Role
from records.refusals import NotAllowed

SUPERIOR, ASSESSOR = "superior", "assessor"
LOCKED_MONTHS = "SELECT * FROM calendars_month WHERE id = ANY (%s) ORDER BY id FOR SHARE"
POST, OWNER = OuterRef("reviewing_post"), OuterRef("person")


@dataclass(frozen=True)
class Mandate:
    """In which Decision.Capacity, for which post (None for assessors), and whether after review close.

    `letter` is the id of the letter by which the person acts, None where by none.
    """

    capacity: str
    post: Post | None
    after_close: bool = False
    letter: int | None = None


def office_zone(activity) -> ZoneInfo:
    """The zone of the office where the owner worked: their deadlines are told in it."""
    return ZoneInfo(activity.term.unit.zone)


class Decider:
    """One person at one moment, before any number of `rows`: what is asked of them all is read once.

    Made inside a transaction: it holds the months of the rows as they are until its end, so that none
    closes between the question and the decision. The rows bring their post with its unit.
    """

    def __init__(self, person, at, rows):
        self.person, self.at, self.today = person, at, person.today(at)
        self._rows = list(rows)
        ids = sorted({row.month_id for row in self._rows})
        self._months = {month.pk: month for month in Month.objects.raw(LOCKED_MONTHS, [ids])}

    def mandate(self, activity) -> Mandate:
        """By what right the person decides this row now. Raises NotAllowed with a sentence."""
        self._refuse_own(activity)
        month = self._months[activity.month_id]
        if month.is_open_for_review(self.at):
            return self._in_the_line(activity)
        if month.status == Month.Status.VERIFYING and self._assesses(activity):
            return Mandate(ASSESSOR, None, after_close=True)
        if month.status in (Month.Status.PUBLISHED, Month.Status.FINAL):
            raise NotAllowed(_("This month is published: its decisions stand."))
        raise NotAllowed(_("Review of this month is closed; what waits is with the assessment unit."))

    def recall(self, activity, decision) -> Mandate:
        """The right to take `decision` back: of who made it, until review close. Raises NotAllowed."""
        self._refuse_own(activity)
        if decision.by_id != self.person.pk:
            sentence = _("Only who decided, %(name)s, can recall this decision.")
            raise NotAllowed(sentence % {"name": decision.by})
        if not self._months[activity.month_id].is_open_for_review(self.at):
            raise NotAllowed(_("Review of this month is closed: the decision stands."))
        return Mandate(decision.capacity, decision.for_post, letter=decision.letter_id)

    def return_days(self, activity) -> tuple[date, date] | None:
        """The first and last day on which a return made now may fall due; None where there is none."""
        zone = office_zone(activity)
        return due.return_days(
            self.at.astimezone(zone).date(),
            self._calendars[activity.term.unit_id],
            zone,
            review_closes_at=self._months[activity.month_id].review_closes_at,
        )

    def _refuse_own(self, activity):
        if activity.person_id == self.person.pk:
            raise NotAllowed(_("Nobody decides their own work."))

    def _in_the_line(self, activity):
        acting = self._acting[_pair(activity)]
        if not acting and self._assesses(activity):
            return Mandate(ASSESSOR, None)
        mine = self._mine(activity)
        if mine:
            return Mandate(mine["capacity"], activity.reviewing_post, letter=mine["letter"])
        if acting and _pair(activity) in self._next_below and self._stands_higher(activity):
            return Mandate(SUPERIOR, activity.reviewing_post)
        raise NotAllowed(_("This work is not yours to decide."))

    def _mine(self, activity):
        """How the person acts for its reviewing post, the first of the order; None where they do not."""
        acting = self._acting[_pair(activity)]
        return next((row for row in acting if row["person"] == self.person.pk), None)

    @cached_property
    def _acting(self):
        """Who acts for a reviewing post today towards an owner, by pair; none where it is the assessors'."""
        acting = Acting.objects.acting_for(POST, owner=OWNER, day=self.today)
        everyone = acting.values(row=JSONObject(person="person", capacity="capacity", letter="letter"))
        return dict(self._asked(self._rows, ArraySubquery(everyone)))

    @cached_property
    def _next_below(self):
        """The pairs that the person stands next above, of those that somebody else left waiting too long."""
        above = Acting.objects.next_above(POST, owner=OWNER, day=self.today)
        theirs = [row for row in self._rows if self._acting[_pair(row)] and not self._mine(row)]
        late = [row for row in theirs if self._stands_higher(row)]
        found = self._asked(late, Exists(above.filter(person=self.person)))
        return {pair for pair, is_above in found if is_above}

    def _asked(self, rows, question):
        """(pair, answer) for each pair of reviewing post and owner among `rows`; one query."""
        one_of_each = {_pair(row): row.pk for row in rows}
        asked = Activity.objects.filter(pk__in=one_of_each.values()).order_by().annotate(answer=question)
        found = asked.values_list("reviewing_post", "person", "answer")
        return [((post, owner), answer) for post, owner, answer in found]

    def _stands_higher(self, activity):
        week, zone = Week.of(activity.performed_on), office_zone(activity)
        rule, calendar = self._rules.find(activity.performed_on), self._calendars[activity.term.unit_id]
        return rule is not None and self.at.astimezone(zone).date() >= due.stands_higher_from(
            week, calendar, zone, overdue_days=rule.overdue_days
        )

    @cached_property
    def _rules(self):
        return ReviewRule.objects.timeline()

    @cached_property
    def _calendars(self):
        """The calendars of their offices, from the first week until well after every deadline of now."""
        weeks, day = {Week.of(row.performed_on) for row in self._rows}, self.at.date()
        units = {row.term.unit_id: row.term.unit for row in self._rows}.values()
        first = min(day, *(week.first_day for week in weeks))
        last = max(day, *(week.last_day for week in weeks)) + LOOK_AHEAD
        return WorkPattern.objects.calendars(units, first=first, last=last)

    def _assesses(self, activity):
        """Whether they decide as an assessor: for agencies assigned to them, never in their own line."""
        agency = self._months[activity.month_id].agency_id
        return agency in self._agencies and activity.person_id not in self._line

    @cached_property
    def _agencies(self):
        return set(self.person.agencies(Role.ASSESSOR, on=self.today).values_list("pk", flat=True))

    @cached_property
    def _line(self):
        return set(reviewers.own_line(self.person, on=self.today))


def _pair(activity):
    return activity.reviewing_post_id, activity.person_id
