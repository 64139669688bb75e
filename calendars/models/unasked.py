"""Days that became working days too late to be asked for. Source: domain.md, section 3."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy

from calendars.days import UNASKED
from records.history import append_only
from records.typed import TypedProse

PERSON = settings.AUTH_USER_MODEL
BLOCK = 1000


class UnaskedDayQuerySet(models.QuerySet):
    def add(self, days, *, by, at, reason):
        """Write the (person id, day) of `days`, each once."""
        facts = {"made_by": by, "made_at": at, "reason": reason}
        rows = (self.model(person_id=person, day=day, **facts) for person, day in days)
        self.bulk_create(rows, ignore_conflicts=True, batch_size=BLOCK)

    def of_people(self, people_ids, first, last):
        return self.filter(person__in=people_ids, day__range=(first, last))


class UnaskedDay(models.Model):
    """A day of a person that became a working day when its month took no report any more.

    It is worked and paid, carries no target and obliges to nothing. Never edited.
    """

    person = models.ForeignKey(PERSON, models.PROTECT, related_name="unasked_days")
    day = models.DateField()
    reason = TypedProse()
    made_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects = UnaskedDayQuerySet.as_manager()

    class Meta:
        ordering = ["person", "day"]
        verbose_name = gettext_lazy("day that is not asked for")
        triggers = append_only()
        constraints = [models.UniqueConstraint(name="a_day_is_unasked_once", fields=["person", "day"])]

    def __str__(self):
        return f"{self.person_id}: {self.day:%Y-%m-%d}"


def with_unasked(absences, rows):
    """`absences` by person id and day, with what keeps the days of `rows` from being asked for."""
    for row in rows:
        absences.setdefault(row.person_id, {}).setdefault(row.day, []).append(UNASKED)
    return absences
