"""What was decided about an activity: by whom, for which post, when and why. Rows are only ever added."""

import pgtrigger
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.models import Activity
from approvals.models import authority
from approvals.models.recording import DecisionQuerySet
from calendars.models.locks import lock_when_final
from calendars.weeks import end_of
from organization.models import ActingLetter, Post
from organization.models import Capacity as Acts
from records.history import append_only
from records.looks import GOOD, NEEDED, REFUSED, ShownChoices
from records.typed import TypedProse, said_why

REASON_LENGTH = 500
IN_THE_LINE = [*Acts.values, authority.SUPERIOR]
ROWS_AT_ONCE = 600  # of one request; more would hold a web process (case D115)
MONTH_OF_ACTIVITY = "(SELECT month_id FROM activities_activity WHERE id = {row}.activity_id)"


class Decision(models.Model):
    """One decision about one version of an activity.

    `minutes` are those approved, `credited_minutes` those that could have been. `for_post` is the post in
    whose name it was made (none for assessors). `in_bulk`: one of many made with one click, kept for the
    assessor. Source: domain.md, sections 4 and 5.
    """

    class Verdict(ShownChoices):
        APPROVED = "approved", "s-disetujui", GOOD, gettext_lazy("approved")
        RETURNED = "returned", "s-dikembalikan", NEEDED, gettext_lazy("returned")
        REJECTED = "rejected", "s-ditolak", REFUSED, gettext_lazy("rejected")
        RECALLED = "recalled", "s-dikembalikan", NEEDED, gettext_lazy("decision recalled")

    class Capacity(models.TextChoices):
        DELEGATE = Acts.DELEGATE.value, Acts.DELEGATE.label
        PLH = Acts.PLH.value, Acts.PLH.label
        HOLDER = Acts.HOLDER.value, Acts.HOLDER.label
        PLT = Acts.PLT.value, Acts.PLT.label
        SUPERIOR = authority.SUPERIOR, gettext_lazy("next superior")
        ASSESSOR = authority.ASSESSOR, gettext_lazy("assessment unit")

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="decisions")
    round = models.PositiveSmallIntegerField()
    version = models.PositiveIntegerField()
    verdict = models.CharField(gettext_lazy("decision"), max_length=10, choices=Verdict)
    minutes = models.PositiveSmallIntegerField(gettext_lazy("minutes"), default=0)
    credited_minutes = models.PositiveSmallIntegerField()
    reason = TypedProse(gettext_lazy("reason"), blank=True, max_length=REASON_LENGTH)
    due_at = models.DateTimeField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="decisions")
    for_post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    capacity = models.CharField(max_length=10, choices=Capacity)
    letter = models.ForeignKey(
        ActingLetter, models.PROTECT, null=True, related_name="decisions", db_index=False
    )
    after_close = models.BooleanField(default=False)
    in_bulk = models.BooleanField(default=False)
    at = models.DateTimeField()

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["activity", "pk"]
        triggers = [
            *append_only(),
            lock_when_final(MONTH_OF_ACTIVITY),
            pgtrigger.Trigger(
                name="own_work_decided",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NEW.by_id = (SELECT person_id FROM activities_activity WHERE id = NEW.activity_id) THEN
                        RAISE EXCEPTION 'own_work_decided' USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]
        constraints = [
            models.UniqueConstraint(name="a_version_is_decided_once", fields=["activity", "version"]),
            models.CheckConstraint(
                name="approved_minutes_are_1_to_the_credited",
                condition=Q(verdict="approved", minutes__gte=1, minutes__lte=F("credited_minutes"))
                | (~Q(verdict="approved") & Q(minutes=0)),
            ),
            models.CheckConstraint(
                name="less_than_full_approval_has_a_reason",
                condition=Q(verdict="approved", minutes=F("credited_minutes")) | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="a_return_and_only_a_return_has_a_due_moment",
                condition=Q(verdict="returned", due_at__isnull=False)
                | (~Q(verdict="returned") & Q(due_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="after_close_assessors_approve_or_reject",
                condition=Q(after_close=False) | Q(capacity="assessor", verdict__in=["approved", "rejected"]),
            ),
            models.CheckConstraint(
                name="only_who_acts_by_letter_decides_by_one",
                condition=Q(letter__isnull=True) | Q(capacity__in=[Acts.DELEGATE, Acts.PLH, Acts.PLT]),
            ),
            models.CheckConstraint(
                name="a_supervisor_decides_for_a_post",
                condition=Q(capacity="assessor", for_post__isnull=True)
                | Q(capacity__in=IN_THE_LINE, for_post__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.activity_id}: {self.verdict}"

    @property
    def shown_verdict(self):
        """The verdict as its choice, with word, shape and tone."""
        return self.Verdict(self.verdict)

    def set_terms(self, decider, *, minutes=None, reason="", due_on=None, in_bulk=False):
        """Set minutes, reason and due moment. Raises ValidationError naming the field that is not allowed."""
        self.reason, self.in_bulk = reason, in_bulk
        if self.verdict == self.Verdict.APPROVED:
            self.minutes = self.credited_minutes if minutes is None else minutes
            self._check_minutes()
        if self.reason or not self.is_full_approval:
            self.reason = said_why(self.reason, missing=self.missing_reason())
        if self.verdict == self.Verdict.RETURNED:
            self.due_at = self._due_moment(decider, due_on)

    @property
    def status_after(self):
        """The status that its activity moves to."""
        return STATUS_AFTER[self.verdict]

    @property
    def return_reason(self):
        """What its activity shows where it was returned; "" for every other verdict."""
        return self.reason if self.verdict == self.Verdict.RETURNED else ""

    @property
    def is_full_approval(self):
        return self.verdict == self.Verdict.APPROVED and self.minutes == self.credited_minutes

    def missing_reason(self):
        """What is asked for where the reason is empty."""
        if self.verdict == self.Verdict.APPROVED:
            return _("Say why fewer minutes are approved.")
        return _("Write the reason; the owner reads it.")

    def _check_minutes(self):
        if not 0 < self.minutes <= self.credited_minutes:
            raise ValidationError({"minutes": out_of_minutes(self.credited_minutes)})

    def _due_moment(self, decider, due_on):
        days = decider.return_days(self.activity)
        if days is None:
            raise ValidationError(
                _("No whole working day is left before review closes: it cannot be returned.")
            )
        day = due_on or days[0]
        if not days[0] <= day <= days[1]:
            raise ValidationError({"due_on": out_of_return_days(days)})
        return end_of(day, authority.office_zone(self.activity))


def out_of_minutes(most):
    """The sentence for minutes that are not from 1 to `most`."""
    return _("Approve from 1 to %(most)s minutes.") % {"most": most}


def out_of_return_days(days):
    """The sentence for a due day outside the first and last day of `days`."""
    sentence = _("The owner needs one whole working day before review closes: from %(first)s to %(last)s.")
    return sentence % {"first": f"{days[0]:%d-%m-%Y}", "last": f"{days[1]:%d-%m-%Y}"}


STATUS_AFTER = {
    Decision.Verdict.APPROVED: Activity.Status.APPROVED,
    Decision.Verdict.RETURNED: Activity.Status.RETURNED,
    Decision.Verdict.REJECTED: Activity.Status.REJECTED,
    Decision.Verdict.RECALLED: Activity.Status.REPORTED,
}
