"""A day and a week of one person's work, put together for their pages: read once, no query after."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils.translation import gettext as _

from activities.models import Activity, ReportingDay, ReportingDays
from calendars.weeks import Week
from organization.templatetags.display import shortdate

FILLING = {status for status in Activity.Status if status != Activity.Status.DRAFT}


@dataclass(frozen=True)
class DayPage:
    """One day with its activities. `minutes` are those reported; drafts are not counted."""

    reporting: ReportingDay
    activities: tuple[Activity, ...]
    at: datetime

    @property
    def is_open(self):
        return self.reporting.is_open(self.at)

    @property
    def day(self):
        return self.reporting.day

    @property
    def minutes(self):
        return sum(activity.minutes for activity in self.activities if activity.status in FILLING)

    @property
    def drafts(self):
        return [activity for activity in self.activities if activity.status not in FILLING]

    @property
    def target(self):
        return self.reporting.asks.target_minutes

    @property
    def is_today(self):
        return self.day == self.reporting.today

    @property
    def title(self):
        return _("Today") if self.is_today else shortdate(self.day)

    @property
    def is_off(self):
        return not self.reporting.asks.is_working

    @property
    def gaps(self):
        """Which approved rule the day waits for, and whom to ask, as sentences."""
        return self.reporting.gaps

    @property
    def state(self):
        """What the day is, in one or two words."""
        if self.reporting.posting is None:
            return _("no post")
        if self.is_off:
            return _("suspended") if self.reporting.asks.is_suspended else _("day off")
        if self.reporting.asks.excused:
            return _("on leave") if self.reporting.asks.is_excused else _("half a day of leave")
        if self.is_today:
            return _("today")
        if self.day > self.reporting.today:
            return _("to come")
        return _("open") if self.is_open else _("closed")

    @property
    def until(self):
        return self.reporting.until(self.at)

    @property
    def remark(self):
        """State and last moment in one line, "open until …" without a second "open"."""
        says_itself = self.until and not (self.is_today or self.reporting.asks.excused)
        return " · ".join(filter(None, ["" if says_itself else self.state, self.until]))

    @property
    def label(self):
        """The day in words for a link of a few letters."""
        figures = {"day": shortdate(self.day), "minutes": self.minutes, "target": self.target}
        if self.is_off:
            return _("%(day)s, day off") % figures
        return _("%(day)s, %(minutes)d of %(target)d minutes") % figures


@dataclass(frozen=True)
class Cell:
    """What a row of the week grid holds on one day."""

    sheet: DayPage
    activities: tuple[Activity, ...]

    @property
    def minutes(self):
        return sum(activity.minutes for activity in self.activities)

    @property
    def only(self):
        """The one activity of the cell; None where there are more, or none."""
        return self.activities[0] if len(self.activities) == 1 else None

    @property
    def is_draft(self):
        return all(activity.status not in FILLING for activity in self.activities)


@dataclass(frozen=True)
class Row:
    """One kind of work through the week; `item` is None for work in the person's own words."""

    title: str
    item: object
    cells: tuple[Cell, ...]

    @property
    def minutes(self):
        return sum(cell.minutes for cell in self.cells if not cell.is_draft)


class WeekPage:
    """A person's week: its seven days, and a row for each kind of work of this week or the last."""

    def __init__(self, person, week, *, at):
        self.week, self.at = week, at
        self.reporting = ReportingDays(person, at=at, first=week.first_day, last=week.last_day, for_page=True)
        both = (week.previous.first_day, week.last_day)
        rows = Activity.objects.of(person).filter(performed_on__range=both).select_related("item")
        self._found = list(rows.order_by("performed_on", "starts_at", "pk"))

    def day(self, day):
        mine = tuple(activity for activity in self._found if activity.performed_on == day)
        return DayPage(self.reporting[day], mine, self.at)

    def reported_before(self, day):
        """The newest day before `day`, of this week or the last, with something reported; None where none."""
        days = [row.performed_on for row in self._found if row.performed_on < day and row.status in FILLING]
        return max(days, default=None)

    @cached_property
    def days(self):
        return [self.day(day) for day in self.week.days]

    @property
    def minutes(self):
        return sum(sheet.minutes for sheet in self.days)

    @property
    def target(self):
        return sum(sheet.target for sheet in self.days)

    @property
    def has_waiting(self):
        """Whether anything reported of the week is undecided."""
        return any(row.status == Activity.Status.REPORTED for sheet in self.days for row in sheet.activities)

    @property
    def is_present(self):
        return self.week == Week.of(self.reporting.today)

    @property
    def gaps(self):
        """The first sentence about a missing rule of the week."""
        return next((sheet.gaps for sheet in self.days if sheet.gaps), [])

    @property
    def takes_reports(self):
        return any(sheet.is_open for sheet in self.days)

    @cached_property
    def rows(self):
        """Kinds of work of this week first, then those of last week, each by how many minutes they took."""
        kinds = {}
        for activity in self._found:
            this_week = activity.performed_on >= self.week.first_day
            kind = kinds.setdefault((activity.item_id, activity.title), [activity, False, 0])
            kind[1] = kind[1] or this_week
            kind[2] += activity.minutes
        ordered = sorted(kinds.items(), key=lambda kind: (not kind[1][1], -kind[1][2], kind[0][1]))
        return [self._row(key, example) for key, (example, _this_week, _minutes) in ordered]

    def _row(self, key, example):
        cells = tuple(
            Cell(sheet, tuple(a for a in sheet.activities if (a.item_id, a.title) == key))
            for sheet in self.days
        )
        return Row(example.title, example.item, cells)
