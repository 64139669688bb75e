"""One's own work of today, this week and this month, read in a fixed number of queries.

Source: domain.md, sections 3, 4 and 6; screens.md, "Staff".
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Q
from django.utils.translation import gettext as _

from activities.models import Activity
from calendars.models import Month, NoWorkPattern
from calendars.models.obligations import person_calendar
from calendars.weeks import MonthKey, Week
from organization.templatetags.display import daymonth, weekday
from reports.estimate import Provisional
from reports.home_rules import HomeRules

Status = Activity.Status


@dataclass(frozen=True)
class DayLink:
    """One day of the week strip: its minutes reported and asked for."""

    day: date
    minutes: int
    target_minutes: int
    is_off: bool

    @property
    def label(self):
        """The day in words for a link of a few letters."""
        words = _("no report asked")
        if self.minutes or not self.is_off:
            figures = {"minutes": self.minutes, "target": self.target_minutes}
            words = _("%(minutes)s of %(target)s minutes") % figures
        return f"{weekday(self.day)} {daymonth(self.day)}, {words}"


class Home:
    """What the home page shows of one person's own work; they hold a post today."""

    def __init__(self, person, posting, *, at):
        self.person, self.posting, self.at = person, posting, at
        self.today = person.today(at)
        self.week, self.key = Week.of(self.today), MonthKey.of(self.today)
        first, last = self.key.previous.first_day, self.key.next.last_day
        self.calendar = person_calendar(person, first=first, last=last)
        self._read_rows()
        self.months = Month.objects.around(posting.unit.agency, self.key)
        self.rules = HomeRules.read(on=self.key.last_day, class_number=posting.job_class.number)

    def _read_rows(self):
        first = min(self.week.first_day, self.key.first_day)
        last = max(self.week.last_day, self.key.last_day)
        shown = Q(performed_on__range=(first, last)) | Q(status=Status.RETURNED)
        rows = Activity.objects.of(self.person).filter(shown).select_related("item", "month")
        self.rows = list(rows)

    @property
    def month(self):
        return self.months.get(self.key)

    @property
    def previous_month(self):
        return self.months.get(self.key.previous)

    @property
    def months_shown(self):
        """The months that exist, the present one first."""
        return [month for month in (self.month, self.previous_month) if month]

    @property
    def here(self):
        """The calendar of the office where they stand today."""
        return self.calendar.on(self.today).stay.calendar

    @cached_property
    def today_link(self):
        return self._link(self.today)

    @cached_property
    def days(self):
        """The seven days of this week."""
        return [self._link(day) for day in self.week.days]

    def _link(self, day):
        asked = self.calendar.on(day)
        minutes = sum(
            row.minutes for row in self.rows if row.performed_on == day and row.status != Status.DRAFT
        )
        return DayLink(day, minutes, asked.target_minutes, is_off=not asked.is_obliged)

    @property
    def pattern_minutes(self):
        return self.calendar.on(self.today).pattern_minutes

    @property
    def gaps(self):
        """That their office has no work pattern, and whom to ask, as sentences."""
        if self.calendar.on(self.today).has_pattern:
            return []
        return [str(NoWorkPattern(self.posting.unit, self.today))]

    @property
    def activities(self):
        """Today's work, drafts among it, in the order of the day."""
        return [row for row in self.rows if row.performed_on == self.today]

    @property
    def repeatable(self):
        """The newest earlier day of this month or week with reported work, to copy into an empty today."""
        if self.activities or self.today_link.is_off:
            return None
        days = [row.performed_on for row in self.rows if row.status != Status.DRAFT]
        return max((day for day in days if day < self.today), default=None)

    @property
    def returned(self):
        """What was sent back and can still be answered, the most urgent first."""
        rows = [row for row in self.rows if row.status == Status.RETURNED and row.can_be_answered(self.at)]
        return sorted(rows, key=lambda row: (row.return_due_at, row.pk))

    @property
    def week_minutes(self):
        return sum(link.minutes for link in self.days)

    @property
    def week_target(self):
        return sum(link.target_minutes for link in self.days)

    @cached_property
    def provisional(self):
        """The score so far with its estimate; None where no rule is in force or the month is closed."""
        if self.rules is None or (self.month and self.month.status != Month.Status.OPEN):
            return None
        days = {day for day in self.key.days if self.calendar.on(day).counts}
        rows = [row for row in self.rows if row.performed_on in days]
        return Provisional(
            rules=self.rules,
            posting=self.posting,
            rows=[row for row in rows if row.status != Status.DRAFT],
            so_far=self.calendar.count(self.key, until=self.today),
            whole=self.calendar.count(self.key),
        )
