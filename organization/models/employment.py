"""What a person is by law, and their rank, by date."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.utils.translation import gettext_lazy

from records.history import tracked
from records.periods import Period, span
from records.typed import TypedLine


@tracked()
class EmploymentStatus(Period):
    """What a person is by law, from a day to a day; one at a time."""

    class Kind(models.TextChoices):
        PNS = "PNS", gettext_lazy("PNS")
        CPNS = "CPNS", gettext_lazy("CPNS (probation)")
        PPPK = "PPPK", gettext_lazy("PPPK")
        NON_ASN = "NON_ASN", gettext_lazy("non-ASN")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="statuses")
    kind = models.CharField(gettext_lazy("status"), max_length=10, choices=Kind)

    class Meta(Period.Meta):
        ordering = ["person", "starts_on", "pk"]
        constraints = [
            *Period.Meta.constraints,
            ExclusionConstraint(
                name="statuses_of_a_person_do_not_overlap",
                expressions=[("person", RangeOperators.EQUAL), (span(), RangeOperators.OVERLAPS)],
                violation_error_message=gettext_lazy("This person already has a status in these days."),
            ),
        ]

    def __str__(self):
        return self.get_kind_display()


@tracked()
class Rank(models.Model):
    """A rank (golongan), such as III/c for PNS or IX for PPPK."""

    code = TypedLine(gettext_lazy("rank"), max_length=6, unique=True)
    scheme = models.CharField(max_length=4, choices=[("PNS", "PNS"), ("PPPK", "PPPK")])
    order_no = models.PositiveSmallIntegerField()
    name = TypedLine(gettext_lazy("name"), max_length=60)

    class Meta:
        ordering = ["scheme", "order_no"]

    def __str__(self):
        return self.code


@tracked()
class RankHolding(models.Model):
    """A person's rank from a day until their next one."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="ranks")
    rank = models.ForeignKey(Rank, models.PROTECT)
    starts_on = models.DateField(gettext_lazy("first day"))

    class Meta:
        ordering = ["person", "-starts_on"]
        constraints = [
            models.UniqueConstraint(
                name="one_rank_a_day",
                fields=["person", "starts_on"],
                violation_error_message=gettext_lazy("This person already has a rank from that day."),
            )
        ]

    def __str__(self):
        return f"{self.rank} {self.starts_on:%Y-%m-%d}"
