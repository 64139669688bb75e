"""Who may decide an activity at a moment, and in which capacity.

Source: domain.md, sections 1, 2, 4 and 5.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from approvals import due
from approvals.models.rules import ReviewRule
from calendars.models import Month, WorkPattern
from calendars.weeks import Week
from organization import reviewers
from organization.models import Acting, Post, Role
from records.dated import NoRule
from records.refusals import NotAllowed

SUPERIOR, ASSESSOR = "superior", "assessor"
LOCKED_MONTH = "SELECT * FROM calendars_month WHERE id = %s FOR SHARE"


@dataclass(frozen=True)
class Mandate:
    """In which Decision.Capacity, for which post (None for assessors), and whether after review close."""

    capacity: str
    post: Post | None
    after_close: bool = False


def office_zone(activity) -> ZoneInfo:
    """The zone of the office where the owner worked: their deadlines are told in it."""
    return ZoneInfo(activity.post.unit.zone)


class Decider:
    """One person at one moment. What is the same for many rows is read once.

    `mandate` and `recall` must be asked inside a transaction: they hold the month as it is until its end,
    so that no month closes between the question and the decision.
    """

    def __init__(self, person, at):
        self.person, self.at = person, at
        self._known = {}

    def mandate(self, activity) -> Mandate:
        """By what right the person decides this row now. Raises NotAllowed with a sentence."""
        self._refuse_own(activity)
        month = self._month(activity.month_id)
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
        if not self._month(activity.month_id).is_open_for_review(self.at):
            raise NotAllowed(_("Review of this month is closed: the decision stands."))
        return Mandate(decision.capacity, decision.for_post)

    def return_days(self, activity) -> tuple[date, date] | None:
        """The first and last day on which a return made now may fall due; None where there is none."""
        zone = office_zone(activity)
        return due.return_days(
            self.at.astimezone(zone).date(),
            self.calendar(activity.post.unit, Week.of(activity.performed_on)),
            zone,
            review_closes_at=activity.month.review_closes_at,
        )

    def calendar(self, unit, week):
        """The calendar of `unit` from `week` until well after every deadline of now."""
        last = max(self.at.date(), week.last_day) + timedelta(days=120)
        return self._once(
            ("calendar", unit.pk, week), WorkPattern.objects.calendar, unit, first=week.first_day, last=last
        )

    def _refuse_own(self, activity):
        if activity.person_id == self.person.pk:
            raise NotAllowed(_("Nobody decides their own work."))

    def _in_the_line(self, activity):
        acting = self._acting(activity)
        if not acting and self._assesses(activity):
            return Mandate(ASSESSOR, None)
        mine = next((row for row in acting if row.person_id == self.person.pk), None)
        if mine:
            return Mandate(mine.capacity, activity.reviewing_post)
        if acting and self._stands_higher(activity) and self._is_next_above(activity):
            return Mandate(SUPERIOR, activity.reviewing_post)
        raise NotAllowed(_("This work is not yours to decide."))

    def _acting(self, activity):
        """Rows of everyone who acts for its reviewing post today; none where it is the assessors'."""
        asked = {"owner": activity.person_id, "day": self.person.today(self.at)}
        post = activity.reviewing_post_id
        return self._once(
            ("acting", post, activity.person_id), lambda: list(Acting.objects.acting_for(post, **asked))
        )

    def _is_next_above(self, activity):
        asked = {"owner": activity.person_id, "day": self.person.today(self.at)}
        found = Acting.objects.next_above(activity.reviewing_post_id, **asked).filter(person=self.person)
        return self._once(("above", activity.reviewing_post_id, activity.person_id), found.exists)

    def _stands_higher(self, activity):
        week, unit, zone = Week.of(activity.performed_on), activity.post.unit, office_zone(activity)
        day = activity.performed_on
        try:
            rule = self._once(("rule", day), ReviewRule.objects.in_force, day)
        except NoRule:
            return False
        from_day = due.stands_higher_from(week, self.calendar(unit, week), overdue_days=rule.overdue_days)
        return self.at.astimezone(zone).date() >= from_day

    def _assesses(self, activity):
        """Whether they decide as an assessor: for agencies assigned to them, never in their own line."""
        if activity.month.agency_id not in self._once(("agencies",), self._agencies):
            return False
        return activity.person_id not in self._once(("line",), self._line)

    def _agencies(self):
        today = self.person.today(self.at)
        return set(self.person.agencies(Role.ASSESSOR, on=today).values_list("pk", flat=True))

    def _line(self):
        return set(reviewers.own_line(self.person, on=self.person.today(self.at)))

    def _month(self, pk):
        return self._once(("month", pk), lambda: Month.objects.raw(LOCKED_MONTH, [pk])[0])

    def _once(self, key, read, *args, **kwargs):
        if key not in self._known:
            self._known[key] = read(*args, **kwargs)
        return self._known[key]
