"""When a drawn row was first shown to an assessor, and how long they looked at it before their verdict."""

from django.conf import settings
from django.db import models

from assessment.models.draws import DrawnRow
from calendars.models.locks import lock_when_final
from records.history import append_only

MONTH_OF_ROW = """(
    SELECT draw.month_id FROM assessment_drawnrow drawn JOIN assessment_draw draw ON draw.id = drawn.draw_id
     WHERE drawn.id = {row}.drawn_row_id
)"""


class OpeningQuerySet(models.QuerySet):
    def note(self, row, *, by, at):
        """Keep that `row` was shown to `by`; a second time changes nothing."""
        self.bulk_create([self.model(drawn_row=row, by=by, at=at)], ignore_conflicts=True)

    def moment(self, row, *, by):
        """When `row` was first shown to `by`; None where it never was."""
        return self.filter(drawn_row=row, by=by).values_list("at", flat=True).first()


class Opening(models.Model):
    """The first time that a drawn row was shown to an assessor who could judge it. Never edited."""

    drawn_row = models.ForeignKey(DrawnRow, models.PROTECT, related_name="openings")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = OpeningQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        triggers = [*append_only(), lock_when_final(MONTH_OF_ROW)]
        constraints = [
            models.UniqueConstraint(name="a_row_is_shown_to_somebody_first_once", fields=["drawn_row", "by"])
        ]

    def __str__(self):
        return f"{self.drawn_row}, {self.by}"
