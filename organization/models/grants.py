"""Roles: dated grants with a scope, asked for by one HR person and approved by another."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils.translation import gettext_lazy

from organization.models.structure import Unit
from records.history import tracked
from records.periods import Period, PeriodQuerySet, span


class Role(models.TextChoices):
    """What a person may be granted; SUPERVISOR follows from their post and is never granted."""

    ASSESSOR = "assessor", gettext_lazy("assessor")
    HEAD = "head", gettext_lazy("head of assessment")
    MAKER = "maker", gettext_lazy("finance: list maker")
    CHECKER = "checker", gettext_lazy("finance: checker")
    RELEASER = "releaser", gettext_lazy("finance: releaser")
    HR = "hr", gettext_lazy("HR administrator")
    OPERATOR = "operator", gettext_lazy("operator on behalf")
    LEADERSHIP = "leadership", gettext_lazy("leadership")
    AUDITOR = "auditor", gettext_lazy("auditor")
    IT = "it", gettext_lazy("IT operator")
    SUPERVISOR = "supervisor", gettext_lazy("supervisor")


GRANTABLE = [role.value for role in Role if role is not Role.SUPERVISOR]
OF_THE_FIRST = Q(requested_by__isnull=True, approved_by__isnull=True, role=Role.HR.value, unit__isnull=True)
ASSESSMENT = [Role.ASSESSOR, Role.HEAD]
ADMINISTRATION = [Role.MAKER, Role.CHECKER, Role.RELEASER, Role.HR]


class GrantQuerySet(PeriodQuerySet):
    def not_over(self, day):
        """Those that hold on `day`, or will."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day))

    def about(self, text):
        """Those whose holder's name or whose unit's name holds `text`."""
        return self.filter(Q(person__name__icontains=text) | Q(unit__name__icontains=text))


@tracked()
class Grant(Period):
    """A role of a person from a day to a day, for the city (no unit) or a unit.

    Source: domain.md, section 1: never by the holder; assessor never together with finance or HR; an
    auditor holds nothing else. Only the first two HR administrators of an installation, made by
    `manage.py bootstrap`, were requested and approved by nobody.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="grants")
    role = models.CharField(gettext_lazy("role"), max_length=12, choices=Role)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="grants")
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    side = models.GeneratedField(
        expression=Case(
            When(role__in=ASSESSMENT, then=Value(1)),
            When(role__in=ADMINISTRATION, then=Value(2)),
            default=None,
        ),
        output_field=models.SmallIntegerField(null=True),
        db_persist=True,
    )
    audits = models.GeneratedField(
        expression=Case(When(role=Role.AUDITOR, then=Value(1)), default=Value(0)),
        output_field=models.SmallIntegerField(),
        db_persist=True,
    )

    objects = GrantQuerySet.as_manager()

    class Meta(Period.Meta):
        ordering = ["person", "role", "starts_on", "pk"]
        verbose_name = gettext_lazy("role grant")
        constraints = [
            *Period.Meta.constraints,
            models.CheckConstraint(
                name="a_role_is_granted_by_two_others",
                condition=OF_THE_FIRST
                | Q(requested_by__isnull=False, approved_by__isnull=False)
                & ~Q(requested_by=F("approved_by"))
                & ~Q(requested_by=F("person"))
                & ~Q(approved_by=F("person")),
                violation_error_message=gettext_lazy(
                    "A role is requested by one person and approved by another, never by its holder."
                ),
            ),
            models.CheckConstraint(
                name="a_supervisor_is_one_by_their_post",
                condition=Q(role__in=GRANTABLE),
                violation_error_message=gettext_lazy("This role follows from the post and is not granted."),
            ),
            ExclusionConstraint(
                name="assessors_hold_no_finance_or_hr_role",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    (span(), RangeOperators.OVERLAPS),
                    ("side", RangeOperators.NOT_EQUAL),
                ],
                violation_error_message=gettext_lazy("An assessor holds no role of finance or HR."),
            ),
            ExclusionConstraint(
                name="an_auditor_holds_no_other_role",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    (span(), RangeOperators.OVERLAPS),
                    ("audits", RangeOperators.NOT_EQUAL),
                ],
                violation_error_message=gettext_lazy("An auditor holds no other role."),
            ),
        ]

    def __str__(self):
        return f"{self.person}: {self.get_role_display()}"
