"""The figures of the live board, of every agency at once: computed for all who look, and kept for seconds.

They are read from indexes in a fixed number of queries. See docs/decisions.md, "One board for all".
"""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.core.cache import cache
from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from activities.models import Activity
from calendars.models import Leave, LeaveType, Month, NoWorkPattern, WorkPattern
from calendars.weeks import MonthKey, Week
from organization.models import Placement, Suspension, Unit
from organization.templatetags.display import NOTHING, number, percent
from records.templatetags.looks import cells

Row = Activity.Status
# Status of an activity, the class of its part of a bar, and the word of its column.
PARTS = [
    (Row.APPROVED, "p-ok", lazy("approved")),
    (Row.REPORTED, "p-wait", lazy("reported")),
    (Row.DRAFT, "p-draft", lazy("draft")),
    (Row.RETURNED, "p-back", lazy("returned")),
    (Row.REJECTED, "p-no", lazy("rejected")),
]
BAR_WIDTH, GAP = 1000, 4
BAR = '<svg class="ek-bars" viewBox="0 0 1000 16" preserveAspectRatio="none" role="img" {}>{}</svg>'
BAR_LABEL = 'aria-label="{}"'
BAR_PART = '<rect class="{}" x="{}" y="0" width="{}" height="16"/>'
KEPT, FRESH = 10, 5  # seconds: at most shown, and until one viewer counts anew for all


@dataclass(frozen=True)
class BarPart:
    """One part of a stacked bar: whole units of a bar 1000 wide."""

    look: str
    x: int
    width: int


@dataclass
class BoardLine:
    """The totals of one agency, or of all of them together."""

    name: str
    state: str = ""
    obliged: int = 0
    reported: int = 0
    waiting: int = 0
    decided: int = 0
    counts: dict = field(default_factory=dict)

    @property
    def percent(self):
        """Whole per cent of the obliged who have reported, half up; None where nobody is obliged."""
        return (200 * self.reported + self.obliged) // (2 * self.obliged) if self.obliged else None

    @property
    def columns(self):
        """(word, number) for each part, in the order of the colours."""
        return [(word, self.counts.get(status, 0)) for status, _look, word in PARTS]

    @property
    def total(self):
        return sum(self.counts.values())

    @property
    def bar(self):
        """The parts that hold something, left to right."""
        parts, x = [], 0
        for status, look, _word in PARTS:
            width = BAR_WIDTH * self.counts.get(status, 0) // self.total if self.total else 0
            if width:
                parts.append(BarPart(look, x, max(width - GAP, 1)))
            x += width
        return parts

    @cached_property
    def drawn(self):
        """The stacked bar, whose figures stand beside it too."""
        parts = format_html_join("", BAR_PART, ((part.look, part.x, part.width) for part in self.bar))
        told = ", ".join(f"{number(n)} {word}" for word, n in self.columns)
        return format_html(BAR, format_html(BAR_LABEL, f"{self.name}: {told}"), parts)

    @property
    def column_cells(self):
        return cells((word, number(n)) for word, n in self.columns)

    @property
    def week_cells(self):
        percent_of_all = NOTHING if self.percent is None else percent(self.percent)
        waiting, decided = number(self.waiting), number(self.decided)
        return cells([("%", percent_of_all), (_("waiting"), waiting), (_("with a decision"), decided)])

    @property
    def today_cells(self):
        return cells([(_("Obliged"), number(self.obliged)), (_("Reported"), number(self.reported))])

    @property
    def share_words(self):
        """How many have reported, for the meter."""
        facts = {"name": self.name, "reported": self.reported, "obliged": self.obliged}
        return _("%(name)s: %(reported)s of %(obliged)s people") % facts

    def add(self, other):
        for name in ("obliged", "reported", "waiting", "decided"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for status, n in other.counts.items():
            self.counts[status] = self.counts.get(status, 0) + n


@dataclass(frozen=True)
class Figures:
    """What was counted at a moment: BoardLine by agency id, and (agency id, sentence) of missing rules."""

    at: datetime
    lines: dict
    gaps: list


def figures_of(today):
    """The figures of all agencies for the day `today`, at most KEPT seconds old.

    While one viewer counts anew, the others are shown what is there.
    """
    key = f"board:{today}:{get_language()}"
    kept = cache.get(key)
    if kept and ((timezone.now() - kept.at).total_seconds() < FRESH or not cache.add(f"{key}:turn", 1, KEPT)):
        return kept
    found = FigureCount(today).figures
    cache.set(key, found, KEPT)
    cache.delete(f"{key}:turn")
    return found


class FigureCount:
    """Counts the present day, week and month of every agency with people."""

    def __init__(self, today):
        at = timezone.now()
        self.today, self.week, self.key = today, Week.of(today), MonthKey.of(today)
        posted = Placement.objects.on(today).filter(unit__agency=OuterRef("pk"))
        self._agencies = list(Unit.objects.agencies().filter(Exists(posted)))
        self._lines = {agency.pk: BoardLine(agency.name) for agency in self._agencies}
        self._read_months()
        self._read_obliged()
        self._read_activities()
        self.figures = Figures(at, self._lines, self._gaps())

    def _read_months(self):
        """Every month that holds a day of the present week or month, so that activities are found by them."""
        keys = {self.key, MonthKey.of(self.week.first_day), MonthKey.of(self.week.last_day)}
        wanted = Q(pk__in=[])
        for key in keys:
            wanted |= Q(year=key.year, month=key.month)
        self._months = {month.pk: month for month in Month.objects.filter(wanted, agency__in=self._lines)}
        for line in self._lines.values():
            line.state = str(Month.Status.OPEN.label)
        for month in self._months.values():
            if month.key == self.key:
                self._lines[month.agency_id].state = month.get_status_display()

    def _read_obliged(self):
        """People whose office works today, who are neither suspended nor wholly excused."""
        types = LeaveType.objects.timeline()
        in_force = [types.find(self.today, code) for code in types.scopes]
        excusing = [rule.scope for rule in in_force if rule and rule.excuses_report]
        today = Q(starts_on__lte=self.today) & (Q(ends_on__isnull=True) | Q(ends_on__gte=self.today))
        own = Q(person=OuterRef("person"))
        away = Leave.objects.standing().filter(own & today, half="", code__in=excusing)
        suspended = Suspension.objects.standing().filter(own & today)
        here = Q(person__deactivated_on__isnull=True) | Q(person__deactivated_on__gt=self.today)
        obliged = Count("person", distinct=True, filter=here & ~Exists(away) & ~Exists(suspended))
        found = (
            Placement.objects.on(self.today)
            .filter(unit__agency__in=self._lines)
            .order_by()
            .values_list("unit", "unit__pattern", "unit__agency")
            .annotate(people=obliged)
        )
        units = [(Unit(pk=pk, pattern=pattern, agency_id=agency), n) for pk, pattern, agency, n in found]
        offices = [*(unit for unit, _n in units), *self._agencies]
        calendars = WorkPattern.objects.calendars(offices, first=self.today, last=self.today)
        for unit, people in units:
            if calendars[unit.pk].is_pattern_day(self.today):
                self._lines[unit.agency_id].obliged += people
        self._all_have_patterns = all(calendar.has_pattern_on(self.today) for calendar in calendars.values())

    def _gaps(self):
        """The offices without a work pattern; only looked for where the calendars show one."""
        if self._all_have_patterns:
            return []
        missing = WorkPattern.objects.missing_in(self._lines, on=self.today)
        return [(unit.agency_id, str(NoWorkPattern(unit, self.today))) for unit in missing]

    def _read_activities(self):
        rows = Activity.objects.filter(month__in=self._months).order_by()
        sent, waits, today = rows.filling_the_day(), Q(status=Row.REPORTED), Q(performed_on=self.today)
        week = sent.in_week(self.week).values_list("month")
        figures = week.annotate(
            people=Count("person", distinct=True, filter=today),
            waiting=Count("status", filter=waits),
            decided=Count("status", filter=~waits),
        )
        for month, people, waiting, decided in figures:
            line = self._line(month)
            line.reported += people
            line.waiting, line.decided = line.waiting + waiting, line.decided + decided
        present = [pk for pk, month in self._months.items() if month.key == self.key]
        flow = rows.filter(month__in=present).values_list("month", "status").annotate(n=Count("*"))
        for month, status, n in flow:
            counts = self._line(month).counts
            status = Row.REJECTED.value if status == Row.VOIDED else status
            counts[status] = counts.get(status, 0) + n

    def _line(self, month):
        return self._lines[self._months[month].agency_id]
