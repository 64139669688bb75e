"""A day and a week of one person's work, put together for their pages: read once, no query after."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from activities.models import Activity, ReportingDay, ReportingDays
from calendars.weeks import Week
from organization.templatetags.display import shortdate
from records.templatetags.looks import icon

CELL = '<a class="ek-cell {}" href="{}" aria-label="{}">{}</a>'
NOTHING_THERE = format_html('<span class="ek-muted">·</span>')
FILLING = {status for status in Activity.Status if status != Activity.Status.DRAFT}


@dataclass(frozen=True)
class DayPage:
    """One day with its activities. `minutes` are those reported; drafts are not counted."""

    reporting: ReportingDay
    activities: tuple[Activity, ...]
    at: datetime

    @cached_property
    def is_open(self):
        return self.reporting.is_open(self.at)

    @property
    def day(self):
        return self.reporting.day

    @cached_property
    def minutes(self):
        return sum(activity.minutes for activity in self.activities if activity.status in FILLING)

    @cached_property
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

    @cached_property
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

    @cached_property
    def address(self):
        return reverse("activities:day", args=[self.day])

    @cached_property
    def new_address(self):
        """Where a new report of this day is written."""
        return f"{reverse('activities:create')}?date={self.day.isoformat()}"

    @cached_property
    def written(self):
        return shortdate(self.day)

    @property
    def look(self):
        """The class of its cells in the grid."""
        return "is-today" if self.is_today else "is-off" if self.is_off else ""

    @cached_property
    def label(self):
        """The day in words for a link of a few letters."""
        figures = {"day": self.written, "minutes": self.minutes, "target": self.target}
        if self.is_off:
            return _("%(day)s, day off") % figures
        return _("%(day)s, %(minutes)d of %(target)d minutes") % figures


@dataclass(frozen=True)
class Cell:
    """What a row of the week grid holds on one day, and how it is written: there are a hundred in a page."""

    sheet: DayPage
    activities: tuple[Activity, ...]
    title: str
    item: object

    @cached_property
    def minutes(self):
        return sum(activity.minutes for activity in self.activities)

    @cached_property
    def only(self):
        """The one activity of the cell; None where there are more, or none."""
        return self.activities[0] if len(self.activities) == 1 else None

    @cached_property
    def is_draft(self):
        return all(activity.status not in FILLING for activity in self.activities)

    @cached_property
    def address(self):
        """Its one activity, the day of several, or a new report; "" where it leads nowhere."""
        if self.activities:
            return self.only.get_absolute_url() if self.only else self.sheet.address
        if not self.sheet.is_open:
            return ""
        return f"{self.sheet.new_address}&item={self.item.pk}" if self.item else self.sheet.new_address

    @property
    def drawn(self):
        if not self.address:
            return NOTHING_THERE
        return format_html(CELL, self.look, self.address, self.label, self.shown)

    @property
    def look(self):
        """Its class besides that of every cell."""
        if not self.activities:
            return "is-empty"
        return "is-copy" if self.only and self.is_draft else ""

    @property
    def label(self):
        """What its link says to who does not see the grid."""
        if not self.activities:
            return _("Report %(title)s on %(day)s") % {"title": self.title, "day": self.sheet.written}
        facts = {"minutes": self.minutes, "count": len(self.activities)}
        sentence = _("%(minutes)s minutes in %(count)s reports")
        if self.only:
            sentence, facts["status"] = _("%(minutes)s minutes, %(status)s"), self.only.get_status_display()
        return f"{self.title}, {self.sheet.written}: {sentence % facts}"

    @property
    def shown(self):
        """What stands in it: minutes with their state or number, or the sign for something new."""
        if not self.activities:
            return icon("tambah")
        if not self.only:
            count = len(self.activities)
            return format_html('{} <small class="ek-muted">× {}</small>', self.minutes, count)
        if self.is_draft:
            return format_html("<span>{}</span> <small>{}</small>", self.minutes, _("draft"))
        state = self.only.shown_status
        return format_html(
            '{} <span class="ek-status {}">{}</span>', self.minutes, state.tone, icon(state.shape)
        )


@dataclass(frozen=True)
class Row:
    """One kind of work through the week; `item` is None for work in the person's own words."""

    title: str
    item: object
    cells: tuple[Cell, ...]

    @cached_property
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
            kinds.setdefault((activity.item_id, activity.title), []).append(activity)
        monday = self.week.first_day

        def place(kind):
            (_item, title), found = kind
            this_week = any(activity.performed_on >= monday for activity in found)
            return not this_week, -sum(activity.minutes for activity in found), title

        return [self._row(found) for _kind, found in sorted(kinds.items(), key=place)]

    def _row(self, activities):
        example, by_day = activities[0], {}
        for activity in activities:
            by_day.setdefault(activity.performed_on, []).append(activity)
        title, item = example.title, example.item
        cells = (Cell(sheet, tuple(by_day.get(sheet.day, ())), title, item) for sheet in self.days)
        return Row(title, item, tuple(cells))
