"""Leave and duty: which days are excused, reduce the target, or are paid."""

from datetime import timedelta
from decimal import Decimal
from operator import attrgetter

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import IntegerRangeField, RangeOperators
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Case, F, Func, Q, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from calendars.days import Absence
from calendars.weeks import days_between
from organization.models import Cancellable, CancellableQuerySet, Ending, never_about_oneself
from organization.templatetags.display import is_english
from records.dated import DatedRule, DatedRuleQuerySet, NoRule
from records.history import tracked
from records.periods import PeriodQuerySet
from records.reach import within_reach
from records.refusals import refuse_own
from records.side_by_side import read_together
from records.timeline import Timeline
from records.typed import TypedLine

HALF, WHOLE = Decimal("0.5"), Decimal(1)


def half_day(day, later_half):
    """The number of a half day: two a day, morning first."""
    return Func(
        F(day),
        Case(When(half=later_half[0], then=Value(later_half[1])), default=Value(1 - later_half[1])),
        arg_joiner=" - DATE '2000-01-01') * 2 + (",
        template="((%(expressions)s))",
        output_field=models.IntegerField(),
    )


def half_days():
    """The half days of a leave as a range of whole numbers, for the exclusion constraint."""
    first, last = half_day("starts_on", ("pm", 1)), half_day("ends_on", ("am", 0))
    return Func(first, last, Value("[]"), function="int4range", output_field=IntegerRangeField())


class LeaveTypeQuerySet(DatedRuleQuerySet):
    def titles(self):
        """The newest name of each code in the language of the page, by code; one query."""
        return titles_of(self.approved())


def titles_of(types):
    """The same from approved types, which may have been read already."""
    return {rule.scope: rule.title for rule in sorted(types, key=attrgetter("valid_from"))}


@tracked()
class LeaveType(DatedRule):
    """A type of leave or duty by its code (`scope`), with its three flags.

    `pay_percent` is the share of the bonus kept for an excused day, 0 to 100; `longest_days` counts calendar
    days. Source: domain.md, section 3.
    """

    name = TypedLine(gettext_lazy("name"), max_length=100)
    name_en = TypedLine(gettext_lazy("name in English"), max_length=100)
    excuses_report = models.BooleanField(gettext_lazy("excuses the report"))
    reduces_target = models.BooleanField(gettext_lazy("reduces the target"))
    pay_percent = models.DecimalField(gettext_lazy("pay percent"), max_digits=5, decimal_places=2)
    longest_days = models.PositiveSmallIntegerField(
        gettext_lazy("longest stay in days"),
        null=True,
        blank=True,
        help_text=gettext_lazy("Of a longer one the form asks once more; empty means without limit."),
    )

    objects = LeaveTypeQuerySet.as_manager()

    class Meta(DatedRule.Meta):
        verbose_name = gettext_lazy("leave type")
        constraints = [
            *DatedRule.Meta.constraints,
            models.CheckConstraint(
                name="leave_pays_0_to_100_percent",
                condition=Q(pay_percent__gte=0, pay_percent__lte=Decimal(100)),
                violation_error_message=gettext_lazy("The pay percent lies between 0 and 100."),
            ),
        ]

    @property
    def title(self):
        """The name in the language of the page."""
        return self.name_en if is_english() else self.name

    def absence(self, share):
        return Absence(share, self.excuses_report, self.reduces_target, self.pay_percent)


def absences_of(leaves, types, *, first, last):
    """{person id: {day: [Absence, ...]}} for the days `first` to `last`, of approved LeaveTypes."""
    found, types = {}, Timeline(types)
    for leave in leaves:
        for day in days_between(max(first, leave.starts_on), min(last, leave.ends_on)):
            rule = types.find(day, leave.code)
            if rule is not None:
                days = found.setdefault(leave.person_id, {})
                days.setdefault(day, []).append(rule.absence(leave.share))
    return found


class LeaveQuerySet(CancellableQuerySet, PeriodQuerySet):
    def titled(self):
        """The rows as a list, each with the `title` of its type and what was asked of it; two queries."""
        asked = LeaveChange.objects.select_related("requested_by", "decided_by").order_by("pk")
        rows, types = self.prefetch_related(models.Prefetch("changes", asked)), LeaveType.objects.approved()
        read_together(rows, types)
        titles = titles_of(types)
        for leave in rows:
            leave.title = titles.get(leave.code, leave.code)
        return list(rows)

    def add(self, person, *, by, code, starts_on, ends_on, half="", letter):
        """Record leave or duty of `person`, checked whole; of two at once one is refused.

        Raises OwnRecord, or ValidationError with sentences by field.
        """
        refuse_own(person, by=by)
        leave = self.model(
            person=person, code=code, starts_on=starts_on, ends_on=ends_on, half=half, letter=letter
        )
        leave.full_clean()
        try:
            LeaveType.objects.in_force(starts_on, scope=code)
        except NoRule as missing:
            raise ValidationError({"code": str(missing)}) from missing
        try:
            with transaction.atomic():
                leave.save()
        except IntegrityError:
            leave.validate_constraints()
            raise
        return leave


@tracked()
class Leave(Cancellable):
    """A person's leave or duty from a day to a day, or for one half of one day."""

    class Half(models.TextChoices):
        WHOLE = "", gettext_lazy("whole days")
        MORNING = "am", gettext_lazy("first half of the day")
        AFTERNOON = "pm", gettext_lazy("second half of the day")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="leaves")
    code = models.CharField(gettext_lazy("type"), max_length=10)
    starts_on = models.DateField(gettext_lazy("first day"), validators=[within_reach])
    ends_on = models.DateField(gettext_lazy("last day"), validators=[within_reach])
    half = models.CharField(gettext_lazy("part"), max_length=2, choices=Half, default="", blank=True)
    letter = TypedLine(gettext_lazy("letter number"), max_length=100)

    objects = LeaveQuerySet.as_manager()

    class Meta:
        ordering = ["person", "starts_on", "half", "pk"]
        verbose_name = gettext_lazy("leave")
        constraints = [
            models.CheckConstraint(
                name="leave_ends_after_it_starts",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message=gettext_lazy("The last day lies before the first day."),
            ),
            models.CheckConstraint(
                name="half_a_day_is_one_day",
                condition=Q(half="") | Q(starts_on=F("ends_on")),
                violation_error_message=gettext_lazy("Half a day of leave begins and ends on the same day."),
            ),
            ExclusionConstraint(
                name="leaves_of_a_person_do_not_overlap",
                expressions=[("person", RangeOperators.EQUAL), (half_days(), RangeOperators.OVERLAPS)],
                condition=Q(cancelled_at__isnull=True),
                violation_error_message=gettext_lazy("This person already has leave in these days."),
            ),
        ]

    def __str__(self):
        return f"{self.person}: {self.code} {self.starts_on:%Y-%m-%d}"

    def clean(self):
        """Say it beside the field before the exclusion constraint meets a reversed range."""
        super().clean()
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("The last day lies before the first day.")})

    @property
    def share(self):
        """The part of each day that it takes: 1 or 0.5."""
        return HALF if self.half else WHOLE

    @property
    def days(self):
        """Calendar days from the first to the last, both counted."""
        return (self.ends_on - self.starts_on).days + 1

    @property
    def may_be_changed(self):
        """Whether a change can be asked for; reads `changes` as they were prefetched."""
        return not self.is_cancelled and not any(asked.is_waiting for asked in self.changes.all())

    def request_change(self, *, by, reason, ends_on=None):
        """Ask to end it on the earlier day `ends_on`, or to cancel it. It takes force with an approval.

        Raises OwnRecord, NotNow, or ValidationError with sentences by field.
        """
        refuse_own(self.person, by=by)
        self.refuse_if_cancelled()
        asked = LeaveChange(leave=self, person=self.person, ends_on=ends_on, reason=reason)
        return asked.ask(by=by)

    def end(self, on):
        """Let it end on the earlier day `on`; called by the request that was approved."""
        self.refuse_if_cancelled()
        self.ends_on = on
        self.save(update_fields=["ends_on"])


@tracked()
class LeaveChange(Ending):
    """The request to cancel leave, or to end it on the earlier day `ends_on`, with its reason."""

    leave = models.ForeignKey(Leave, models.PROTECT, related_name="changes")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta(Ending.Meta):
        ordering = ["pk"]
        verbose_name = gettext_lazy("change of leave")
        constraints = [
            *Ending.Meta.constraints,
            never_about_oneself(),
            models.UniqueConstraint(
                name="one_change_of_a_leave_waits",
                fields=["leave"],
                condition=Q(outcome="waiting"),
                violation_error_message=gettext_lazy("A change of it waits for a second HR person already."),
            ),
        ]

    def __str__(self):
        return f"{self.leave} ✗"

    @property
    def ended(self):
        return self.leave

    @property
    def changed_days(self):
        """First and last of the days that are no longer leave."""
        if self.ends_on is None:
            return self.leave.starts_on, self.leave.ends_on
        return self.ends_on + timedelta(days=1), self.leave.ends_on
