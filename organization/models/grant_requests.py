"""Roles are asked for by one HR person and granted by another, and end so. Source: domain.md, section 1."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organization.models.grants import GRANTABLE, Grant, Role
from organization.models.requests import Requested, RequestedQuerySet, never_about_oneself
from organization.models.structure import Unit
from records.history import tracked
from records.periods import Period
from records.reach import within_reach
from records.refusals import refuse_own
from records.typed import TypedProse, said_why


class GrantRequestQuerySet(RequestedQuerySet):
    def within(self, reader, *, on):
        """HR of the city decides all; HR of an agency what concerns its own people and parts alone."""
        if reader.holds_citywide(Role.HR, on=on):
            return self
        agencies = reader.agencies(Role.HR, on=on).order_by()
        return super().within(reader, on=on).filter(**{f"{self.model.UNIT}__agency__in": agencies})

    @transaction.atomic
    def request(self, *, by, **terms):
        """Ask for it, checked whole. Raises OwnRecord, or ValidationError with sentences by field."""
        asked = self.model(requested_by=by, requested_at=timezone.now(), **terms)
        refuse_own(asked.person, by=by)
        asked.full_clean()
        asked.save()
        return asked


@tracked()
class GrantRequest(Period, Requested):
    """The request that a person hold a role, for the city (no unit) or a unit."""

    UNIT = "unit"

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="grant_requests")
    role = models.CharField(
        gettext_lazy("role"), max_length=12, choices=[(role, Role(role).label) for role in GRANTABLE]
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=gettext_lazy("unit")
    )
    starts_on = models.DateField(gettext_lazy("first day"), validators=[within_reach])
    reason = TypedProse(gettext_lazy("reason"), blank=True)

    objects = GrantRequestQuerySet.as_manager()

    class Meta(Requested.Meta):
        ordering = ["pk"]
        verbose_name = gettext_lazy("role")
        constraints = [
            *Requested.Meta.constraints,
            *Period.Meta.constraints,
            never_about_oneself(),
            models.UniqueConstraint(
                name="one_request_of_a_role_waits",
                fields=["person", "role", "unit"],
                condition=Q(outcome="waiting"),
                nulls_distinct=False,
                violation_error_message=gettext_lazy("This role waits for a second HR person already."),
            ),
        ]

    def __str__(self):
        return f"{self.person}: {self.get_role_display()}"

    @property
    def grant(self):
        """The grant that the approval makes."""
        return Grant(
            person=self.person,
            role=self.role,
            unit=self.unit,
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            requested_by_id=self.requested_by_id,
            approved_by_id=self.decided_by_id,
        )

    def clean(self):
        """The person is in service, does not hold the role already, and holds none that excludes it."""
        super().clean()
        if not (self.person_id and self.role and self.starts_on):
            return
        if self.starts_on < self.person.today(self.requested_at):
            missing = _("A role that begins in the past needs a reason.")
            self.reason = said_why(self.reason, missing=missing)
        gone = self.person.deactivated_on
        if gone and (self.ends_on is None or gone <= self.ends_on):
            raise ValidationError(_("This person is not active in all of these days."))
        last = self.ends_on or self.starts_on.replace(year=9999)
        held = self.person.grants.filter(role=self.role, unit=self.unit).overlapping(self.starts_on, last)
        if held.exists():
            raise ValidationError({"role": _("This person holds this role already.")})
        for constraint in Grant._meta.constraints:
            if isinstance(constraint, ExclusionConstraint):
                constraint.validate(Grant, self.grant)

    def take_force(self):
        self.clean()
        self.grant.save()


@tracked()
class GrantEnding(Requested):
    """The request that a role end with an earlier day."""

    UNIT = "grant__unit"

    grant = models.ForeignKey(Grant, models.PROTECT, related_name="endings")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ends_on = models.DateField(gettext_lazy("last day"), validators=[within_reach])

    objects = GrantRequestQuerySet.as_manager()

    class Meta(Requested.Meta):
        ordering = ["pk"]
        verbose_name = gettext_lazy("end of a role")
        constraints = [
            *Requested.Meta.constraints,
            never_about_oneself(),
            models.UniqueConstraint(
                name="one_ending_of_a_role_waits",
                fields=["grant"],
                condition=Q(outcome="waiting"),
                violation_error_message=gettext_lazy("An end of it waits for a second HR person already."),
            ),
        ]

    def __str__(self):
        return f"{self.grant} ✗"

    def clean(self):
        """Today or later, and earlier than the role would end: what was done stays done."""
        super().clean()
        if not (self.grant_id and self.ends_on):
            return
        if self.ends_on < max(self.grant.starts_on, timezone.localdate()):
            raise ValidationError({"ends_on": _("A role ends today at the earliest.")})
        if self.grant.ends_on and self.ends_on >= self.grant.ends_on:
            raise ValidationError({"ends_on": _("The role ends before that day anyway.")})

    def take_force(self):
        """Let the role end; a day that passed while this waited is today."""
        ends_on = max(self.ends_on, self.grant.starts_on, timezone.localdate(self.decided_at))
        sooner = Q(ends_on__isnull=True) | Q(ends_on__gt=ends_on)
        Grant.objects.filter(sooner, pk=self.grant_id, starts_on__lte=F("starts_on")).update(ends_on=ends_on)
