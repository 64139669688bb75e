"""The numbers of the bonus, by decree and by date."""

import re
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bonuses import formulas
from records.dated import FINANCE_OF_THE_CITY, DatedRule, begins_on_the_first
from records.history import tracked

PERCENT_TEXT = re.compile(r"100(\.0+)?|[0-9]{1,2}(\.[0-9]+)?")


def percentage(label):
    """A percentage from 0 to 100, to 2 decimals."""
    return models.DecimalField(label, max_digits=5, decimal_places=2)


def between_0_and_100(*names):
    """The condition that each of the percentages lies between 0 and 100."""
    return Q(**{f"{name}__gte": 0 for name in names}, **{f"{name}__lte": Decimal(100) for name in names})


@tracked()
class PayRule(DatedRule):
    """How a score becomes a bonus in the whole city; the rule in force on the month's last day holds.

    `band_percents` by band letter, `status_percents` by status (a status that is missing has no bonus),
    `tax_percents` by rank code: all percentages as decimal strings, so that JSON keeps every digit.
    Source: domain.md, section 7.
    """

    keepers = FINANCE_OF_THE_CITY
    only_on_the_first = True

    class Mode(models.TextChoices):
        RATIO = formulas.RATIO, gettext_lazy("by the score")
        BAND = formulas.BAND, gettext_lazy("by the band")

    mode = models.CharField(gettext_lazy("formula"), max_length=5, choices=Mode, default=Mode.RATIO)
    band_percents = models.JSONField(gettext_lazy("percent by band"), default=dict, blank=True)
    floor_rupiah = models.BigIntegerField(gettext_lazy("floor of staff in rupiah a month"))
    status_percents = models.JSONField(gettext_lazy("percent by status"))
    health_employee_percent = percentage(gettext_lazy("health insurance, employee"))
    health_employer_percent = percentage(gettext_lazy("health insurance, employer"))
    acting_percent = percentage(gettext_lazy("percent for acting"))
    acting_days = models.PositiveSmallIntegerField(gettext_lazy("working days of acting that pay"))
    tax_percents = models.JSONField(gettext_lazy("income tax by rank"))

    class Meta(DatedRule.Meta):
        verbose_name = gettext_lazy("pay rule")
        verbose_name_plural = gettext_lazy("pay rules")
        constraints = [
            *DatedRule.Meta.constraints,
            begins_on_the_first(),
            models.CheckConstraint(
                name="floor_is_not_negative",
                condition=Q(floor_rupiah__gte=0),
                violation_error_message=gettext_lazy("A floor is at least Rp0."),
            ),
            models.CheckConstraint(
                name="pay_percents_lie_between_0_and_100",
                condition=between_0_and_100(
                    "health_employee_percent", "health_employer_percent", "acting_percent"
                ),
                violation_error_message=gettext_lazy("A percentage lies between 0 and 100."),
            ),
            models.CheckConstraint(
                name="acting_pays_from_a_day_on",
                condition=Q(acting_days__gte=1),
                violation_error_message=gettext_lazy("Acting pays from at least one working day on."),
            ),
        ]

    def clean(self):
        """Refuse a percentage that is no decimal text from 0 to 100: a number of JSON would lose digits."""
        super().clean()
        for name in ("band_percents", "status_percents", "tax_percents"):
            for key, value in (getattr(self, name) or {}).items():
                if not (isinstance(value, str) and PERCENT_TEXT.fullmatch(value)):
                    sentence = _("%(key)s: type a percentage from 0 to 100 as a text, such as “2.5”.")
                    raise ValidationError({name: sentence % {"key": key}})
        missing = [band for band in "ABCDE" if band not in (self.band_percents or {})]
        if self.mode == self.Mode.BAND and missing:
            raise ValidationError({"band_percents": _("Every band from A to E needs a percentage.")})

    def values(self):
        """The rule as the formulas take it."""
        return formulas.Rule(
            mode=str(self.mode),
            floor=self.floor_rupiah,
            health_employee_percent=self.health_employee_percent,
            health_employer_percent=self.health_employer_percent,
            acting_percent=self.acting_percent,
            acting_days=self.acting_days,
            band_percents={band: Decimal(value) for band, value in self.band_percents.items()},
        )

    def status_percent(self, kind):
        """The percent of the ceiling that a status is paid, None where it has no bonus."""
        value = self.status_percents.get(kind)
        return None if value is None else Decimal(value)

    def tax_percent(self, rank_code):
        """The percent of income tax of a rank, None where the rule does not name the rank."""
        value = self.tax_percents.get(rank_code)
        return None if value is None else Decimal(value)
