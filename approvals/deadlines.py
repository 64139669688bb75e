"""When the review of many rows is due: calendars and rules read once for all of them.

Source: domain.md, sections 4 and 5; the arithmetic is approvals.due.
"""

from datetime import timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from approvals import due
from approvals.models import ReviewRule
from calendars.models import WorkPattern
from calendars.weeks import Week

BEYOND = timedelta(days=60)  # further than any deadline of a rule


class Deadlines:
    """Due moments at the moment `at`. A unit is asked about once `know` has read its calendar."""

    def __init__(self, at, *, rules=None):
        self.at, self.calendars, self._rules = at, {}, rules

    @cached_property
    def rules(self):
        """The review rules as a Timeline: those given, else read."""
        return self._rules or ReviewRule.objects.timeline()

    def know(self, units, *, first, last):
        """Read the calendars of these units from `first` to beyond the deadlines of `last`; not twice."""
        missing = {unit.pk: unit for unit in units if unit.pk not in self.calendars}
        if missing:
            self.calendars |= WorkPattern.objects.calendars(missing.values(), first=first, last=last + BEYOND)

    def due_at(self, day, unit, *, closes):
        """The moment by which the line decides a row of `day`; review close where no rule says it earlier."""
        rule = self.rules.find(day)
        if rule is None:
            return closes
        office = self.calendars[unit.pk], ZoneInfo(unit.zone)
        return due.review_due_at(Week.of(day), *office, due_days=rule.due_days, review_closes_at=closes)

    def is_overdue(self, day, unit):
        """Whether a row of `day` stands with the next superior too."""
        rule = self.rules.find(day)
        if rule is None:
            return False
        office = self.calendars[unit.pk], ZoneInfo(unit.zone)
        first = due.stands_higher_from(Week.of(day), *office, overdue_days=rule.overdue_days)
        return self._today(unit) >= first

    def return_days(self, unit, *, closes):
        """The first and last day on which a return decided now may fall due; None where there is none."""
        return due.return_days(
            self._today(unit), self.calendars[unit.pk], ZoneInfo(unit.zone), review_closes_at=closes
        )

    def _today(self, unit):
        return self.at.astimezone(ZoneInfo(unit.zone)).date()
