"""Work patterns and holidays: which days an office works, and how many minutes."""

from datetime import UTC, datetime, time, timedelta

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from calendars.models.outages import Outage
from calendars.weeks import ONE_DAY, OfficeCalendar
from organization.models import (
    Cancellable,
    CancellableQuerySet,
    Cancellation,
    Placement,
    RequestedQuerySet,
    Role,
    Unit,
)
from organization.templatetags.display import is_english, shortdate
from records.dated import DatedRule, DatedRuleQuerySet, NoRule
from records.history import tracked
from records.reach import within_reach
from records.refusals import Refusal
from records.side_by_side import read_together
from records.state import Versioned
from records.typed import TypedLine

LOOK_AHEAD = timedelta(days=120)  # how far deadlines are counted


class NoWorkPattern(NoRule):
    """No approved pattern gives this office working days."""

    def __init__(self, unit, on):
        sentence = _("%(office)s has no approved work pattern on %(day)s. Ask HR to approve one.")
        Refusal.__init__(self, sentence % {"office": unit, "day": shortdate(on)})


class WorkPatternQuerySet(DatedRuleQuerySet):
    def calendar(self, unit, *, first, last):
        """The OfficeCalendar of `unit` for the days `first` to `last`; one query."""
        return self.calendars([unit], first=first, last=last)[unit.pk]

    def calendars(self, units, *, first, last, beside=()):
        """OfficeCalendars by unit id, for any number of units in one query; alike offices share one.

        `beside` are lists that the caller needs too, filled by the same query.
        """
        read = (
            self.up_to_any(last),
            Holiday.objects.closing(first, last),
            Outage.objects.since(morning(first)),
        )
        read_together(*read, *beside)
        return office_calendars(units, *read)

    def up_to_any(self, last):
        """Those of every pattern code that begin on `last` or before, earliest first."""
        return self.approved().filter(valid_from__lte=last).order_by("valid_from")

    def days_after(self, unit, day, numbers):
        """The n-th pattern day of `unit` after `day` for each of `numbers`. Raises NoWorkPattern."""
        begins = day + ONE_DAY
        calendar = self.calendar(unit, first=begins, last=begins + LOOK_AHEAD)
        found = [calendar.find_after(day, n) for n in numbers]
        if not calendar.has_pattern_on(begins) or None in found:
            raise NoWorkPattern(unit, begins)
        return found

    def missing_in(self, agencies, *, on):
        """The offices of `agencies` with people on the day `on` whose week no approved pattern describes.

        Agencies themselves too, for the dates of their months are counted by their own week. Case D103.
        """
        held = Placement.objects.on(on)
        people = Exists(held.filter(unit=OuterRef("pk")))
        people |= Exists(held.filter(unit__agency=OuterRef("pk")))
        known = self.up_to(on, OuterRef("pattern"))
        units = Unit.objects.filter(people, ~Exists(known), agency__in=agencies)
        return units.select_related("agency").order_by("agency__name", "name", "pk")


def morning(day):
    """The moment from which outages may touch `day` or a later one, at whatever office."""
    return datetime.combine(day - ONE_DAY, time.min, UTC)


def office_calendars(units, patterns, holidays, outages=()):
    """OfficeCalendars by unit id from `patterns` that begin before the last day, holidays and outages.

    Minutes need no outages, deadlines do.
    """
    made, weeks, spans = {}, {}, tuple(outage.span for outage in outages)
    for rule in patterns:
        weeks.setdefault(rule.scope, []).append((rule.valid_from, tuple(rule.minutes)))
    for unit in units:
        office = (unit.pattern, unit.agency_id)
        if office not in made:
            closed = frozenset(h.date for h in holidays if h.unit_id in (None, unit.agency_id))
            made[office] = OfficeCalendar(tuple(weeks.get(unit.pattern, ())), closed, spans)
    return {unit.pk: made[unit.pattern, unit.agency_id] for unit in units}


@tracked()
class WorkPattern(DatedRule):
    """Effective minutes from Monday to Sunday of a work week; `scope` is the pattern's code ("5", "6").

    Ramadan is one row from its first day and another from the day after its last.
    Source: domain.md, section 3.
    """

    minutes = ArrayField(
        models.PositiveSmallIntegerField(), size=7, verbose_name=gettext_lazy("minutes by weekday")
    )

    objects = WorkPatternQuerySet.as_manager()

    class Meta(DatedRule.Meta):
        verbose_name = gettext_lazy("work pattern")
        constraints = [
            *DatedRule.Meta.constraints,
            models.CheckConstraint(
                name="work_pattern_has_seven_days",
                condition=Q(minutes__len=7),
                violation_error_message=gettext_lazy("A work pattern has minutes for seven days."),
            ),
        ]


class HolidayQuerySet(CancellableQuerySet):
    def closing(self, first, last):
        """Holidays and joint leave from `first` to `last`, of the city and of any agency."""
        return self.standing().filter(date__range=(first, last))

    def declare(self, **typed):
        """Add a holiday. Raises ValidationError by field, IntegrityError where its day is taken."""
        holiday = self.model(**typed)
        holiday.full_clean(validate_constraints=False)
        holiday.save()
        return holiday

    def of_city_in(self, years):
        """The standing ones of the whole city in any of `years`, each with what waits about it."""
        found = self.standing().filter(unit=None, date__year__in=years).order_by("date")
        waiting = HolidayCancellation.objects.waiting()
        return found.annotate(is_asked=Exists(waiting.filter(holiday=OuterRef("pk"))))

    def in_year(self, year):
        """Also the cancelled ones, each with what was asked about it; two queries."""
        asked = HolidayCancellation.objects.select_related("requested_by", "decided_by").order_by("pk")
        found = self.filter(date__year=year).select_related("unit")
        return found.prefetch_related(models.Prefetch("cancellations", asked))


@tracked()
class Holiday(Versioned, Cancellable):
    """A day on which an office is closed: national, joint leave, or local to the city or one agency."""

    class Kind(models.TextChoices):
        NATIONAL = "national", gettext_lazy("national holiday")
        JOINT_LEAVE = "joint_leave", gettext_lazy("joint leave")
        LOCAL = "local", gettext_lazy("local holiday")

    TYPED = ["date", "name", "name_en", "kind", "unit", "decree"]

    date = models.DateField(gettext_lazy("date"), validators=[within_reach])
    name = TypedLine(gettext_lazy("name"), max_length=120)
    name_en = TypedLine(gettext_lazy("name in English"), max_length=120, blank=True)
    kind = models.CharField(gettext_lazy("kind"), max_length=12, choices=Kind)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, verbose_name=gettext_lazy("agency"))
    decree = TypedLine(gettext_lazy("decree"), max_length=200)

    objects = HolidayQuerySet.as_manager()

    class Meta:
        ordering = ["date", "pk"]
        verbose_name = gettext_lazy("holiday")
        constraints = [
            models.UniqueConstraint(
                name="one_holiday_a_day_and_office",
                fields=["date", "unit"],
                nulls_distinct=False,
                condition=Q(cancelled_at__isnull=True),
                violation_error_message=gettext_lazy("This day is already a holiday."),
            )
        ]

    def __str__(self):
        return f"{self.date:%Y-%m-%d} {self.name}"

    def clean(self):
        """National holidays and joint leave are everybody's; one agency closes by a local holiday."""
        super().clean()
        if self.unit_id and self.kind != self.Kind.LOCAL:
            raise ValidationError({"unit": _("Only a local holiday is for one agency alone.")})

    @property
    def title(self):
        """The name in the language of the page."""
        return self.name_en if self.name_en and is_english() else self.name

    @property
    def may_be_cancelled(self):
        """Whether it can be asked for; reads `cancellations` as they were prefetched."""
        return not self.is_cancelled and not any(asked.is_waiting for asked in self.cancellations.all())

    def correct(self, *, version, **typed):
        """Move or correct it as it was seen.

        Raises NotNow, StaleVersion, ValidationError by field, or IntegrityError where its day is taken.
        """
        self.refuse_if_cancelled()
        for name, value in typed.items():
            setattr(self, name, value)
        self.full_clean(validate_constraints=False)
        self.change(version=version, **typed)

    def request_cancellation(self, *, by, reason):
        """Ask to cancel it as it stands now. Raises NotNow, or ValidationError with a sentence."""
        self.refuse_if_cancelled()
        asked = HolidayCancellation(holiday=self, holiday_version=self.version, reason=reason)
        return asked.ask(by=by)


class HolidayCancellationQuerySet(RequestedQuerySet):
    def within(self, reader, *, on):
        """All of them for HR of the city, who keep the calendar; none for HR of one agency."""
        return self.all() if reader.holds_citywide(Role.HR, on=on) else self.none()

    def not_about(self, reader):
        return self


@tracked()
class HolidayCancellation(Cancellation):
    """The request to cancel a holiday as its version `holiday_version` stood, with its reason."""

    holiday = models.ForeignKey(Holiday, models.PROTECT, related_name="cancellations")
    holiday_version = models.PositiveIntegerField()

    objects = HolidayCancellationQuerySet.as_manager()

    class Meta(Cancellation.Meta):
        ordering = ["pk"]
        verbose_name = gettext_lazy("cancellation of a holiday")
        constraints = [
            *Cancellation.Meta.constraints,
            models.UniqueConstraint(
                name="one_cancellation_of_a_holiday_waits",
                fields=["holiday"],
                condition=Q(outcome="waiting"),
                violation_error_message=gettext_lazy("Its cancellation has been asked for already."),
            ),
        ]

    def __str__(self):
        return f"{self.holiday} ✗"

    def take_force(self):
        """Raises StaleVersion where the holiday was moved or corrected after it was asked for."""
        self.holiday.change(version=self.holiday_version, cancelled_at=self.decided_at)
