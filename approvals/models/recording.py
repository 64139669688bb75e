"""How decisions are recorded: one verdict on any number of rows, in a fixed number of statements.

A single decision is the set of one. Source: domain.md, sections 4 and 5.
"""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.models import Activity
from approvals.models.authority import Decider
from organization.models import PostTerm, User
from records.refusals import NotAllowed, Refusal
from records.state import InvalidTransition, StaleVersion

WAITING = {Activity.Status.REPORTED}
DECIDED = {Activity.Status.RETURNED, Activity.Status.APPROVED, Activity.Status.REJECTED}
NEVER_AFTER_CLOSE = {"returned", "recalled"}
# What activities become by their decisions; their rows are locked in the versions decided. Values come as
# arrays, whose length the planner knows: of decisions just inserted it knows nothing.
MOVE = """
UPDATE activities_activity AS row
   SET status = %s, return_reason = %s, version = row.version + 1, after_close = decided.after_close,
       approved_minutes = decided.minutes, counted_minutes = decided.minutes, return_due_at = decided.due_at
  FROM unnest(%s::bigint[], %s::smallint[], %s::timestamptz[], %s::boolean[])
    AS decided (activity, minutes, due_at, after_close)
 WHERE row.id = decided.activity
"""


class AlreadyDecided(StaleVersion):
    """Somebody else was first. Its text names them and what they decided."""

    def __init__(self, row, decision):
        self.decision = decision
        text = _("This row has already been decided by %(name)s: %(verdict)s.")
        super().__init__(row, text % {"name": decision.by, "verdict": decision.get_verdict_display()})


class NoSuchRow(Refusal):
    """Nothing is stored under that number."""

    sentence = gettext_lazy("There is no such row.")


@dataclass(frozen=True)
class DecisionResult:
    """What became of one row: its decision, or why it was left as it is (`refused`, the exception)."""

    pk: int
    activity: Activity | None
    decision: models.Model | None = None
    refused: Exception | None = None

    @property
    def refusal(self):
        """Why not, in a sentence; "" where it was decided."""
        if isinstance(self.refused, ValidationError):
            return " ".join(self.refused.messages)
        return str(self.refused or "")


class DecisionQuerySet(models.QuerySet):
    def record(self, activity, *, verdict, version, by, at, **terms):
        """Decide one row, in the version that was on the screen, and move it with the decision.

        `terms`: minutes (None: all that are credited), reason, due_on (a return's last day), in_bulk.

        Raises NotAllowed, StaleVersion (AlreadyDecided where somebody was first), InvalidTransition, or
        ValidationError naming the field; then nothing has changed.
        """
        [result] = self._record([(activity.pk, version)], verdict=verdict, by=by, at=at, **terms)
        if result.refused:
            raise result.refused
        return result.decision

    def record_many(self, rows, *, verdict, by, at, reason=""):
        """Decide exactly the listed (id, version) pairs; one result a pair, by id.

        A row that may not or cannot be decided is left as it is and says why. Rows are locked by id, so
        that two sets that share rows wait for each other and never both.
        """
        return self._record(rows, verdict=verdict, by=by, at=at, reason=reason, in_bulk=True)

    @transaction.atomic
    def _record(self, pairs, *, verdict, by, at, **terms):
        sitting = Sitting(self.model, pairs, verdict=verdict, by=by, at=at)
        results = [sitting.weigh(pk, version, **terms) for pk, version in sorted(set(pairs))]
        made = self.bulk_create([result.decision for result in results if result.decision])
        if made:
            _move(made)
        return results


class Sitting:
    """One person before the rows on which they give one verdict, locked; what is asked of them is read once.

    `pairs` are ids and the versions that were on the screen; `model` is Decision.
    """

    def __init__(self, model, pairs, *, verdict, by, at):
        self.model, self.verdict, self.by, self.at = model, verdict, by, at
        self.rows = _locked({pk for pk, _version in pairs})
        self.decider = Decider(by, at, self.rows.values())
        self.last = self._last(pairs)

    def weigh(self, pk, version, **terms):
        """The DecisionResult of one pair, not stored yet; who asks about the row again finds it decided.

        Its activity is as it was read, in its new status and version.
        """
        row = self.rows.get(pk)
        if row is None:
            return DecisionResult(pk, None, refused=NoSuchRow())
        try:
            decision = self._decision(row, version, terms)
        except (Refusal, ValidationError) as refused:
            return DecisionResult(pk, row, refused=refused)
        row.status, row.version, self.last[pk] = decision.status_after, version + 1, decision
        return DecisionResult(pk, row, decision)

    def _decision(self, row, version, terms):
        mandate = self._mandate(row, version)
        decision = self.model(
            activity=row,
            round=row.round,
            version=version,
            verdict=self.verdict,
            by=self.by,
            at=self.at,
            capacity=mandate.capacity,
            letter_id=mandate.letter,
            for_post=mandate.post,
            after_close=mandate.after_close,
            credited_minutes=row.credited_minutes,
        )
        decision.set_terms(self.decider, **terms)
        return decision

    def _mandate(self, row, version):
        last, recalls = self.last.get(row.pk), self.verdict == self.model.Verdict.RECALLED
        mandate = self.decider.recall(row, last) if recalls and last else self.decider.mandate(row)
        if row.version != version:
            raise AlreadyDecided(row, last) if self._was_first(last, version) else StaleVersion(row)
        if row.status not in (DECIDED if recalls else WAITING) or (recalls and not last):
            raise InvalidTransition(row, self.verdict)
        if mandate.after_close and self.verdict in NEVER_AFTER_CLOSE:
            raise NotAllowed(_("After review close a row is approved or rejected, never returned."))
        return mandate

    def _was_first(self, last, version):
        """Whether the last decision was made on the version seen, or on a later one, and still holds."""
        return last is not None and last.version >= version and last.verdict != self.model.Verdict.RECALLED

    def _last(self, pairs):
        """The last decision by row, of those whose answer may name it: recalled, or changed since seen."""
        asked = {pk for pk, version in pairs if pk in self.rows and self.rows[pk].version != version}
        if self.verdict == self.model.Verdict.RECALLED:
            asked = self.rows.keys()
        found = self.model.objects.filter(activity__in=asked).order_by("activity_id", "-pk")
        latest = found.distinct("activity_id").select_related("by", "for_post")
        return {decision.activity_id: decision for decision in latest} if asked else {}


def _move(decisions):
    """Move the activities of decisions of one verdict and reason."""
    one = decisions[0]
    columns = [
        [getattr(decision, name) for decision in decisions]
        for name in ("activity_id", "minutes", "due_at", "after_close")
    ]
    with connection.cursor() as cursor:
        cursor.execute(MOVE, [one.status_after, one.return_reason, *columns])


def _locked(pks):
    """The rows of `pks` by id, locked in that order, each with its person and posts."""
    found = Activity.objects.select_for_update(no_key=True).filter(pk__in=pks).order_by("pk")
    rows = {row.pk: row for row in found}
    people = User.objects.in_bulk({row.person_id for row in rows.values()})
    terms = PostTerm.objects.select_related("post", "unit", "superior")
    terms = terms.in_bulk({row.term_id for row in rows.values()})
    for row in rows.values():
        row.person, row.term = people[row.person_id], terms[row.term_id]
        row.post = row.term.post
        if row.reviewing_post_id == row.term.superior_id:
            row.reviewing_post = row.term.superior
    return rows
