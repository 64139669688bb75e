"""The month of an agency: its state, its own dates, and who moved them."""

import secrets
from itertools import accumulate
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from calendars.models.locks import never_back
from calendars.models.month_rules import MonthRule
from calendars.models.outages import moved_at
from calendars.models.patterns import WorkPattern
from calendars.models.querysets import MonthQuerySet
from calendars.weeks import MOVED_AT_MOST, MonthKey, end_of
from organization.models import Unit
from records.history import append_only, tracked
from records.looks import GOOD, PLAIN, ShownChoices
from records.state import InvalidTransition, Stateful
from records.typed import TypedProse, said_why


@tracked()
class Month(Stateful):
    """A calendar month of one agency. OPEN → VERIFYING → PUBLISHED → FINAL, never back.

    Moments are stored: before `entry_closes_at` a report is taken, before `review_closes_at` a decision
    of the supervisor. `seed` is 16 random bytes in hexadecimal, shown from entry close.
    """

    class Status(ShownChoices):
        OPEN = "open", "s-draf", PLAIN, gettext_lazy("still open")
        VERIFYING = "verifying", "s-dilaporkan", PLAIN, gettext_lazy("being verified")
        PUBLISHED = "published", "s-terbit", GOOD, gettext_lazy("published, provisional")
        FINAL = "final", "s-disetujui", GOOD, gettext_lazy("final")

    TRANSITIONS = {
        Status.OPEN: {Status.VERIFYING},
        Status.VERIFYING: {Status.PUBLISHED},
        Status.PUBLISHED: {Status.FINAL},
        Status.FINAL: set(),
    }
    DATES = ["entry_closes_at", "review_closes_at", "publication_due_at", "objections_close_at"]
    MOVED_IN = {  # the dates that an outage moves, by status
        Status.OPEN: DATES[:3],
        Status.VERIFYING: DATES[2:3],
        Status.PUBLISHED: DATES[3:],
        Status.FINAL: [],
    }

    agency = models.ForeignKey(Unit, models.PROTECT, related_name="months")
    year = models.PositiveSmallIntegerField()
    month = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=10, choices=Status, default=Status.OPEN)
    entry_closes_at = models.DateTimeField(gettext_lazy("entry closes"))
    review_closes_at = models.DateTimeField(gettext_lazy("review closes"))
    publication_due_at = models.DateTimeField(gettext_lazy("publication due"))
    objections_close_at = models.DateTimeField(gettext_lazy("objections close"), null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    finalised_at = models.DateTimeField(null=True, blank=True)
    seed = models.CharField(max_length=32, editable=False)

    objects = MonthQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "-month", "agency", "pk"]
        verbose_name = gettext_lazy("month")
        triggers = never_back()
        constraints = [
            models.UniqueConstraint(name="one_month_per_agency", fields=["agency", "year", "month"]),
            models.CheckConstraint(name="month_is_1_to_12", condition=Q(month__range=(1, 12))),
            models.CheckConstraint(
                name="month_dates_stand_in_order",
                condition=Q(entry_closes_at__lte=models.F("review_closes_at"))
                & Q(review_closes_at__lte=models.F("publication_due_at")),
                violation_error_message=gettext_lazy(
                    "Entry closes first, then the review, then publication is due."
                ),
            ),
            models.CheckConstraint(
                name="published_month_has_its_moments",
                condition=Q(status__in=["open", "verifying"], published_at__isnull=True)
                | Q(
                    status__in=["published", "final"],
                    published_at__isnull=False,
                    objections_close_at__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="final_month_has_its_moment",
                condition=Q(status="final", finalised_at__isnull=False)
                | (~Q(status="final") & Q(finalised_at=None)),
            ),
        ]

    def __str__(self):
        return f"{self.agency} {self.key}"

    @classmethod
    def dates_by_rule(cls, agency, key):
        """The stored moments and a new seed for the month `key` of `agency`.

        Raises NoRule where the city has no dates of months, or the agency no work pattern.
        """
        rule = MonthRule.objects.in_force(key.last_day)
        numbers = (rule.entry_day, rule.review_day, rule.publication_day)
        days = WorkPattern.objects.days_after(agency, key.last_day, numbers)
        by_rule = [end_of(day, ZoneInfo(agency.zone)) for day in days]
        entry, review, publication = in_order(after_outages(agency, by_rule))
        return {
            "entry_closes_at": entry,
            "review_closes_at": review,
            "publication_due_at": publication,
            "seed": secrets.token_hex(16),
        }

    @property
    def key(self):
        return MonthKey(self.year, self.month)

    @property
    def name(self):
        """The month in words: "Maret 2026"."""
        return date_format(self.key.first_day, "F Y")

    @property
    def ends_at(self):
        """The moment at which its last day ends at the agency."""
        return end_of(self.key.last_day, ZoneInfo(self.agency.zone))

    @property
    def is_open(self):
        return self.status == self.Status.OPEN

    def may_be_closed(self, at):
        """Whether the head may close its review by hand: it is open, and its last day is over."""
        return self.is_open and at >= self.ends_at

    @property
    def is_verifying(self):
        return self.status == self.Status.VERIFYING

    @property
    def waits_for_publication(self):
        """Whether nobody sees its scores yet."""
        return self.is_open or self.is_verifying

    @property
    def is_published(self):
        """Whether staff can see its scores, provisional or final."""
        return self.status in (self.Status.PUBLISHED, self.Status.FINAL)

    @property
    def is_provisional(self):
        """Whether its scores are published and objections may still change them."""
        return self.status == self.Status.PUBLISHED

    def is_open_for_entry(self, at):
        return self.status == self.Status.OPEN and at < self.entry_closes_at

    def is_open_for_review(self, at):
        return self.status == self.Status.OPEN and at < self.review_closes_at

    def seed_is_shown(self, at):
        """From entry close on anybody may read the seed: no report can be added any more."""
        return at >= self.entry_closes_at

    @transaction.atomic
    def close(self, *, at, by=None, reason=""):
        """Close the review: by the clock at its moment, or by the head earlier with a reason. Safe twice.

        Raises ValidationError where a person closes it early without a reason, or the month's last day
        is still to come; InvalidTransition where the clock or somebody else has closed it.
        """
        if self.status != self.Status.OPEN:
            if by is None or self.acts.filter(kind=MonthAct.Kind.CLOSED, by=by).exists():
                return
            raise InvalidTransition(self, self.Status.VERIFYING)
        if reason or at < self.review_closes_at:
            reason = said_why(reason, missing=_("Say why the review closes before its date."))
        if at < self.ends_at:
            raise ValidationError(_("The month is not over yet."))
        self.move_to(self.Status.VERIFYING)
        MonthAct.objects.create(month=self, kind=MonthAct.Kind.CLOSED, by=by, at=at, reason=reason)

    @transaction.atomic
    def move_dates(self, *, by, at, reason, **dates):
        """Set new moments for dates not yet reached, with a reason, and keep who, when and why.

        Raises ValidationError naming the field: a date already reached, one in the past or before the
        month is over, no reason, or dates out of order.
        """
        moved = {name: value for name, value in dates.items() if value and value != getattr(self, name)}
        reason = said_why(reason, missing=_("Say why the dates are moved."))
        for name, value in moved.items():
            self._check_date(name, value, at)
        before = {name: getattr(self, name).isoformat() for name in moved}
        for name, value in moved.items():
            setattr(self, name, value)
        self.validate_constraints()
        self.change(**moved)
        detail = {name: [before[name], value.isoformat()] for name, value in moved.items()}
        MonthAct.objects.create(
            month=self, kind=MonthAct.Kind.DATES, by=by, at=at, reason=reason, detail=detail
        )

    @transaction.atomic
    def move_for(self, outage, *, at):
        """Move those of its dates that still count and lie inside; whether any did. Keeps why."""
        names = self.MOVED_IN[self.status]
        dates = [getattr(self, name) for name in names]
        later = dict(zip(names, in_order(after_outages(self.agency, dates)), strict=True))
        changed = {name: moment for name, moment in later.items() if moment != getattr(self, name)}
        if not changed:
            return False
        detail = {name: [getattr(self, name).isoformat(), changed[name].isoformat()] for name in changed}
        self.change(**changed)
        MonthAct.objects.create(
            month=self,
            kind=MonthAct.Kind.OUTAGE,
            by=outage.ended_by,
            at=at,
            reason=outage.reason,
            detail=detail,
        )
        return True

    def _check_date(self, name, value, at):
        if name not in self.DATES or getattr(self, name) is None:
            raise ValidationError({name: _("This date is not set yet.")})
        if getattr(self, name) <= at:
            raise ValidationError({name: _("This date has been reached and stays as it is.")})
        if value < at:
            raise ValidationError({name: _("A date can be moved to now at the earliest.")})
        if value < self.ends_at:
            raise ValidationError({name: _("No date of a month lies before the month is over.")})


def after_outages(agency, dates):
    """The `dates` of an agency as outages move them."""
    last = max(dates).date() + MOVED_AT_MOST
    calendar = WorkPattern.objects.calendar(agency, first=min(dates).date(), last=last)
    return [moved_at(moment, calendar=calendar, zone=agency.zone) for moment in dates]


def in_order(dates):
    """None of them before the one in front of it."""
    return list(accumulate(dates, max))


class MonthAct(models.Model):
    """Something that happened to a month: who, when and why. Never edited."""

    class Kind(models.TextChoices):
        CLOSED = "closed", gettext_lazy("review closed")
        DATES = "dates", gettext_lazy("dates moved")
        OUTAGE = "outage", gettext_lazy("dates moved by an outage")

    month = models.ForeignKey(Month, models.PROTECT, related_name="acts")
    kind = models.CharField(max_length=10, choices=Kind)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    reason = TypedProse(blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        ordering = ["month", "at", "pk"]
        triggers = append_only()

    def __str__(self):
        return f"{self.month}: {self.get_kind_display()}"
