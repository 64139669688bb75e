"""What one person asks for and another approves or refuses; it takes force with the second's approval.

Source: domain.md, section 1 ("requested by one HR person and approved by another") and section 3: a
sanction and a cancellation need a second HR person. A kind of request is a table of its own.
"""

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organization.models.grants import Role
from organization.models.people import User
from records.looks import GOOD, PLAIN, REFUSED, ShownChoices
from records.refusals import NotAllowed, NotNow, refuse_own
from records.typed import TypedProse, said_why


class OwnRequest(NotAllowed):
    """Who asks decides their own request."""

    sentence = gettext_lazy("You asked for this yourself. Another HR administrator decides it.")


class NotAsked(NotAllowed):
    """Somebody takes back what another asked for."""

    sentence = gettext_lazy("Only who asked for it can take it back.")


class DecidedBefore(NotNow):
    """Somebody decided the request, or took it back, first. Its text names them."""

    def __init__(self, request):
        if request.is_withdrawn:
            super().__init__(_("%(name)s has taken this back already.") % {"name": request.requested_by})
            return
        facts = {"name": request.decided_by, "outcome": request.get_outcome_display()}
        super().__init__(_("%(name)s has decided this already: %(outcome)s.") % facts)


class RequestedQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(outcome=Requested.Outcome.WAITING)

    def approved(self):
        return self.filter(outcome=Requested.Outcome.APPROVED)

    def within(self, reader, *, on):
        """About the people whom HR administrator `reader` may administer on the day `on`."""
        if reader.holds_citywide(Role.HR, on=on):
            return self
        return self.filter(person__in=User.objects.administered_by(reader, on=on).order_by())

    def not_about(self, reader):
        return self.exclude(person=reader)

    def shown_to(self, reader, *, on):
        """What waits for a second person in the scope of `reader`, oldest first; nothing about themselves."""
        found = self.waiting().within(reader, on=on).not_about(reader)
        return found.order_by("requested_at", "pk")

    def decidable_by(self, reader, *, on):
        """Of these, what waits for `reader`: never what they asked for."""
        return self.shown_to(reader, on=on).exclude(requested_by=reader)


def never_about_oneself():
    """The constraint of a kind of request that concerns a `person`."""
    return models.CheckConstraint(
        name="%(app_label)s_%(class)s_is_never_about_oneself",
        condition=~Q(requested_by=F("person")) & (Q(decided_by__isnull=True) | ~Q(decided_by=F("person"))),
        violation_error_message=gettext_lazy("Nobody asks for or decides what concerns themselves."),
    )


class Requested(models.Model):
    """A row that one person asked for, and another approves or refuses.

    A concrete model whose rows concern a person declares `person`, with never_about_oneself().
    `take_force` is what the approval does beside being one.
    """

    person = None

    class Outcome(ShownChoices):
        WAITING = "waiting", "s-tunggu", PLAIN, gettext_lazy("waiting for a second HR person")
        APPROVED = "approved", "s-disetujui", GOOD, gettext_lazy("approved")
        REFUSED = "refused", "s-ditolak", REFUSED, gettext_lazy("rejected")
        WITHDRAWN = "withdrawn", "s-dibatalkan", PLAIN, gettext_lazy("taken back by who asked")

    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.WAITING)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    refusal_reason = TypedProse(gettext_lazy("reason of the refusal"), blank=True)

    objects = RequestedQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_is_of_two_people",
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("requested_by")),
                violation_error_message=gettext_lazy("Who asks for it does not decide it."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_decided_by_somebody",
                condition=Q(outcome="waiting", decided_by__isnull=True, decided_at__isnull=True)
                | Q(outcome="withdrawn", decided_by__isnull=True, decided_at__isnull=False)
                | Q(outcome__in=["approved", "refused"], decided_by__isnull=False, decided_at__isnull=False),
                violation_error_message=gettext_lazy("What is decided names who decided it and when."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_is_refused_with_a_reason",
                condition=~Q(outcome="refused", refusal_reason="")
                & (Q(outcome="refused") | Q(refusal_reason="")),
                violation_error_message=gettext_lazy("A refusal has a reason."),
            ),
        ]

    @property
    def title(self):
        """What was asked for, in a few words."""
        return self._meta.verbose_name

    @property
    def shown_outcome(self):
        """Its outcome with word, shape and tone."""
        return self.Outcome(self.outcome)

    @property
    def is_waiting(self):
        return self.outcome == self.Outcome.WAITING

    @property
    def is_refused(self):
        return self.outcome == self.Outcome.REFUSED

    @property
    def is_withdrawn(self):
        """Whether who asked took it back; `decided_at` is then that moment."""
        return self.outcome == self.Outcome.WITHDRAWN

    @property
    def came_to_nothing(self):
        return self.is_refused or self.is_withdrawn

    @transaction.atomic
    def approve(self, *, by, at):
        """Let it take force. Raises OwnRequest, OwnRecord, or DecidedBefore by name."""
        self._decide(self.Outcome.APPROVED, by=by, at=at)
        self.take_force()

    def refuse(self, *, by, at, reason):
        """Let it come to nothing, with a reason. Raises what `approve` raises, or ValidationError."""
        reason = said_why(reason, missing=_("Write the reason."))
        self._decide(self.Outcome.REFUSED, by=by, at=at, refusal_reason=reason)

    def withdraw(self, *, by, at):
        """Take it back while nobody has decided it. Safe twice. Raises NotAsked, or DecidedBefore by name."""
        if by.pk != self.requested_by_id:
            raise NotAsked
        if not self._end(outcome=self.Outcome.WITHDRAWN, decided_at=at) and not self.is_withdrawn:
            raise DecidedBefore(self)

    def take_force(self):
        """What follows from the approval, in its transaction."""

    def _decide(self, outcome, *, by, at, **fields):
        """Decide it once: of two people at the same moment the second waits, and reads who was first."""
        self._refuse_unless_second(by)
        if not self._end(outcome=outcome, decided_by=by, decided_at=at, **fields):
            raise DecidedBefore(self)

    def _end(self, **fields):
        """Whether it still waited and `fields` end it; read anew in both cases."""
        rows = type(self)._base_manager.filter(pk=self.pk, outcome=self.Outcome.WAITING)
        ended = rows.update(**fields)
        self.refresh_from_db()
        return bool(ended)

    def _refuse_unless_second(self, by):
        if self.person is not None:
            refuse_own(self.person, by=by)
        if by.pk == self.requested_by_id:
            raise OwnRequest


class Cancellation(Requested):
    """The request to cancel a row that was typed wrong, with its reason; the row stays and is marked.

    The concrete model declares `person` and the row, and lets `take_force` mark it.
    """

    reason = TypedProse(gettext_lazy("reason"))

    class Meta(Requested.Meta):
        abstract = True
        constraints = [
            *Requested.Meta.constraints,
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_has_a_reason",
                condition=~Q(reason=""),
                violation_error_message=gettext_lazy("Write the reason."),
            ),
        ]

    @property
    def title(self):
        return _("cancelled") if self.outcome == self.Outcome.APPROVED else _("cancellation")

    def ask(self, *, by):
        """Store the request of `by`, checked whole; of two at once one is refused. Returns it.

        Raises ValidationError with sentences.
        """
        self.reason = said_why(self.reason, missing=_("Write the reason."))
        self.requested_by, self.requested_at = by, timezone.now()
        self.full_clean()
        try:
            with transaction.atomic():
                self.save()
        except IntegrityError:
            self.validate_constraints()
            raise
        return self


class CancellableQuerySet(models.QuerySet):
    def standing(self):
        """Those that no approved request has cancelled: what every figure reads."""
        return self.filter(cancelled_at__isnull=True)


class Cancellable(models.Model):
    """A row that may have been typed wrong: cancelled it stays, and leaves every figure."""

    cancelled_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def is_cancelled(self):
        return self.cancelled_at is not None

    def refuse_if_cancelled(self):
        """Raises NotNow where nothing is left to change."""
        if self.is_cancelled:
            raise NotNow(_("This is cancelled already."))

    def cancel(self, *, at):
        """Mark it; called by the request that was approved. Raises NotNow where it is marked already."""
        rows = type(self)._base_manager.filter(pk=self.pk, cancelled_at__isnull=True)
        marked = rows.update(cancelled_at=at)
        self.refresh_from_db()
        if not marked:
            self.refuse_if_cancelled()


class StandingRequestQuerySet(CancellableQuerySet, RequestedQuerySet):
    """Rows that two people bring into force, and that may have been typed wrong."""

    def standing(self):
        """Those that two HR people have brought into force, and none has cancelled."""
        return super().standing().approved()


class StandingRequest(Requested, Cancellable):
    """A request that is itself what it asks for: it stands once approved, until it is cancelled."""

    objects = StandingRequestQuerySet.as_manager()

    class Meta(Requested.Meta):
        abstract = True

    @property
    def stands(self):
        return self.outcome == self.Outcome.APPROVED and not self.is_cancelled
