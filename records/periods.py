"""Rows that hold from a first to a last day, both included; no last day means until further notice."""

from django.contrib.postgres.fields import DateRangeField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


def span():
    """The days of the row as a range, for exclusion constraints."""
    return Func(
        F("starts_on"), F("ends_on"), Value("[]"), function="DATERANGE", output_field=DateRangeField()
    )


class PeriodQuerySet(models.QuerySet):
    def on(self, day):
        """Rows that hold on `day`."""
        return self.overlapping(day, day)

    def overlapping(self, first, last):
        """Rows that hold on at least one day from `first` to `last`."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=first), starts_on__lte=last)


class Period(models.Model):
    """First day and last day of something that holds by date."""

    starts_on = models.DateField(gettext_lazy("first day"))
    ends_on = models.DateField(gettext_lazy("last day"), null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_ends_after_it_starts",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=gettext_lazy("The last day lies before the first day."),
            )
        ]

    def clean(self):
        """Say it beside the field before an exclusion constraint meets a reversed range."""
        super().clean()
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("The last day lies before the first day.")})

    def holds_on(self, day):
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)
