"""The facts of a month, and the mark that an assessor confirms on them."""

import json
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django.utils.translation import gettext as _

from activities.models import Activity
from assessment.models.assessors import Assessor
from assessment.models.draws import locked
from assessment.models.refusals import FactsChanged
from assessment.models.rules import ScoreRule
from assessment.models.verdicts import Verdict
from assessment.scoring import MonthFacts, points
from calendars.models import Month
from calendars.models.obligations import obligations
from organization.models import Posting
from records.refusals import NotNow, Refusal
from records.state import StaleVersion
from records.typed import said_why

NO_DAYS = {"segments": [], "last_working_day": None}
FREEZE_DAYS = """
UPDATE assessment_assessment AS row SET days = stored.value
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


class AssessmentQuerySet(models.QuerySet):
    def facts(self, month, people=None):
        """MonthFacts by person id, of everyone whose last working day lies in this month's agency."""
        return {person: facts for person, (_days, facts) in self.days_and_facts(month, people).items()}

    def days_and_facts(self, month, people=None):
        """(PersonDays, MonthFacts) by person id, of everyone whose last working day lies in this agency.

        Minutes and days count from every agency they worked in. Computed when read, in a fixed number of
        queries; `people` keeps it to some ids. Source: domain.md, sections 3 and 6.
        """
        key = month.key
        posted = Posting.objects.overlapping(key.first_day, key.last_day)
        posted = posted.filter(post__unit__agency=month.agency_id)
        if people is not None:
            posted = posted.filter(person__in=people)
        days = {
            person: found
            for person, found in obligations(
                list(posted.values_list("person", flat=True).distinct()), key
            ).items()
            if found.home_agency_id == month.agency_id
        }
        minutes = Activity.objects.month_facts(key, people=list(days))
        verified = Verdict.objects.verified(list(days), key)
        return {
            person: (found, _facts(found, minutes.get(person), verified.get(person, (0, 0))))
            for person, found in days.items()
        }

    @transaction.atomic
    def confirm(self, month, person_id, *, quality, stamp, by, at, version=0, reason=""):
        """Confirm the mark of one person and freeze what it came from. Returns the Assessment.

        `stamp` and `version` are those of the page: 0 where nobody had marked yet. Of two who confirm
        the same mark at once both get the one row.

        Raises NotAllowed, FactsChanged, StaleVersion, or ValidationError by field.
        """
        month = locked(month)
        facts = self.facts(month, people=[person_id]).get(person_id)
        listed = Listed(person_id, stamp, version)
        return self._mark(
            month, listed, facts, quality=quality, reason=reason, assessor=Assessor.of(by, at=at), at=at
        )

    @transaction.atomic
    def confirm_many(self, month, listed, *, by, at):
        """Confirm the proposed mark of every Listed row, by the same rules as one; a MarkResult for each."""
        month, assessor, results = locked(month), Assessor.of(by, at=at), []
        facts = self.facts(month, people=[row.person_id for row in listed])
        for row in listed:
            sentence = ""
            try:
                self._mark(
                    month, row, facts.get(row.person_id), quality=None, reason="", assessor=assessor, at=at
                )
            except Refusal as refused:
                sentence = str(refused)
            results.append(MarkResult(row.person_id, sentence))
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
            cursor.execute(FREEZE_DAYS, [json.dumps(stored), month.pk])

    def keep(self, rows):
        """Store frozen rows, new ones and known ones alike: at most two statements, however many."""
        key = {"unique_fields": ["person", "month"], "update_fields": self.model.FROZEN}
        return self.bulk_create(rows, update_conflicts=True, **key)

    def published(self):
        """Scores that their owners may see."""
        return self.filter(month__status__in=[Month.Status.PUBLISHED, Month.Status.FINAL])

    def _mark(self, month, listed, facts, *, quality, reason, assessor, at):
        """Write one mark on a locked month; `quality` None takes the proposal."""
        _check_markable(month, listed, facts, assessor)
        rule = ScoreRule.objects.in_force(month.key.last_day)
        proposal = rule.proposal(facts)
        mark = proposal if quality is None else points(quality)
        reason = _check_mark(mark, proposal, reason)
        row = self.filter(month=month, person=listed.person_id).first()
        if row and row.version != listed.version:
            if row.quality == mark and row.facts == facts:
                return row
            raise StaleVersion(row)
        row = row or self.model(month=month, person_id=listed.person_id, version=0)
        row.version += 1
        row.quality_reason, row.marked_by, row.marked_at = reason, assessor.person, at
        row.freeze(facts, rule, quality=mark)
        row.save(update_fields=None if row._state.adding else self.model.FROZEN)
        return row


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


def _check_markable(month, listed, facts, assessor):
    """Raise NotNow, NotAllowed or FactsChanged where this month, person or assessor stands against a mark."""
    if month.status != Month.Status.VERIFYING:
        raise NotNow(_("Marks are given while the month is being verified."))
    assessor.check(listed.person_id, month.agency_id)
    if facts is None:
        raise NotNow(_("This person is scored in another agency this month."))
    if facts.target_minutes == 0 or facts.obliged_days == 0:
        raise NotNow(_("This person is not assessed this month, so there is nothing to mark."))
    if facts.stamp != listed.stamp:
        raise FactsChanged


def _check_mark(mark, proposal, reason):
    """Return the reason as it is kept: needed for a mark other than the proposal."""
    if not 0 <= mark <= 100:
        raise ValidationError({"quality": _("A mark lies between 0 and 100.")})
    if mark == proposal and not reason:
        return ""
    return said_why(reason, missing=_("A mark other than the proposal needs a reason."))
