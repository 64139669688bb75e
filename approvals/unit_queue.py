"""What waits with the assessors of an agency, where nobody in the line may decide it, or did in time."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.urls import reverse

from calendars.models import Month
from calendars.weeks import Week


@dataclass(frozen=True)
class UnitLine:
    """The rows of one agency that wait: of a week, or of a whole month whose review is closed (no week).

    `since` is the moment of the earliest report among them.
    """

    month: Month
    week: Week | None
    rows: int
    since: datetime

    @property
    def url(self):
        if self.week:
            return reverse("approvals:week", args=[self.week])
        return reverse("approvals:left", args=[self.month.pk])


def unit_lines(scope):
    """The UnitLines of one assessor, the longest waiting first; two queries."""
    parts = scope.parts_of_the_unit
    months = Month.objects.select_related("agency").in_bulk({part["month"] for part in parts})
    lines = {}
    for part in parts:
        month = months[part["month"]]
        week = Week.of(part["monday"]) if month.is_open else None
        line = UnitLine(month, week, part["rows"], part["since"])
        before = lines.get((month.pk, week))
        lines[month.pk, week] = _joined(before, line) if before else line
    return sorted(lines.values(), key=lambda line: (line.since, line.month.pk))


def _joined(before, line):
    return replace(before, rows=before.rows + line.rows, since=min(before.since, line.since))
