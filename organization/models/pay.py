"""What reaches the pay of a person from outside their work: tariffs, sanctions and the account."""

from decimal import Decimal

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from encrypted_fields.fields import EncryptedCharField

from records.dated import DatedRule
from records.history import tracked
from records.refusals import refuse_own
from records.typed import TypedLine

SHOWN_DIGITS = 4


@tracked()
class Tariff(DatedRule):
    """The ceiling (pagu) of one job class, in rupiah a month; `scope` is the class number as text.

    It may begin on any day; a posting is cut there and paid by the tariff in force in each part.
    Source: domain.md, section 7, step 1.
    """

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


class SanctionQuerySet(models.QuerySet):
    def in_month(self, first_day):
        """Sanctions that run in the month that begins on `first_day`."""
        return self.filter(first_month__lte=first_day, last_month__gte=first_day)

    @transaction.atomic
    def impose(self, person, *, by, percent, first_month, last_month, decree):
        """Record a sanction of `person`, once per decree and month.

        Raises OwnRecord, or ValidationError with a sentence.
        """
        refuse_own(person, by=by)
        type(person).objects.select_for_update(no_key=True).get(pk=person.pk)
        sanction = self.model(
            person=person, percent=percent, first_month=first_month, last_month=last_month, decree=decree
        )
        sanction.full_clean()
        known = self.filter(person=person, decree=decree, first_month__lte=last_month)
        if known.filter(last_month__gte=first_month).exists():
            sentence = _("This decree already stands for this person in these months.")
            raise ValidationError({"decree": sentence})
        sanction.save()
        return sanction


@tracked()
class Sanction(models.Model):
    """A disciplinary sanction: a percent taken from the bonus of whole months.

    `first_month` and `last_month` are first days of months. Source: domain.md, section 7, step 5.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="sanctions")
    percent = models.DecimalField(gettext_lazy("percent"), max_digits=5, decimal_places=2)
    first_month = models.DateField(gettext_lazy("first month"))
    last_month = models.DateField(gettext_lazy("last month"))
    decree = TypedLine(gettext_lazy("decree"), max_length=200)

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

    @property
    def is_of_one_month(self):
        return self.first_month == self.last_month


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
