"""Outages as the operator recorded them, and what the product knows of its own running."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from calendars.moving import moved
from calendars.weeks import Span
from records.history import append_only, tracked
from records.refusals import NotNow
from records.typed import TypedProse, said_why

PERSON = settings.AUTH_USER_MODEL
LONGEST = timedelta(days=31)
QUIET = timedelta(minutes=15)  # a longer time without a heartbeat is a gap
BEFORE_CLOSE = timedelta(hours=24)
KEPT, SECOND = timedelta(days=40), timedelta(seconds=1)


class OutageQuerySet(models.QuerySet):
    def over(self):
        return self.filter(ends_at__isnull=False)

    def running(self):
        """Those that nobody has said the end of."""
        return self.filter(ends_at__isnull=True)

    def since(self, moment):
        """Those that ended after `moment`."""
        return self.over().filter(ends_at__gte=moment)

    @transaction.atomic
    def record(self, *, by, at, starts_at, ends_at=None, reason):
        """Write an outage; without its end it is running. Sent twice it is one row.

        Raises ValidationError with sentences by field.
        """
        reason = said_why(reason, missing=_("Say what did not work."))
        if starts_at > at:
            raise ValidationError({"starts_at": _("An outage is recorded once it has begun.")})
        made = self.filter(starts_at=starts_at, recorded_by=by, reason=reason, recorded_at__gte=at - QUIET)
        if same := made.filter(Q(ends_at=ends_at) if ends_at else Q()).first():
            same.is_repeat = True
            return same
        outage = self.model(starts_at=starts_at, reason=reason, recorded_by=by, recorded_at=at)
        if ends_at:
            outage.check_end(ends_at, at=at)
            outage.ends_at, outage.ended_by, outage.ended_at = ends_at, by, at
        try:
            with transaction.atomic():
                outage.save()
        except IntegrityError:
            raise ValidationError({"starts_at": OVERLAP}) from None
        return outage


OVERLAP = gettext_lazy("Another outage is recorded for part of this time.")


@tracked()
class Outage(models.Model):
    """From when to when the service did not run. Its number is named on each record that it saved."""

    starts_at = models.DateTimeField(gettext_lazy("from"))
    ends_at = models.DateTimeField(gettext_lazy("to"), null=True, blank=True)
    reason = TypedProse(gettext_lazy("what did not work"))
    recorded_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    ended_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    objects = OutageQuerySet.as_manager()
    is_repeat = False  # set by record() on a row that the same form had already made

    class Meta:
        ordering = ["-starts_at", "-pk"]
        verbose_name = gettext_lazy("outage")
        constraints = [
            models.CheckConstraint(
                name="outage_ends_after_it_starts",
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
            ),
            models.CheckConstraint(
                name="outage_is_ended_by_somebody",
                condition=Q(ends_at__isnull=True, ended_by__isnull=True, ended_at__isnull=True)
                | Q(ends_at__isnull=False, ended_by__isnull=False, ended_at__isnull=False),
            ),
            ExclusionConstraint(
                name="outages_do_not_overlap",
                expressions=[
                    (
                        Func(
                            F("starts_at"),
                            F("ends_at"),
                            Value("[]"),
                            function="TSTZRANGE",
                            output_field=DateTimeRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    )
                ],
            ),
        ]

    def __str__(self):
        return f"{self.pk}"

    @property
    def span(self):
        return Span(self.pk, self.starts_at, self.ends_at)

    def check_end(self, ends_at, *, at):
        """Raise ValidationError where it cannot have ended at `ends_at`."""
        if ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("The end lies before the beginning.")})
        if ends_at > at:
            raise ValidationError({"ends_at": _("The end is recorded once the service runs again.")})
        if ends_at - self.starts_at > LONGEST:
            raise ValidationError({"ends_at": _("An outage of more than 31 days: check the dates.")})

    @transaction.atomic
    def end(self, *, by, at, ends_at):
        """Say when the service ran again. Raises NotNow where somebody else said it first."""
        self.check_end(ends_at, at=at)
        facts = {"ends_at": ends_at, "ended_by": by, "ended_at": at}
        try:
            with transaction.atomic():
                done = Outage.objects.running().filter(pk=self.pk).update(**facts)
        except IntegrityError:
            raise ValidationError({"ends_at": OVERLAP}) from None
        self.refresh_from_db()
        if not done and (self.ends_at, self.ended_by_id) != (ends_at, by.pk):
            raise NotNow(_("%(name)s has recorded its end already.") % {"name": self.ended_by})


def moved_at(deadline, *, calendar, zone):
    """A deadline of an office as the outages of its calendar move it; see moving.moved."""
    return moved(deadline, calendar.outages, zone=ZoneInfo(zone), working=calendar.pattern_days_from)[0]


class HeartbeatQuerySet(models.QuerySet):
    def beat(self, at):
        """Note that the product runs, and forget what is long ago."""
        self.filter(at__lt=at - KEPT).delete()
        self.get_or_create(at=at)

    def gaps(self, first, last):
        """(from, to) of each time over 15 minutes from `first` to `last` in which nothing beat.

        Before the first heartbeat of all nothing is known, so there is no gap.
        """
        before = self.filter(at__lte=first).order_by("-at").values_list("at", flat=True).first()
        beats = list(self.filter(at__gt=first, at__lte=last).order_by("at").values_list("at", flat=True))
        known = [*([before] if before else []), *beats]
        pairs = zip(known, [*known[1:], last], strict=True) if known else ()
        return [(start, end) for start, end in pairs if end - start > QUIET]

    def unanswered(self, first, last):
        """The gaps that the operator has neither recorded as an outage nor dismissed."""
        gaps = self.gaps(first, last)
        if not gaps:
            return []
        spans = Q(starts_at__lt=last) & (Q(ends_at__isnull=True) | Q(ends_at__gt=gaps[0][0]))
        answers = [
            (answer.starts_at, answer.ends_at or last)
            for rows in (Outage.objects.filter(spans), DismissedGap.objects.filter(spans))
            for answer in rows
        ]
        return [
            (start, end)
            for start, end in gaps
            if not any(begun < end and start < over for begun, over in answers)
        ]


class Heartbeat(models.Model):
    """A moment at which the product ran: beat asked, a worker answered, the database wrote."""

    at = models.DateTimeField(unique=True)

    objects = HeartbeatQuerySet.as_manager()

    class Meta:
        ordering = ["at"]
        verbose_name = gettext_lazy("heartbeat")

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M}"


class DismissedGapQuerySet(models.QuerySet):
    def dismiss(self, *, by, at, starts_at, ends_at, reason):
        """Say why a gap of the heartbeat was no outage. Raises NotNow where it is no gap, or answered."""
        reason = said_why(reason, missing=_("Say why it was no outage."))
        if not any(
            abs(start - starts_at) < SECOND and end >= ends_at - SECOND
            for start, end in Heartbeat.objects.unanswered(starts_at - SECOND, at)
        ):
            raise NotNow(_("This time has been explained already."))
        return self.create(starts_at=starts_at, ends_at=ends_at, reason=reason, by=by, at=at)


class DismissedGap(models.Model):
    """A gap of the heartbeat in which the service did run, as the operator says; never edited."""

    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    reason = TypedProse()
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = DismissedGapQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = gettext_lazy("dismissed gap")
        triggers = append_only()
        constraints = [
            models.CheckConstraint(name="gap_ends_after_it_starts", condition=Q(ends_at__gt=F("starts_at")))
        ]

    def __str__(self):
        return f"{self.starts_at:%Y-%m-%d %H:%M}"
