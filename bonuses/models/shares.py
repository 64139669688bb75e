"""A share: one agency of a run, computed whole or not at all."""

from datetime import timedelta

import pgtrigger
from django.db import connection, models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bonuses.models.lines import Line, NoLine
from bonuses.models.locks import held_by_its_run
from bonuses.models.reckoning import reckon
from bonuses.models.statuses import ShareState
from calendars.models import Month
from records.dated import NoRule
from records.history import tracked

UNTOUCHED = timedelta(minutes=3)
INTERRUPTED = timedelta(minutes=10)
BEGIN = """
UPDATE bonuses_share share SET started_at = %s, failure = '' FROM bonuses_run run
 WHERE share.id = %s AND share.computed_at IS NULL AND run.id = share.run_id AND run.status = 'requested'
"""


class ShareQuerySet(models.QuerySet):
    def live(self):
        return self.filter(is_live=True).select_related("run", "month__agency").order_by("pk")

    def wanted(self):
        """Those of requested runs that are not computed yet."""
        return self.filter(run__status="requested", computed_at=None).order_by("pk")

    def stuck(self, *, at):
        """Wanted shares that no worker took in time, or that one took and did not finish."""
        return self.wanted().filter(
            Q(started_at=None, run__requested_at__lte=at - UNTOUCHED) | Q(started_at__lte=at - INTERRUPTED)
        )


@tracked()
class Share(models.Model):
    """One agency's month in one run. A month has one live share; a cancelled run lets it go."""

    run = models.ForeignKey("bonuses.Run", models.PROTECT, related_name="shares")
    month = models.ForeignKey(Month, models.PROTECT, related_name="shares")
    is_live = models.BooleanField(default=True)
    started_at = models.DateTimeField(null=True, blank=True)
    computed_at = models.DateTimeField(null=True, blank=True)
    failure = models.TextField(blank=True)

    objects = ShareQuerySet.as_manager()

    class Meta:
        ordering = ["run", "month__agency__name", "pk"]
        verbose_name = gettext_lazy("agency of a bonus list")
        constraints = [
            models.UniqueConstraint(
                name="one_live_run_a_month_and_agency",
                fields=["month"],
                condition=Q(is_live=True),
                violation_error_message=gettext_lazy("This month already stands in a live list."),
            ),
            models.UniqueConstraint(name="an_agency_stands_once_in_a_run", fields=["run", "month"]),
            models.CheckConstraint(
                name="a_share_is_started_before_it_is_computed",
                condition=Q(computed_at=None) | Q(started_at__isnull=False),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="share_month_is_final",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="IF (SELECT status FROM calendars_month WHERE id = NEW.month_id) <> 'final' THEN "
                "RAISE EXCEPTION 'month_is_not_final' USING ERRCODE = 'check_violation'; END IF; RETURN NEW;",
            ),
            held_by_its_run(),
        ]

    def __str__(self):
        return f"{self.run} {self.month}"

    def compute(self, *, at=None):
        """Write a Line or a NoLine for each person of the agency, at the moment `at` (now). Once only.

        That it began is committed first, so that an interruption is seen. Where a rule is missing, the
        sentence is kept as `failure` and nothing is written.
        """
        at = at or timezone.now()
        if not self._begin(at=at):
            return
        try:
            self._write(at=at)
        except (NoRule, ValueError) as refusal:
            type(self).objects.filter(pk=self.pk, computed_at=None).update(failure=str(refusal))

    def _begin(self, *, at):
        with connection.cursor() as cursor:
            cursor.execute(BEGIN, [at, self.pk])
            return cursor.rowcount

    @transaction.atomic
    def _write(self, *, at):
        shares = type(self).objects.select_related("month").select_for_update(of=("self",), no_key=True)
        share = shares.get(pk=self.pk)  # its run is read after the lock, for a refusal changes both
        if share.computed_at or share.run.status != share.run.Status.REQUESTED:
            return
        left_out = []
        Line.objects.write(share, reckon(share.month, left_out))
        NoLine.objects.write(share, left_out)
        share.computed_at = at
        share.save(update_fields=["computed_at"])
        share.run.finish_if_whole(at=at)

    def taken(self):
        """That its month stands in this run, as a sentence for the user."""
        return _("%(month)s of %(agency)s already stands in list %(number)s.") % {
            "month": self.month.name,
            "agency": self.month.agency,
            "number": self.run.number,
        }

    def state(self, *, at):
        """Where the computation stands, a ShareState."""
        if self.computed_at:
            return ShareState.DONE
        if self.failure:
            return ShareState.FAILED
        if self.started_at is None:
            return ShareState.WAITING
        return ShareState.INTERRUPTED if self.started_at <= at - INTERRUPTED else ShareState.COMPUTING
