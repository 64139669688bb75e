"""The numbers of the weekly review, by decree and by date."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy

from records.dated import DatedRule
from records.history import tracked


@tracked()
class ReviewRule(DatedRule):
    """When a weekly review is due, and from when it also stands in the next superior's queue.

    Both count working days after the week ends. Source: domain.md, section 5.
    """

    due_days = models.PositiveSmallIntegerField(gettext_lazy("due on working day"), default=3)
    overdue_days = models.PositiveSmallIntegerField(
        gettext_lazy("with the next superior from working day"), default=4
    )

    class Meta(DatedRule.Meta):
        verbose_name = gettext_lazy("review rule")
        verbose_name_plural = gettext_lazy("review rules")
        constraints = [
            *DatedRule.Meta.constraints,
            models.CheckConstraint(
                name="a_review_is_due_before_it_stands_higher",
                condition=Q(due_days__gte=1, overdue_days__gt=F("due_days")),
                violation_error_message=gettext_lazy(
                    "A review is due after at least one working day, and stands with the next superior later."
                ),
            ),
        ]
