"""The numbers of the daily report, by decree and by date."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from activities import windows
from records.dated import DatedRule
from records.history import tracked


@tracked()
class EntryRule(DatedRule):
    """How long a day stays open for its report, and how many minutes a day holds.

    Source: domain.md, section 4: the rule in force on the activity's date holds.
    """

    class CountedIn(models.TextChoices):
        WORKING_DAYS = windows.WORKING_DAYS, gettext_lazy("working days")
        CALENDAR_DAYS = windows.CALENDAR_DAYS, gettext_lazy("calendar days")
        MONTH_CLOSE = windows.MONTH_CLOSE, gettext_lazy("until the month's entry closes")

    days = models.PositiveSmallIntegerField(gettext_lazy("days"), default=2)
    counted_in = models.CharField(
        gettext_lazy("counted in"), max_length=15, choices=CountedIn, default=CountedIn.WORKING_DAYS
    )
    daily_minutes = models.PositiveSmallIntegerField(gettext_lazy("minutes a day at most"), default=450)
    grace_minutes = models.PositiveSmallIntegerField(gettext_lazy("minutes of grace"), default=0)

    class Meta(DatedRule.Meta):
        verbose_name = gettext_lazy("entry rule")
        verbose_name_plural = gettext_lazy("entry rules")
        constraints = [
            *DatedRule.Meta.constraints,
            models.CheckConstraint(
                name="a_day_holds_1_to_1440_minutes",
                condition=Q(daily_minutes__range=(1, 1440)),
                violation_error_message=gettext_lazy("A day holds from 1 to 1,440 minutes."),
            ),
        ]

    def window(self, day, *, zone, working_days, month_closes_at):
        """The window of `day` under this rule; see windows.window."""
        return windows.window(
            day,
            zone=zone,
            days=self.days,
            counted_in=self.counted_in,
            working_days=working_days,
            month_closes_at=month_closes_at,
            grace_minutes=self.grace_minutes,
        )
