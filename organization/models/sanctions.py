"""Disciplinary sanctions: asked for by one HR person, standing from the second's approval on."""

from decimal import Decimal

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organization.models.requests import (
    Cancellation,
    Requested,
    StandingRequest,
    StandingRequestQuerySet,
    never_about_oneself,
)
from records.history import tracked
from records.reach import within_reach
from records.refusals import NotNow, refuse_own
from records.typed import TypedLine

CAME_TO_NOTHING = [Requested.Outcome.REFUSED, Requested.Outcome.WITHDRAWN]


class SanctionQuerySet(StandingRequestQuerySet):
    def in_month(self, first_day):
        """StandingRequest sanctions that run in the month that begins on `first_day`."""
        return self.standing().filter(first_month__lte=first_day, last_month__gte=first_day)

    def newest_first(self):
        """With what was asked about each, for a page; two queries."""
        asked = SanctionCancellation.objects.select_related("requested_by", "decided_by").order_by("pk")
        found = self.select_related("requested_by", "decided_by").order_by("-first_month", "pk")
        return found.prefetch_related(models.Prefetch("cancellations", asked))

    @transaction.atomic
    def request(self, person, *, by, percent, first_month, last_month, decree):
        """Ask for a sanction of `person`, once per decree and month; it stands when another approves.

        Raises OwnRecord, or ValidationError with a sentence.
        """
        refuse_own(person, by=by)
        type(person).objects.select_for_update(no_key=True).get(pk=person.pk)
        sanction = self.model(
            person=person, percent=percent, first_month=first_month, last_month=last_month, decree=decree
        )
        sanction.requested_by, sanction.requested_at = by, timezone.now()
        sanction.full_clean()
        known = self.filter(person=person, decree=decree, first_month__lte=last_month)
        known = known.filter(cancelled_at__isnull=True).exclude(outcome__in=CAME_TO_NOTHING)
        if known.filter(last_month__gte=first_month).exists():
            sentence = _("This decree already stands for this person in these months.")
            raise ValidationError({"decree": sentence})
        sanction.save()
        return sanction


@tracked()
class Sanction(StandingRequest):
    """A disciplinary sanction: a percent taken from the bonus of whole months.

    `first_month` and `last_month` are first days of months. Source: domain.md, section 7, step 5.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="sanctions")
    percent = models.DecimalField(gettext_lazy("percent"), max_digits=5, decimal_places=2)
    first_month = models.DateField(gettext_lazy("first month"), validators=[within_reach])
    last_month = models.DateField(gettext_lazy("last month"), validators=[within_reach])
    decree = TypedLine(gettext_lazy("decree"), max_length=200)

    objects = SanctionQuerySet.as_manager()

    class Meta(Requested.Meta):
        ordering = ["person", "first_month", "pk"]
        verbose_name = gettext_lazy("sanction")
        constraints = [
            *Requested.Meta.constraints,
            never_about_oneself(),
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
            models.CheckConstraint(
                name="only_a_sanction_that_stood_is_cancelled",
                condition=Q(cancelled_at__isnull=True) | Q(outcome="approved"),
                violation_error_message=gettext_lazy("Only a sanction that stood can be cancelled."),
            ),
        ]

    def __str__(self):
        return f"{self.person}: {self.percent} %"

    @property
    def is_of_one_month(self):
        return self.first_month == self.last_month

    @property
    def may_be_cancelled(self):
        """Whether it can be asked for; reads `cancellations` as they were prefetched."""
        return self.stands and not any(asked.is_waiting for asked in self.cancellations.all())

    def request_cancellation(self, *, by, reason):
        """Ask to cancel it. Raises OwnRecord, NotNow, or ValidationError with a sentence."""
        refuse_own(self.person, by=by)
        if not self.stands:
            raise NotNow(_("Only a sanction that stands can be cancelled."))
        asked = SanctionCancellation(sanction=self, person=self.person, reason=reason)
        return asked.ask(by=by)


@tracked()
class SanctionCancellation(Cancellation):
    """The request to cancel a sanction, with its reason."""

    sanction = models.ForeignKey(Sanction, models.PROTECT, related_name="cancellations")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta(Cancellation.Meta):
        ordering = ["pk"]
        verbose_name = gettext_lazy("cancellation of a sanction")
        constraints = [
            *Cancellation.Meta.constraints,
            never_about_oneself(),
            models.UniqueConstraint(
                name="one_cancellation_of_a_sanction_waits",
                fields=["sanction"],
                condition=Q(outcome="waiting"),
                violation_error_message=gettext_lazy("Its cancellation has been asked for already."),
            ),
        ]

    def __str__(self):
        return f"{self.sanction} ✗"

    def take_force(self):
        self.sanction.cancel(at=self.decided_at)
