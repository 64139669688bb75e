"""Days that one person may report once more, by the act of somebody else. Source: domain.md, section 3."""

from datetime import UTC, date, datetime

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from notices.models import News, Notice
from organization.templatetags.display import deadline, shortdate
from records.history import append_only
from records.sentences import ended
from records.typed import TypedProse

PERSON = settings.AUTH_USER_MODEL
BLOCK = 1000
READ = ("pk", "day", "until", "cause", "made_at")


class OpenDayQuerySet(models.QuerySet):
    def rows(self, person, first, last):
        """The further windows of a person as a column of another query; `OpenDay.of_row` reads them."""
        found = self.filter(person=person, day__range=(first, last)).order_by("pk")
        return ArraySubquery(found.values(row=JSONObject(**{name: name for name in READ})))

    @transaction.atomic
    def open(self, rows, *, by, at, reason):
        """Write `rows`, each once, and tell the people; rows alike that stood before are left as they are."""
        for row in rows:
            row.made_by, row.made_at, row.reason = by, at, reason
        self.bulk_create(rows, ignore_conflicts=True, batch_size=BLOCK)
        alike = {}
        for row in rows:
            alike.setdefault((row.cause, row.day, row.until), []).append(row.person_id)
        for (cause, day, until), people in alike.items():
            data = {"cause": cause, "day": day.isoformat(), "until": until.isoformat(), "reason": reason}
            Notice.objects.tell(
                people,
                key=told_under(cause, day, until),
                kind=OPENED,
                at=at,
                link=reverse("activities:day", args=[day]),
                data=data,
            )


class OpenDay(models.Model):
    """A further window of one day of one person: to the moment `until`, in time or not. Never edited."""

    class Cause(models.TextChoices):
        LATE = "late", gettext_lazy("late report allowed")
        WORKING = "working", gettext_lazy("became a working day")

    person = models.ForeignKey(PERSON, models.PROTECT, related_name="open_days")
    day = models.DateField()
    until = models.DateTimeField()
    cause = models.CharField(max_length=10, choices=Cause)
    reason = TypedProse(gettext_lazy("reason"))
    made_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects = OpenDayQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = gettext_lazy("opened day")
        triggers = append_only()
        constraints = [
            models.UniqueConstraint(
                name="a_day_is_opened_once_for_one_cause", fields=["person", "day", "cause", "until"]
            ),
            models.CheckConstraint(
                name="nobody_allows_a_late_report_of_their_own",
                condition=~Q(cause="late", made_by=F("person")),
                violation_error_message=gettext_lazy("Nobody allows a late report of their own."),
            ),
            models.CheckConstraint(name="a_day_is_opened_for_later", condition=Q(until__gt=F("made_at"))),
        ]

    def __str__(self):
        return f"{self.person}: {self.day:%Y-%m-%d}"

    @classmethod
    def of_row(cls, row):
        """A window as `rows` gives it."""
        day, until, made_at = date.fromisoformat(row["day"]), row["until"], row["made_at"]
        moments = {"until": datetime.fromisoformat(until), "made_at": datetime.fromisoformat(made_at)}
        return cls(pk=row["pk"], day=day, cause=row["cause"], **moments)

    @property
    def in_time(self):
        """Whether a report in this window makes the day one that was reported in time."""
        return self.cause != self.Cause.LATE

    def holds(self, at):
        return self.made_at <= at < self.until


def told_under(cause, day, until):
    """The key of the notice about a day opened to the moment `until`."""
    return f"open-day {cause} {day:%Y-%m-%d} {until.astimezone(UTC):%Y%m%dT%H%M}"


def told(data):
    """What a person reads when a day of theirs is opened."""
    facts = {
        "day": shortdate(date.fromisoformat(data["day"])),
        "moment": deadline(datetime.fromisoformat(data["until"])),
        "reason": ended(data["reason"]),
    }
    if data["cause"] == OpenDay.Cause.LATE:
        sentence = _(
            "HR lets you report %(day)s late, until %(moment)s. Its minutes count; the day is not in time. "
            "Reason: %(reason)s"
        )
    else:
        sentence = _(
            "%(day)s has become a working day for you. You can report it until %(moment)s, and it is in "
            "time. Reason: %(reason)s"
        )
    return sentence % facts


OPENED = News("open_day", told)
