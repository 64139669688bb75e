"""What reaches the pay of a person from outside his work: sanctions and the account."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy
from encrypted_fields.fields import EncryptedCharField

from organization.history import tracked


class SanctionQuerySet(models.QuerySet):
    def in_month(self, first_day):
        """Sanctions that run in the month that begins on `first_day`."""
        return self.filter(first_month__lte=first_day, last_month__gte=first_day)


@tracked()
class Sanction(models.Model):
    """A disciplinary sanction: a percent taken from the bonus of whole months.

    `first_month` and `last_month` are first days of months. Source: domain.md, section 7, step 5.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="sanctions")
    percent = models.DecimalField(gettext_lazy("percent"), max_digits=5, decimal_places=2)
    first_month = models.DateField(gettext_lazy("first month"))
    last_month = models.DateField(gettext_lazy("last month"))
    decree = models.CharField(gettext_lazy("decree"), max_length=200)

    objects = SanctionQuerySet.as_manager()

    class Meta:
        ordering = ["person", "first_month", "pk"]
        verbose_name = gettext_lazy("sanction")
        constraints = [
            models.CheckConstraint(
                name="sanction_is_1_to_100_percent",
                condition=Q(percent__gt=0, percent__lte=Decimal(100)),
                violation_error_message=gettext_lazy("A sanction is more than 0 and at most 100 percent."),
            ),
            models.CheckConstraint(
                name="sanction_runs_for_whole_months",
                condition=Q(first_month__day=1, last_month__day=1, last_month__gte=F("first_month")),
                violation_error_message=gettext_lazy(
                    "A sanction runs for whole months, the last not before the first."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.person}: {self.percent} %"


@tracked()
class PayeeAccount(models.Model):
    """The bank account that a person is paid to. The number is encrypted in the database; it is text."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="account")
    bank = models.CharField(gettext_lazy("bank"), max_length=60)
    number = EncryptedCharField(gettext_lazy("account number"), max_length=40)
    holder_name = models.CharField(gettext_lazy("name on the account"), max_length=150)

    class Meta:
        verbose_name = gettext_lazy("payee account")

    def __str__(self):
        return f"{self.bank}: {self.holder_name}"
