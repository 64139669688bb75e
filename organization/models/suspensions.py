"""Suspension from service and the return from it: who is suspended keeps post, rank and status.

Source: domain.md, sections 1 and 3.
"""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organization.models.moves import Undoing
from organization.models.requests import StandingRequestQuerySet, never_about_oneself
from organization.models.steps import ONE_DAY, Step, StepQuerySet, Undone, one_waits
from records.history import tracked
from records.periods import Period, PeriodQuerySet, span
from records.reach import within_reach


class SuspensionQuerySet(StandingRequestQuerySet, StepQuerySet, PeriodQuerySet):
    """Suspensions by day: of the standing ones figures are counted."""


@tracked()
class Suspension(Period, Undone):
    """A person's suspension from a day to a day: no target, no report, no bonus; the status stays."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="suspensions")
    starts_on = models.DateField(gettext_lazy("first day"), validators=[within_reach])
    ends_on = models.DateField(
        gettext_lazy("last day"),
        null=True,
        blank=True,
        validators=[within_reach],
        help_text=gettext_lazy("Empty: until further notice."),
    )

    objects = SuspensionQuerySet.as_manager()

    class Meta(Undone.Meta):
        ordering = ["person", "starts_on", "pk"]
        verbose_name = gettext_lazy("suspension")
        constraints = [
            *Step.Meta.constraints,
            *Period.Meta.constraints,
            never_about_oneself(),
            models.CheckConstraint(
                name="only_a_suspension_that_stood_is_cancelled",
                condition=Q(cancelled_at__isnull=True) | Q(outcome="approved"),
            ),
            ExclusionConstraint(
                name="suspensions_of_a_person_do_not_overlap",
                expressions=[("person", RangeOperators.EQUAL), (span(), RangeOperators.OVERLAPS)],
                condition=Q(cancelled_at__isnull=True, outcome__in=["waiting", "approved"]),
                violation_error_message=gettext_lazy("This person is suspended in these days already."),
            ),
        ]

    def __str__(self):
        return f"{self.person}: {self.starts_on:%Y-%m-%d}"

    def clean(self):
        """It begins on a day on which the person holds a post."""
        super().clean()
        if not (self.person_id and self.starts_on):
            return
        if not self.person.postings.on(self.starts_on).exists():
            raise ValidationError({"starts_on": _("This person holds no post on that day.")})

    def undo(self):
        """Nothing else hangs on it: days are counted when they are read."""


@tracked()
class Reinstatement(Step):
    """The return to service: the suspension that runs ends the day before."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="reinstatements")
    starts_on = models.DateField(gettext_lazy("first day back"), validators=[within_reach])
    suspension = models.ForeignKey(
        Suspension, models.PROTECT, null=True, editable=False, related_name="reinstatements"
    )

    class Meta(Step.Meta):
        ordering = ["pk"]
        verbose_name = gettext_lazy("return to service")
        constraints = [
            *Step.Meta.constraints,
            never_about_oneself(),
            one_waits("one_reinstatement_of_a_person_waits"),
        ]

    def __str__(self):
        return f"{self.person}: {self.starts_on:%Y-%m-%d}"

    def clean(self):
        """A suspension runs on the day before, and would run on."""
        super().clean()
        if self.person_id and self.starts_on and self._running is None:
            sentence = _("No suspension of this person runs from before this day into it.")
            raise ValidationError({"starts_on": sentence})

    def take_force(self):
        self._hold()
        self.suspension = self._running
        self.suspension.ends_on = self.starts_on - ONE_DAY
        self.suspension.save(update_fields=["ends_on"])
        self.save(update_fields=["suspension"])

    @property
    def _running(self):
        """The suspension that this one ends."""
        running = self.person.suspensions.standing().on(self.starts_on)
        return running.filter(starts_on__lt=self.starts_on).first()


@tracked()
class SuspensionCancellation(Undoing):
    """The request to cancel a suspension that was typed wrong, with its reason."""

    step = models.ForeignKey(Suspension, models.PROTECT, related_name="cancellations")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta(Undoing.Meta):
        ordering = ["pk"]
        verbose_name = gettext_lazy("cancellation of a suspension")
        constraints = [
            *Undoing.Meta.constraints,
            never_about_oneself(),
            one_waits("one_cancellation_of_a_suspension_waits", "step"),
        ]

    def __str__(self):
        return f"{self.step} ✗"
