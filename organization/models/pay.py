"""What reaches the pay of a person from outside their work: tariffs and the account."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy
from encrypted_fields.fields import EncryptedCharField

from records.dated import FINANCE_OF_THE_CITY, DatedRule
from records.history import tracked
from records.typed import TypedLine

SHOWN_DIGITS = 4


@tracked()
class Tariff(DatedRule):
    """The ceiling (pagu) of one job class, in rupiah a month; `scope` is the class number as text.

    It may begin on any day; a posting is cut there and paid by the tariff in force in each part.
    Source: domain.md, section 7, step 1.
    """

    keepers = FINANCE_OF_THE_CITY

    ceiling_rupiah = models.BigIntegerField(gettext_lazy("ceiling in rupiah a month"))

    class Meta(DatedRule.Meta):
        verbose_name = gettext_lazy("tariff")
        verbose_name_plural = gettext_lazy("tariffs")
        constraints = [
            *DatedRule.Meta.constraints,
            models.CheckConstraint(
                name="tariff_is_above_zero",
                condition=Q(ceiling_rupiah__gt=0),
                violation_error_message=gettext_lazy("A ceiling is more than Rp0."),
            ),
            models.CheckConstraint(
                name="tariff_is_of_a_job_class",
                condition=Q(scope__regex=r"^([1-9]|1[0-7])$"),
                violation_error_message=gettext_lazy("A tariff is of a job class from 1 to 17."),
            ),
        ]


@tracked()
class PayeeAccount(models.Model):
    """The bank account that a person is paid to. The number is encrypted in the database; it is text."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="account")
    bank = TypedLine(gettext_lazy("bank"), max_length=60)
    number = EncryptedCharField(gettext_lazy("account number"), max_length=40)
    holder_name = TypedLine(gettext_lazy("name on the account"), max_length=150)

    class Meta:
        verbose_name = gettext_lazy("payee account")

    def __str__(self):
        return f"{self.bank}: {self.holder_name}"

    @property
    def masked_number(self):
        """The number as pages show it: all but its last four digits hidden."""
        return "•" * max(len(self.number) - SHOWN_DIGITS, 0) + self.number[-SHOWN_DIGITS:]
