"""A verdict that is taken back by who gave it, and the verdicts that stand."""

import pgtrigger
from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext as _

from activities.models import Activity
from assessment.models.assessors import Assessor
from assessment.models.draws import DrawnRow, locked
from assessment.models.refusals import AlreadyWithdrawn
from assessment.models.verdicts import Verdict
from calendars.models import Month
from records.history import append_only
from records.refusals import NotAllowed, NotNow

MONTH_OF_WITHDRAWAL = """
    SELECT month.status FROM assessment_verdict verdict
      JOIN assessment_drawnrow drawn ON drawn.id = verdict.drawn_row_id
      JOIN assessment_draw draw ON draw.id = drawn.draw_id
      JOIN calendars_month month ON month.id = draw.month_id
     WHERE verdict.id = NEW.verdict_id FOR SHARE OF month
"""
WITHDRAWN_BY_ANOTHER = """
    IF NOT EXISTS (SELECT 1 FROM assessment_verdict WHERE id = NEW.verdict_id AND by_id = NEW.by_id)
    THEN RAISE EXCEPTION 'withdrawn_by_another' USING ERRCODE = 'check_violation'; END IF;
    RETURN NEW;
"""
WITHDRAWN_TOO_LATE = f"""
    IF ({MONTH_OF_WITHDRAWAL}) <> 'verifying'
    THEN RAISE EXCEPTION 'withdrawn_too_late' USING ERRCODE = 'check_violation'; END IF;
    RETURN NEW;
"""  # noqa: S608 (names of columns)


class WithdrawalQuerySet(models.QuerySet):
    @transaction.atomic
    def record(self, verdict, *, by, at):
        """Take back one's own verdict: the activity counts what it did before, and its row waits again.

        Raises NotNow (month not being verified), NotAllowed (somebody else's verdict, or no assessor of
        this person any more), AlreadyWithdrawn.
        """
        activity = Activity.objects.select_for_update(no_key=True).get(pk=verdict.activity_id)
        month = locked(verdict.drawn_row.draw.month)  # in the order in which verdicts lock them too
        if month.status != Month.Status.VERIFYING:
            raise NotNow(_("A verdict can be withdrawn until the month is published."))
        if verdict.by_id != by.pk:
            raise NotAllowed(_("A verdict is withdrawn by the assessor who gave it."))
        Assessor.of(by, at=at).check(activity.person_id, month.agency_id)
        if self.filter(verdict=verdict).exists():
            raise AlreadyWithdrawn
        withdrawal = self.create(verdict=verdict, by=by, at=at)
        if verdict.outcome != Verdict.Outcome.ACCEPTED:
            activity.move_to(Activity.Status.APPROVED, counted_minutes=verdict.counted_before)
        return withdrawal


class Withdrawal(models.Model):
    """The assessor who gave a verdict took it back. Never edited; once per verdict, until publication."""

    verdict = models.OneToOneField(Verdict, models.PROTECT, related_name="withdrawal")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = WithdrawalQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        triggers = [
            *append_only(),
            pgtrigger.Trigger(
                name="withdrawn_by_another",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=WITHDRAWN_BY_ANOTHER,
            ),
            pgtrigger.Trigger(
                name="withdrawn_too_late",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=WITHDRAWN_TOO_LATE,
            ),
        ]

    def __str__(self):
        return f"{self.verdict}, withdrawn"


class VerdictInForce(models.Model):
    """The one verdict of a drawn row that was not withdrawn; a view of the database.

    Whatever asks whether a row is read, or was refused, asks this: `drawn_row.in_force`.
    """

    verdict = models.OneToOneField(Verdict, models.DO_NOTHING, primary_key=True, related_name="in_force")
    drawn_row = models.OneToOneField(DrawnRow, models.DO_NOTHING, related_name="in_force")

    class Meta:
        managed = False
        db_table = "assessment_in_force"

    def __str__(self):
        return str(self.verdict)
