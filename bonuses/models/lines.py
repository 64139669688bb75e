"""What a run says of each person: a line with every amount and input, or the reason why there is none."""

from dataclasses import replace

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q, Sum
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy

from assessment.models import Assessment
from bonuses import formulas
from bonuses.formulas import AMOUNTS, PersonInput
from bonuses.models.copying import copy
from bonuses.models.locks import only_while_computed
from bonuses.models.rules import PayRule
from bonuses.models.statuses import SHOWN, WHOLE
from bonuses.trace import steps
from calendars.weeks import MonthKey
from records.history import append_only


def rupiah(label):
    return models.BigIntegerField(label)


class RunRowQuerySet(models.QuerySet):
    """Rows of a share; those of an earlier attempt stay in the table and are never shown."""

    def write(self, share, rows):
        """Insert the rows of a share's present attempt."""
        attempt = share.run.attempt
        copy(self, ({"share_id": share.pk, "attempt": attempt} | row for row in rows))

    def of_run(self, run):
        """Rows of the run's present attempt, by name; none while it is not whole."""
        if not run.is_whole:
            return self.none()
        return self.filter(share__run=run, attempt=run.attempt).by_name()

    def of_month(self, key, *, agencies):
        """Rows of a calendar month of these agencies, of live and whole runs."""
        return self.filter(
            attempt=F("share__run__attempt"),
            share__is_live=True,
            share__run__status__in=WHOLE,
            share__month__year=key.year,
            share__month__month=key.month,
            share__month__agency__in=agencies,
        )

    def released_to(self, person):
        """Their own rows of released runs, newest month first."""
        return self.filter(
            person=person, attempt=F("share__run__attempt"), share__run__status__in=SHOWN
        ).order_by("-share__month__year", "-share__month__month", "-pk")

    def in_month(self, key):
        return self.filter(share__month__year=key.year, share__month__month=key.month)

    def month_keys(self):
        """The MonthKeys of these rows."""
        return [MonthKey(*found) for found in self.values_list("share__month__year", "share__month__month")]

    def outside_month(self, key):
        return self.exclude(share__month__year=key.year, share__month__month=key.month)

    def by_name(self):
        return self.order_by(Lower("person__name"), "pk")

    def search(self, text):
        """Rows whose person has this in their name or NIP; all where nothing is asked."""
        if not text:
            return self
        return self.filter(Q(person__name__icontains=text) | Q(person__nip__icontains=text))


class LineQuerySet(RunRowQuerySet):
    def totals(self, *, reader=None):
        """Sums of all amounts, and how many people were paid, lifted, sanctioned, acting.

        With `reader`, in the same query: `unpayable`, how many have no account, and `own`, whether one of
        the lines is theirs.
        """
        asked = (
            {} if reader is None else {"unpayable": Q(person__account__isnull=True), "own": Q(person=reader)}
        )
        return self.order_by().aggregate(
            people=Count("pk"),
            topped_up=Count("pk", filter=Q(floor_top_up__gt=0)),
            sanctioned=Count("pk", filter=Q(sanction__gt=0)),
            acted=Count("pk", filter=Q(acting__gt=0)),
            **{name: Sum(name, default=0) for name in AMOUNTS},
            **{name: Count("pk", filter=condition) for name, condition in asked.items()},
        )

    def of_runs(self, runs):
        """Rows of the present attempt of these runs, where they are whole."""
        return self.filter(
            attempt=F("share__run__attempt"), share__run__status__in=WHOLE, share__run__in=runs
        )

    def with_sources(self):
        """Each with what it came from."""
        return self.select_related(
            "person__account", "pay_rule", "assessment__rule", "share__run", "share__month__agency"
        )

    def without_account(self):
        return self.filter(person__account__isnull=True)


class Line(models.Model):
    """The bonus of one person and month. Amounts in whole rupiah; never changed, never deleted.

    `inputs` holds every figure the amounts came from; `score` is in points from 0 to 100, None where the
    month is not assessed. With `pay_rule` they give the same rupiah, and the steps to them, again at any
    time. Source: domain.md, section 7.
    """

    share = models.ForeignKey("bonuses.Share", models.PROTECT, related_name="lines")
    attempt = models.PositiveSmallIntegerField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="bonus_lines")
    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="+")
    pay_rule = models.ForeignKey(PayRule, models.PROTECT, related_name="+")
    score = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    band = models.CharField(max_length=1, blank=True)
    class_number = models.PositiveSmallIntegerField()
    rank_code = models.CharField(max_length=6)
    worked_days = models.DecimalField(max_digits=5, decimal_places=2)
    excused_paid_days = models.DecimalField(max_digits=5, decimal_places=2)
    worked_base = rupiah(gettext_lazy("base of worked days"))
    excused_base = rupiah(gettext_lazy("base of leave days"))
    earned = rupiah(gettext_lazy("earned by the score"))
    floor = rupiah(gettext_lazy("floor"))
    floor_top_up = rupiah(gettext_lazy("added up to the floor"))
    paid = rupiah(gettext_lazy("paid before sanctions"))
    sanction = rupiah(gettext_lazy("sanction"))
    acting = rupiah(gettext_lazy("acting"))
    gross = rupiah(gettext_lazy("gross"))
    health_employee = rupiah(gettext_lazy("health insurance, employee"))
    health_employer = rupiah(gettext_lazy("health insurance, employer"))
    tax = rupiah(gettext_lazy("income tax"))
    net = rupiah(gettext_lazy("net"))
    inputs = models.JSONField()

    objects = LineQuerySet.as_manager()

    class Meta:
        ordering = ["share", "pk"]
        verbose_name = gettext_lazy("bonus line")
        triggers = [*append_only(), only_while_computed()]
        indexes = [models.Index(fields=["person", "share"], name="lines_of_a_person")]
        constraints = [
            models.UniqueConstraint(name="one_line_a_person", fields=["share", "attempt", "person"]),
            models.CheckConstraint(
                name="line_amounts_are_not_negative", condition=Q(**{f"{name}__gte": 0 for name in AMOUNTS})
            ),
            models.CheckConstraint(
                name="line_gross_is_paid_less_sanction_and_acting",
                condition=Q(gross=F("paid") - F("sanction") + F("acting"))
                & Q(paid=F("earned") + F("floor_top_up") + F("excused_base")),
            ),
            models.CheckConstraint(
                name="line_net_is_gross_less_deductions",
                condition=Q(net=F("gross") - F("health_employee") - F("tax")),
            ),
        ]

    def __str__(self):
        return f"{self.person}: {self.net}"

    @property
    def segments(self):
        return self.inputs["segments"]

    def recomputed(self):
        """The Bonus that the stored inputs and the rule of the line give today."""
        return formulas.bonus(self.person_input(), self.pay_rule.values())

    def steps(self):
        """The eleven steps of bonuses.trace, whose amounts are those that are stored."""
        stored = replace(self.recomputed(), **{name: getattr(self, name) for name in AMOUNTS})
        return steps(self.person_input(), self.pay_rule.values(), stored)

    def person_input(self):
        """The stored inputs as the formulas take them."""
        return PersonInput.of(self.inputs, score=self.score, band=self.band or None)


class NoLine(models.Model):
    """A person whose paid and acting are 0, with the reason. Never changed, never deleted."""

    class Reason(models.TextChoices):
        NOTHING_COUNTED = "nothing_counted", gettext_lazy("no minute counted in this month")
        NOT_ASSESSED = "not_assessed", gettext_lazy("not assessed, and no paid leave day")
        SUSPENDED = "suspended", gettext_lazy("suspended in the whole month")
        NON_ASN = "non_asn", gettext_lazy("not a civil servant: has a score, no bonus")
        NO_WORKING_DAY = "no_working_day", gettext_lazy("no working day on a post in this month")
        NO_STATUS = "no_status", gettext_lazy("status missing: ask HR to enter it")
        NO_RANK = "no_rank", gettext_lazy("rank missing: ask HR to enter it")
        NO_TARIFF = "no_tariff", gettext_lazy("no tariff for the job class: ask finance to approve one")
        UNSCORED_WORK = "unscored_work", gettext_lazy("worked days without a score: ask the assessors")
        ZERO = "zero", gettext_lazy("the score earns nothing")

    share = models.ForeignKey("bonuses.Share", models.PROTECT, related_name="no_lines")
    attempt = models.PositiveSmallIntegerField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = models.CharField(gettext_lazy("reason"), max_length=20, choices=Reason)
    detail = models.CharField(max_length=200, blank=True)

    objects = RunRowQuerySet.as_manager()

    class Meta:
        ordering = ["share", "pk"]
        verbose_name = gettext_lazy("person without a bonus line")
        triggers = [*append_only(), only_while_computed()]
        constraints = [
            models.UniqueConstraint(name="one_reason_a_person", fields=["share", "attempt", "person"]),
        ]

    def __str__(self):
        return f"{self.person}: {self.get_reason_display()}"

    @property
    def why(self):
        """The reason in words, with what it is about: why there is no score, or the class that is missing."""
        reason = str(self.Reason(self.reason).label)
        if self.detail in ("", self.reason):
            return reason
        known = self.detail in Assessment.Unassessed.values
        return f"{reason} ({Assessment.Unassessed(self.detail).label if known else self.detail})"
