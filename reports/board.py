"""The live board: totals by agency in a fixed number of queries, and never a person.

Source: screens.md, "Leadership"; agencies stand by alphabet, which is no ranking.
"""

from dataclasses import dataclass, field

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from activities.models import Activity
from calendars.models import Leave, LeaveType, Month, NoWorkPattern, WorkPattern
from calendars.weeks import MonthKey, Week
from organization.models import EmploymentStatus, Posting, Role, Unit

READERS = (Role.LEADERSHIP, Role.HEAD, Role.AUDITOR)
Row = Activity.Status
# EmploymentStatus of an activity, the class of its part of a bar, and the word of its column.
PARTS = [
    (Row.APPROVED, "p-ok", _("approved")),
    (Row.REPORTED, "p-wait", _("reported")),
    (Row.DRAFT, "p-draft", _("draft")),
    (Row.RETURNED, "p-back", _("returned")),
    (Row.REJECTED, "p-no", _("rejected")),
]
BAR_WIDTH, GAP = 1000, 4


def agencies_of(reader, *, on):
    """The agencies with people whose totals `reader` may see: all for the head and the auditor."""
    found = Unit.objects.none()
    for role in READERS:
        if reader.holds(role, on=on):
            found = found | Unit.objects.filter(pk__in=reader.agencies(role, on=on).order_by().values("pk"))
    posted = Posting.objects.on(on).filter(post__unit__agency=OuterRef("pk"))
    return found.filter(Exists(posted)).order_by("name", "pk")


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

    def add(self, other):
        for name in ("obliged", "reported", "waiting", "decided"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for status, number in other.counts.items():
            self.counts[status] = self.counts.get(status, 0) + number


class LiveBoard:
    """The present day, week and month of some agencies."""

    def __init__(self, agencies, *, today):
        self.today, self.week, self.key = today, Week.of(today), MonthKey.of(today)
        self._lines = {agency.pk: BoardLine(agency.name) for agency in agencies}
        self._read_months()
        self._read_obliged()
        self._read_activities()
        self.gaps = [
            str(NoWorkPattern(unit, today)) for unit in WorkPattern.objects.missing_in(self._lines, on=today)
        ]

    @property
    def lines(self):
        return list(self._lines.values())

    @property
    def total(self):
        total = BoardLine("")
        for line in self.lines:
            total.add(line)
        return total

    @property
    def words(self):
        """(class, word) of each part, for the legend and the columns."""
        return [(look, word) for _status, look, word in PARTS]

    def _read_months(self):
        """Every month that holds a day of the present week or month, so that activities are found by them."""
        keys = {self.key, MonthKey.of(self.week.first_day), MonthKey.of(self.week.last_day)}
        wanted = Q(pk__in=[])
        for key in keys:
            wanted |= Q(year=key.year, month=key.month)
        self._months = {month.pk: month for month in Month.objects.filter(wanted, agency__in=self._lines)}
        for line in self.lines:
            line.state = Month.Status.OPEN.label
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
        suspended = EmploymentStatus.objects.filter(own & today, kind=EmploymentStatus.Kind.SUSPENDED)
        found = (
            Posting.objects.on(self.today)
            .filter(post__unit__agency__in=self._lines)
            .filter(Q(person__deactivated_on__isnull=True) | Q(person__deactivated_on__gt=self.today))
            .exclude(Exists(away))
            .exclude(Exists(suspended))
            .order_by()
            .values_list("post__unit", "post__unit__pattern", "post__unit__agency")
            .annotate(people=Count("person", distinct=True))
        )
        units = [(Unit(pk=pk, pattern=pattern, agency_id=agency), n) for pk, pattern, agency, n in found]
        calendars = WorkPattern.objects.calendars(
            [unit for unit, _n in units], first=self.today, last=self.today
        )
        for unit, people in units:
            if calendars[unit.pk].is_pattern_day(self.today):
                self._lines[unit.agency_id].obliged += people

    def _read_activities(self):
        rows = Activity.objects.filter(month__in=self._months).order_by()
        sent = rows.filling_the_day().values_list("month")
        today = sent.on_day(self.today).annotate(people=Count("person", distinct=True))
        for month, people in today:
            self._line(month).reported += people
        waits = Q(status=Row.REPORTED)
        week = sent.in_week(self.week).annotate(
            waiting=Count("pk", filter=waits), decided=Count("pk", filter=~waits)
        )
        for month, waiting, decided in week:
            line = self._line(month)
            line.waiting, line.decided = line.waiting + waiting, line.decided + decided
        present = [pk for pk, month in self._months.items() if month.key == self.key]
        flow = rows.filter(month__in=present).values_list("month", "status").annotate(n=Count("pk"))
        for month, status, number in flow:
            counts = self._line(month).counts
            status = Row.REJECTED if status == Row.VOIDED else status
            counts[status] = counts.get(status, 0) + number

    def _line(self, month):
        return self._lines[self._months[month].agency_id]
