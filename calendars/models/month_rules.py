"""On which working days a month closes, by decree and by date."""

from django.db import models
from django.utils.translation import gettext_lazy

from records.dated import DatedRule
from records.history import tracked


@tracked()
class MonthRule(DatedRule):
    """The city's dates of a month, in pattern days of the next month. Source: domain.md, section 6."""

    entry_day = models.PositiveSmallIntegerField(gettext_lazy("entry closes on working day"), default=3)
    review_day = models.PositiveSmallIntegerField(gettext_lazy("review closes on working day"), default=5)
    publication_day = models.PositiveSmallIntegerField(gettext_lazy("published by working day"), default=10)
    objection_days = models.PositiveSmallIntegerField(gettext_lazy("working days for objections"), default=5)

    class Meta(DatedRule.Meta):
        verbose_name = gettext_lazy("month dates")
