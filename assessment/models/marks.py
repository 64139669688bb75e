"""The facts of a month, and the mark that an assessor confirms on them."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django.utils.translation import gettext as _

from activities.models import Activity
from assessment.models.assessors import Assessor
from assessment.models.draws import locked
from assessment.models.elsewhere import left_to_do
from assessment.models.homes import HomeMonth
from assessment.models.refusals import AlreadyMarked, FactsChanged
from assessment.models.rules import ScoreRule
from assessment.models.verdicts import Verdict
from assessment.scoring import MonthFacts, points
from calendars.models import Month
from calendars.models.obligations import obligations
from records.refusals import NotNow, Refusal
from records.typed import said_why

NO_DAYS = {"segments": [], "last_working_day": None, "suspended": False}
FREEZE_DAYS = """
UPDATE assessment_assessment AS row SET days = stored.value, of_year = %s, of_month = %s
  FROM jsonb_each(%s::jsonb) AS stored WHERE row.person_id = stored.key::bigint AND row.month_id = %s
"""


class Listed(NamedTuple):
    """A row of a list as it was shown: the person, the stamp of their facts, the version of their mark."""

    person_id: int
    stamp: str
    version: int


class MarkResult(NamedTuple):
    """What became of a listed row; `sentence` says why it was left, "" where it was confirmed."""

    person_id: int
    sentence: str


@dataclass
class Marking:
    """The marks that one assessor gives on a locked month, held against what was read once for all people.

    `not_yet` is why the month takes no mark, `rows` are the marks that stand, `made` those to be written.
    """

    month: Month
    assessor: Assessor
    at: datetime
    rule: ScoreRule
    not_yet: str
    facts: dict
    rows: dict
    model: type
    made: dict = field(default_factory=dict)

    def refusal(self, listed):
        """Mark a Listed person as proposed; the sentence that stands against it, "" where none does.

        Whoever was slower reads whose mark stands, also where it is the same mark.
        """
        stands = self.rows.get(listed.person_id)
        try:
            self.mark(listed)
        except Refusal as refused:
            return str(refused)
        is_newer = stands is not None and stands.version != listed.version
        return str(AlreadyMarked(stands)) if is_newer and stands.marked_by != self.assessor.person else ""

    def mark(self, listed, *, quality=None, reason=""):
        """Make the mark of a Listed person; without `quality` the proposal. The same mark again is none."""
        facts = self._markable(listed)
        proposal = self.rule.proposal(facts)
        quality = proposal if quality is None else quality
        reason = _check_mark(quality, proposal, reason)
        known = self.rows.get(listed.person_id)
        if known is None or known.version == listed.version:
            row = self.model(month=self.month, person_id=listed.person_id, version=listed.version + 1)
            row.quality_reason, row.marked_by, row.marked_at = reason, self.assessor.person, self.at
            row.freeze(facts, self.rule, quality=quality)
            self.rows[listed.person_id] = self.made[listed.person_id] = row
        elif not known.is_same_mark(facts, quality):
            raise AlreadyMarked(known)

    def _markable(self, listed):
        """The facts of a Listed person. Raises NotNow, NotAllowed or FactsChanged where no mark is given."""
        self.assessor.check(listed.person_id, self.month.agency_id)
        if self.not_yet:
            raise NotNow(self.not_yet)
        facts = self.facts.get(listed.person_id)
        if facts is None:
            raise NotNow(_("This person is scored in another agency this month."))
        if facts.target_minutes == 0 or facts.obliged_days == 0:
            raise NotNow(_("This person is not assessed this month, so there is nothing to mark."))
        if facts.stamp != listed.stamp:
            raise FactsChanged
        return facts


class AssessmentQuerySet(models.QuerySet):
    def facts(self, month, people=None):
        """MonthFacts by person id, of everyone whose home month this one is."""
        return {person: facts for person, (_days, facts) in self.days_and_facts(month, people).items()}

    def days_and_facts(self, month, people=None, beside=()):
        """(PersonDays, MonthFacts) by person id, of everyone whose home month this one is.

        Minutes and days count from every agency they worked in. Computed when read, in a fixed number of
        queries; `people` keeps it to some ids, `beside` are lists filled by the first of them. Source:
        domain.md, sections 3 and 6.
        """
        key, homes = month.key, HomeMonth(month, self.model.objects)
        posted = homes.posted if people is None else homes.posted.filter(person__in=people)
        days = homes.here(obligations(posted, key, [*homes.lists, *beside]))
        read = Verdict.objects.verified(list(days), key)
        minutes = Activity.objects.month_facts(key, people=list(days), beside=[read])
        verified = {person: (rows, approved) for person, rows, approved in read}
        return {
            person: (found, _facts(found, minutes.get(person), verified.get(person, (0, 0))))
            for person, found in days.items()
        }

    @transaction.atomic
    def confirm(self, month, person_id, *, quality, stamp, by, at, version=0, reason=""):
        """Confirm the mark of one person and freeze what it came from. Returns the Assessment.

        `stamp` and `version` are those of the page: 0 where nobody had marked yet. Of two who confirm
        the same mark at once both get the one row (case D05); with another mark the slower one is told.

        Raises NotAllowed, NotNow, FactsChanged, AlreadyMarked, or ValidationError by field.
        """
        marking = self._marking(locked(month), [person_id], by=by, at=at)
        marking.mark(Listed(person_id, stamp, version), quality=points(quality), reason=reason)
        self.keep(marking.made.values())
        return self.select_related("marked_by").get(month=month, person=person_id)

    @transaction.atomic
    def confirm_many(self, month, listed, *, by, at):
        """Confirm the proposed mark of every Listed row, by the same rules as one; a MarkResult for each.

        As many queries for one person as for many. Raises NotNow where the month takes no mark yet.
        """
        marking = self._marking(locked(month), [row.person_id for row in listed], by=by, at=at)
        if marking.not_yet:
            raise NotNow(marking.not_yet)
        results = [MarkResult(row.person_id, marking.refusal(row)) for row in listed]
        self.keep(marking.made.values())
        return results

    def freeze_days(self, month, days=None):
        """Keep the days of every row of `month`: the bonus is paid from these.

        `days` are PersonDays by person id, already read; else those of now.
        """
        people = list(self.filter(month=month).values_list("person", flat=True))
        if days is None:
            days = obligations(people, month.key)
        stored = {person: days[person].stored() if person in days else NO_DAYS for person in people}
        with connection.cursor() as cursor:
            cursor.execute(FREEZE_DAYS, [month.year, month.month, json.dumps(stored), month.pk])

    def keep(self, rows):
        """Store frozen rows, new ones and known ones alike: at most two statements, however many."""
        key = {"unique_fields": ["person", "month"], "update_fields": self.model.FROZEN}
        return self.bulk_create(rows, update_conflicts=True, **key)

    def published(self):
        """Scores that their owners may see."""
        return self.filter(month__status__in=[Month.Status.PUBLISHED, Month.Status.FINAL])

    def _marking(self, month, people, *, by, at):
        rows = self.filter(month=month, person__in=people).select_related("marked_by")
        return Marking(
            month=month,
            assessor=Assessor.of(by, at=at),
            at=at,
            rule=ScoreRule.objects.in_force(month.key.last_day),
            not_yet=why_no_mark(month),
            facts=self.facts(month, people=people),
            rows={row.person_id: row for row in rows},
            model=self.model,
        )


def _facts(days, minutes, verified):
    """MonthFacts of one person from their days, their minutes (None: nothing reported) and their verdicts."""
    rows, verified_minutes = verified
    return MonthFacts(
        target_minutes=days.target_minutes,
        counted_minutes=minutes.counted_minutes if minutes else 0,
        obliged_days=len(days.obliged),
        days_in_time=len(minutes.days_in_time & days.obliged) if minutes else 0,
        approved_minutes=minutes.approved_minutes if minutes else 0,
        verified_minutes=verified_minutes,
        verified_rows=rows,
    )


def why_no_mark(month):
    """Why nobody is marked in `month` yet, as a sentence; "" once its sample is drawn and read; one query.

    A verdict after the mark would change the facts it stands on.
    """
    if month.status != Month.Status.VERIFYING:
        return _("Marks are given while the month is being verified.")
    left = left_to_do([month])[month]
    return _("Marks are given once the sample is read: %(left)s.") % {"left": left} if left else ""


def _check_mark(mark, proposal, reason):
    """Return the reason as it is kept: needed for a mark other than the proposal."""
    if not 0 <= mark <= 100:
        raise ValidationError({"quality": _("A mark lies between 0 and 100.")})
    if mark == proposal and not reason:
        return ""
    return said_why(reason, missing=_("A mark other than the proposal needs a reason."))
