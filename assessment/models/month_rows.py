"""What is told of a month by counting its rows: decided ones, drawn ones, and those that were read."""

from functools import cached_property

from django.db.models import Count, Q

from activities.models import Activity
from assessment.models.draws import Draw, is_extension_due
from records.side_by_side import read_together


class MonthRows:
    """The draws of a month with their findings, and its reported rows by number.

    `lists` are what it is told from, for whoever reads more at once; else they are read when first asked.
    """

    def __init__(self, month):
        self._draws = Draw.objects.filter(month=month).select_related("rule").with_findings()
        waits = Q(status=Activity.Status.REPORTED)
        rows = Activity.objects.filter(month=month).exclude(status=Activity.Status.DRAFT)
        self._counted = (
            rows.order_by()
            .values("month")
            .annotate(
                waiting=Count("pk", filter=waits),
                decided=Count("pk", filter=~waits),
                flagged=Count("pk", filter=Q(flagged=True)),
            )
        )
        self.lists = [self._draws, self._counted]

    @property
    def draws(self):
        read_together(*self.lists)
        return list(self._draws)

    @cached_property
    def counts(self):
        """How many reported rows wait for a decision, are decided, or are flagged, by these names."""
        read_together(*self.lists)
        found = next(iter(self._counted), {})
        return {name: found.get(name, 0) for name in ("waiting", "decided", "flagged")}

    @property
    def reported(self):
        return self.counts["waiting"] + self.counts["decided"]

    @property
    def drawn(self):
        return sum(draw.drawn for draw in self.draws)

    @property
    def read(self):
        return sum(draw.read for draw in self.draws)

    @property
    def unread(self):
        """How many drawn rows wait for a verdict."""
        return self.drawn - self.read

    @property
    def needs_more(self):
        """Whether the sample is to be extended."""
        return is_extension_due(self.draws)
