"""What an assessor found when they read a drawn row."""

import pgtrigger
from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.models import Activity
from activities.models.querysets import counting_days
from approvals.models import Decision
from assessment.models.assessors import Assessor
from assessment.models.draws import DrawnRow, locked
from assessment.models.openings import MONTH_OF_ROW, Opening
from assessment.models.refusals import AlreadyVerified
from calendars.models import Month
from calendars.models.locks import lock_when_final
from records.history import append_only
from records.looks import GOOD, NEEDED, REFUSED, ShownChoices
from records.refusals import NotAllowed, NotNow
from records.state import StaleVersion
from records.typed import TypedLine, said_why

PERSON = settings.AUTH_USER_MODEL
OWN_WORK_VERIFIED = """
    IF EXISTS (SELECT 1 FROM activities_activity WHERE id = NEW.activity_id AND person_id = NEW.by_id)
    OR EXISTS (SELECT 1 FROM approvals_decision WHERE activity_id = NEW.activity_id AND by_id = NEW.by_id)
    THEN RAISE EXCEPTION 'own_work_verified' USING ERRCODE = 'check_violation'; END IF;
    RETURN NEW;
"""
ONE_VERDICT_IN_FORCE = """
    PERFORM 1 FROM assessment_drawnrow WHERE id = NEW.drawn_row_id FOR NO KEY UPDATE;
    IF EXISTS (
        SELECT 1 FROM assessment_verdict verdict
         WHERE verdict.drawn_row_id = NEW.drawn_row_id
           AND NOT EXISTS (SELECT 1 FROM assessment_withdrawal taken WHERE taken.verdict_id = verdict.id)
    ) THEN RAISE EXCEPTION 'one_verdict_in_force' USING ERRCODE = 'check_violation'; END IF;
    RETURN NEW;
"""


class VerdictQuerySet(models.QuerySet):
    def in_force(self):
        """Those that were not withdrawn: at most one of each drawn row."""
        return self.filter(withdrawal__isnull=True)

    @transaction.atomic
    def record(self, row, *, outcome, version, by, at, assessor=None, **terms):
        """Keep one verdict on a drawn row and let the activity count what it says.

        `version` is the activity's that was read. Accepted leaves the minutes as they are, fewer needs
        0 < minutes < counted, void makes them 0; the last two carry a reason code. `terms`: minutes,
        reason_code, reason. `assessor` is `by` on that day, where it was read already. Returns the Verdict.

        Raises NotAllowed (own row, own agency or line, own decision), NotNow (month not being verified),
        StaleVersion (another verdict came first, or the row changed), ValidationError by field.
        """
        activity = Activity.objects.select_for_update(no_key=True).get(pk=row.activity_id)
        month = locked(row.draw.month)  # after the activity, the order in which decisions lock them too
        if month.status != Month.Status.VERIFYING:
            raise NotNow(_("Verdicts are given while the month is being verified."))
        (assessor or Assessor.of(by, at=at)).check(activity.person_id, month.agency_id)
        _check_decider(activity, by)
        if first := self.in_force().filter(drawn_row=row).select_related("by").first():
            raise AlreadyVerified(first)
        if activity.version != version:
            raise StaleVersion(activity)
        if terms.get("reason"):
            terms["reason"] = said_why(terms["reason"], missing="")
        terms["minutes"] = _minutes(outcome, activity, terms.get("minutes"))
        verdict = self.model(drawn_row=row, activity=activity, outcome=outcome, by=by, at=at, **terms)
        verdict.counted_before = activity.counted_minutes
        verdict.seconds_read = self._seconds_read(row, by=by, at=at)
        verdict.full_clean(exclude=["drawn_row", "activity", "by", "seconds_read"], validate_unique=False)
        verdict.save(force_insert=True)
        _count(activity, verdict)
        return verdict

    def last_of(self, by, month, **narrowed):
        """The last verdict in force that `by` gave in `month` while it can be withdrawn, as a list of one."""
        if not month.is_verifying:
            return self.none()
        given = self.in_force().filter(by=by, drawn_row__draw__month=month, **narrowed)
        return given.select_related("activity__person").order_by("-at", "-pk")[:1]

    def _seconds_read(self, row, *, by, at):
        """For how long `by` can have read the row; None where it was never shown to them.

        One reads one row at a time: the time runs from when it was first shown, or from the last verdict
        that they gave or withdrew since.
        """
        shown = Opening.objects.moment(row, by=by)
        if shown is None:
            return None
        acts = self.filter(by=by, at__lt=at).aggregate(
            given=models.Max("at"),
            taken=models.Max("withdrawal__at", filter=Q(withdrawal__at__lt=at)),
        )
        since = max(moment for moment in (shown, *acts.values()) if moment)
        return max(int((at - since).total_seconds()), 0)

    def verified(self, people_ids, key):
        """(person id, rows, approved minutes) read in the month `key`, of any agency, as a list to read.

        Of days that count, as the minutes they are held against.
        """
        return (
            self.in_force()
            .order_by()
            .filter(*counting_days("activity__"), activity__person__in=people_ids)
            .filter(activity__performed_on__range=(key.first_day, key.last_day))
            .values_list("activity__person")
            .annotate(rows=models.Count("pk"), minutes=models.Sum("activity__approved_minutes"))
        )


class Verdict(models.Model):
    """One verdict on one drawn row: accepted, fewer minutes, or void. Never edited, but it may be withdrawn.

    `counted_before` and `minutes` are what the activity counted before and counts since. The database
    refuses a verdict by the owner of the activity, by anybody who decided it, and a second one in force.
    """

    class Outcome(ShownChoices):
        ACCEPTED = "accepted", "s-disetujui", GOOD, gettext_lazy("accepted")
        FEWER = "fewer", "s-dikurangi", NEEDED, gettext_lazy("minutes reduced")
        VOID = "void", "s-dibatalkan", REFUSED, gettext_lazy("voided")

    class ReasonCode(models.TextChoices):
        QUANTITY = "A1", gettext_lazy("A1 Quantity not proven")
        STANDARD = "A2", gettext_lazy("A2 Standard minutes do not fit")
        IMPLAUSIBLE = "B1", gettext_lazy("B1 Not plausible on that day")
        REPEATED = "B2", gettext_lazy("B2 The same work was reported already")
        EVIDENCE = "C1", gettext_lazy("C1 Evidence belongs to another activity")
        DUTY = "D1", gettext_lazy("D1 Not a task of this post")

    drawn_row = models.ForeignKey(DrawnRow, models.PROTECT, related_name="verdicts")
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="verdicts")
    outcome = models.CharField(gettext_lazy("verdict"), max_length=10, choices=Outcome)
    seconds_read = models.PositiveIntegerField(gettext_lazy("reading time in seconds"), null=True)
    counted_before = models.PositiveIntegerField()
    minutes = models.PositiveIntegerField(gettext_lazy("minutes"))
    reason_code = models.CharField(gettext_lazy("reason"), max_length=2, choices=ReasonCode, blank=True)
    reason = TypedLine(gettext_lazy("note"), max_length=1000, blank=True)
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="verdicts_given")
    at = models.DateTimeField()

    objects = VerdictQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        triggers = [
            *append_only(),
            lock_when_final(MONTH_OF_ROW),
            pgtrigger.Trigger(
                name="own_work_verified",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=OWN_WORK_VERIFIED,
            ),
            pgtrigger.Trigger(
                name="one_verdict_in_force",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=ONE_VERDICT_IN_FORCE,
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="a_verdict_counts_what_its_outcome_says",
                condition=Q(outcome="accepted", minutes=F("counted_before"))
                | Q(outcome="fewer", minutes__gt=0, minutes__lt=F("counted_before"))
                | Q(outcome="void", minutes=0),
                violation_error_message=gettext_lazy(
                    "Fewer minutes are at least 1 and under those counted now."
                ),
            ),
            models.CheckConstraint(
                name="a_verdict_that_takes_minutes_has_a_reason",
                condition=Q(outcome="accepted") | ~Q(reason_code=""),
                violation_error_message=gettext_lazy(
                    "Choose a reason: it is needed for fewer minutes and for voiding."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.activity_id} {self.outcome}"

    @property
    def shown_outcome(self):
        """The outcome as its choice, with word, shape and tone."""
        return self.Outcome(self.outcome)


def _minutes(outcome, activity, minutes):
    """What the activity counts after the verdict; a missing figure for fewer fails the check constraint."""
    return {
        Verdict.Outcome.ACCEPTED: activity.counted_minutes,
        Verdict.Outcome.VOID: 0,
    }.get(outcome, minutes or 0)


def _check_decider(activity, by):
    """Raise NotAllowed for who decided this row, or any of this person's after the close of the month."""
    decided = Decision.objects.filter(by=by)
    if decided.filter(activity=activity).exists():
        raise NotAllowed(_("Who decided an activity does not verify it."))
    days = activity.month.key
    late = decided.filter(after_close=True, activity__person=activity.person_id)
    if late.filter(activity__performed_on__range=(days.first_day, days.last_day)).exists():
        raise NotAllowed(
            _("You decided work of this person after the review closed, so somebody else verifies them.")
        )


def _count(activity, verdict):
    """Move the activity to what the verdict says; an accepted row stays as it is."""
    if verdict.outcome == Verdict.Outcome.VOID:
        activity.move_to(Activity.Status.VOIDED, counted_minutes=0)
    elif verdict.outcome == Verdict.Outcome.FEWER:
        activity.move_to(Activity.Status.APPROVED, counted_minutes=verdict.minutes)
