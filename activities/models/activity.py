"""One piece of work that one person did on one day: what it may be, and how it moves."""

import uuid

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.models.catalog import CatalogItem
from activities.models.constraints import CONSTRAINTS
from activities.models.entries import TYPED, Entry, MonthOver, clock, lock_days
from activities.models.opened import OpenDay
from activities.models.querysets import ActivityManager
from calendars.models import Month, Outage
from calendars.models.locks import lock_when_final, only_in_its_open_month
from organization.models import Post, PostTerm
from records.history import tracked
from records.looks import GOOD, NEEDED, PLAIN, REFUSED, ShownChoices
from records.state import InvalidTransition, StaleVersion, Stateful
from records.typed import TypedLine, TypedProse

PERSON = settings.AUTH_USER_MODEL
FIGURES = ("performed_on", "item", "other_title", "minutes", "quantity")


@tracked(exclude=["form_token"])
class Activity(Stateful):
    """One piece of work that one person did on one day, reported by themselves.

    The post, its terms (unit, class, level), its superior post and the month are those of the day and are
    fixed with it. `minutes` are
    as typed, `credited_minutes` at most quantity x standard, `approved_minutes` those of the decision,
    `counted_minutes` those of the last verdict, else of the decision. Source: domain.md, section 4.
    """

    class Status(ShownChoices):
        DRAFT = "draft", "s-draf", PLAIN, gettext_lazy("draft")
        REPORTED = "reported", "s-dilaporkan", PLAIN, gettext_lazy("reported")
        RETURNED = "returned", "s-dikembalikan", NEEDED, gettext_lazy("returned")
        APPROVED = "approved", "s-disetujui", GOOD, gettext_lazy("approved")
        REJECTED = "rejected", "s-ditolak", REFUSED, gettext_lazy("rejected")
        VOIDED = "voided", "s-dibatalkan", REFUSED, gettext_lazy("voided by the assessor")

    TRANSITIONS = {
        Status.DRAFT: {Status.REPORTED},
        Status.REPORTED: {Status.DRAFT, Status.RETURNED, Status.APPROVED, Status.REJECTED},
        Status.RETURNED: {Status.REPORTED},
        Status.APPROVED: {Status.REPORTED, Status.APPROVED, Status.VOIDED},
        Status.REJECTED: {Status.REPORTED, Status.APPROVED},
        Status.VOIDED: {Status.APPROVED},
    }

    person = models.ForeignKey(PERSON, models.PROTECT, related_name="activities", db_index=False)
    post = models.ForeignKey(Post, models.PROTECT, related_name="+", db_index=False)
    term = models.ForeignKey(PostTerm, models.PROTECT, related_name="+")
    reviewing_post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+", db_index=False)
    month = models.ForeignKey(Month, models.PROTECT, related_name="activities", db_index=False)
    performed_on = models.DateField(gettext_lazy("date"))
    item = models.ForeignKey(
        CatalogItem,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name=gettext_lazy("catalogue item"),
    )
    other_title = TypedLine(gettext_lazy("other work"), max_length=150, blank=True)
    description = TypedProse(gettext_lazy("description"))
    starts_at = models.TimeField(gettext_lazy("start"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(gettext_lazy("minutes"))
    quantity = models.PositiveIntegerField(gettext_lazy("quantity"))
    standard_minutes = models.PositiveIntegerField(null=True, editable=False)
    credited_minutes = models.PositiveSmallIntegerField(gettext_lazy("credited minutes"), editable=False)
    approved_minutes = models.PositiveSmallIntegerField(gettext_lazy("approved minutes"), default=0)
    counted_minutes = models.PositiveSmallIntegerField(gettext_lazy("counted minutes"), default=0)
    status = models.CharField(gettext_lazy("status"), max_length=10, choices=Status, default=Status.DRAFT)
    round = models.PositiveSmallIntegerField(gettext_lazy("round"), default=1)
    first_reported_at = models.DateTimeField(null=True)
    reported_at = models.DateTimeField(null=True)
    window_closes_at = models.DateTimeField(null=True)
    outage = models.ForeignKey(Outage, models.PROTECT, null=True, related_name="+", db_index=False)
    open_day = models.ForeignKey(OpenDay, models.PROTECT, null=True, related_name="+", db_index=False)
    in_time = models.BooleanField(default=False)
    return_due_at = models.DateTimeField(null=True)
    return_reason = TypedProse(gettext_lazy("reason of the return"), blank=True, default="")
    after_close = models.BooleanField(default=False)
    flagged = models.BooleanField(default=False)
    form_token = models.UUIDField(default=uuid.uuid4, editable=False)
    entered_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", db_index=False)

    objects = ActivityManager()
    is_repeat = False  # set by enter() on a row that the same form had already made

    class Meta:
        ordering = ["performed_on", "starts_at", "pk"]
        verbose_name = gettext_lazy("activity")
        verbose_name_plural = gettext_lazy("activities")
        triggers = [lock_when_final(), only_in_its_open_month("performed_on")]
        indexes = [
            models.Index(fields=["person", "performed_on"], name="activity_person_day"),
            models.Index(fields=["month", "status"], name="activity_month_status"),
            models.Index(
                name="activity_month_day", fields=["month", "performed_on"], include=["status", "person"]
            ),
            models.Index(
                name="activity_waiting",
                fields=["reviewing_post", "performed_on"],
                condition=Q(status="reported"),
            ),
            models.Index(
                name="activity_waiting_of",
                fields=["person", "performed_on"],
                condition=Q(status="reported"),
            ),
        ]
        constraints = CONSTRAINTS

    def __str__(self):
        return f"K-{self.pk}"

    def get_absolute_url(self):
        return reverse("activities:detail", args=[self.pk])

    @property
    def title(self):
        """What kind of work it was: the item's name, or the person's own words."""
        return self.item.name if self.item_id else self.other_title

    @property
    def output_unit(self):
        """What the quantity counts."""
        return self.item.output_unit if self.item_id else _("results")

    @property
    def ends_at(self):
        """The clock time of its end, where its start is given."""
        return clock(self.performed_on, self.starts_at, self.minutes)[1].time() if self.starts_at else None

    @property
    def is_over(self):
        """Whether its owner can change nothing any more: its month is final, or closed around a draft."""
        if self.status == self.Status.DRAFT:
            return self.month.status != Month.Status.OPEN
        return self.month.status == Month.Status.FINAL

    @property
    def is_too_late_to_send(self):
        """Whether it is a draft that its month was closed around."""
        return self.status == self.Status.DRAFT and self.is_over

    @property
    def is_cut_by_norm(self):
        """Whether quantity × standard minutes credits less than was reported."""
        return self.credited_minutes < self.minutes

    @property
    def is_cut_by_decision(self):
        """Whether it is approved and counts less than was credited."""
        return self.status == self.Status.APPROVED and self.counted_minutes < self.credited_minutes

    @property
    def has_been_counted(self):
        """Whether it was approved, also where an assessor voided it since."""
        return self.status in (self.Status.APPROVED, self.Status.VOIDED)

    @property
    def was_answered(self):
        """Whether it stands as it was sent again after a return."""
        return self.round > 1

    @property
    def is_entered_by_another(self):
        return self.entered_by_id != self.person_id

    @property
    def open_until(self):
        """The moment from which its figures are fixed: the end of its window or of its month's entry.

        In a day that was opened for its owner it is the month's review.
        """
        closes_at = self.month.review_closes_at if self.open_day_id else self.month.entry_closes_at
        return min(self.window_closes_at, closes_at)

    def window_is_open(self, at):
        """Whether the figures may still be changed: in a month open for entry, before the window closes."""
        return (
            self.window_closes_at is not None and at < self.open_until and self.month.is_open_for_review(at)
        )

    def can_be_answered(self, at):
        """Whether a return can still be answered: before its due moment and before review close."""
        return (
            self.return_due_at is not None and at < self.return_due_at and self.month.is_open_for_review(at)
        )

    @transaction.atomic
    def report(self, *, by, at, version=None, **typed):
        """Send the draft to the superior, with what was typed last. The window of its day must be open."""
        entry = self._entry(by, typed, at)
        entry.check(opens=True, reports=True)
        moments = entry.moments(first=self.first_reported_at)
        self.move_to(self.Status.REPORTED, version=version, **entry.columns(), **moments)

    @transaction.atomic
    def edit(self, *, by, at, version=None, **typed):
        """Change a draft, or a report that nobody has decided: a new version.

        Of a report only text and start may change once the window of its day is over.
        """
        if self.status not in (self.Status.DRAFT, self.Status.REPORTED):
            raise InvalidTransition(self, self.status)
        entry = self._entry(by, typed, at)
        reported = self.status == self.Status.REPORTED
        changed = [name for name in FIGURES if entry.typed[name] != getattr(self, name)]
        if reported and not changed:
            entry.check_time()
            return self.change(version=version, **entry.typed)
        if reported and not self.window_is_open(at):
            sentence = _("This is fixed since the window of its day closed. The text can still be changed.")
            raise ValidationError({name: ValidationError(sentence, code="figures_fixed") for name in changed})
        entry.check(opens="performed_on" in changed, reports=reported)
        return self.change(version=version, **entry.columns())

    @transaction.atomic
    def answer(self, *, by, at, version=None, **typed):
        """Send a returned activity again as the next round, before its due moment; also after entry close."""
        if self.status != self.Status.RETURNED:
            raise InvalidTransition(self, self.Status.REPORTED)
        if not self.can_be_answered(at):
            raise ValidationError(_("The time to answer this return is over."), code="answered_late")
        entry = self._entry(by, typed, at)
        entry.check(opens=entry.typed["performed_on"] != self.performed_on, reports=True)
        again = {"reported_at": at, "round": self.round + 1, "return_due_at": None}
        if entry.typed["performed_on"] == self.performed_on:  # what saved its first report still names it
            again |= {"outage_id": self.outage_id, "open_day": self.open_day}
        self.move_to(self.Status.REPORTED, version=version, **entry.columns() | again)

    def withdraw(self, *, by, at, version=None):
        """Take the report back as a draft, while nobody has decided it and the window is open."""
        self._only_owner(by)
        if self.status == self.Status.REPORTED and not self.window_is_open(at):
            sentence = _("The window of this day is over, so it cannot be taken back.")
            raise ValidationError(sentence, code="window_over")
        self.move_to(self.Status.DRAFT, version=version)

    def discard(self, *, by, version=None):
        """Remove a draft that was never reported. What was reported once stays, and its history with it."""
        self._only_owner(by)
        if self.status != self.Status.DRAFT or self.first_reported_at:
            raise InvalidTransition(self, self.status)
        version = self.version if version is None else version
        if not Activity.objects.filter(pk=self.pk, version=version, status=self.status).delete()[0]:
            raise StaleVersion(self)

    def _entry(self, by, typed, at):
        """What was typed over what is stored, under the locks of both days. Raises MonthOver."""
        self._only_owner(by)
        if self.is_over:
            raise MonthOver(self)
        whole = {name: typed.get(name, getattr(self, name)) for name in TYPED}
        lock_days(self.person, self.performed_on, whole["performed_on"])
        return Entry(self.person, whole, at=at, besides=self.pk)

    def _only_owner(self, by):
        if by.pk != self.person_id:
            raise PermissionDenied
