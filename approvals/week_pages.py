"""One week as a reviewer sees it: their people, what they did and what waits.

Read in a fixed number of queries, whatever the number of people and rows. Source: domain.md, section 5.
"""

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate

from django.urls import reverse
from django.utils import dateformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities.models import Activity
from approvals.counted_rows import CountedRow, CountedRows
from approvals.deadlines import Deadlines
from approvals.models.decisions import ROWS_AT_ONCE
from approvals.rows import ReviewRow, RowReader
from approvals.standings import HIGHER, LINE
from approvals.states import DueState, WeekState
from calendars.days import PersonDays
from calendars.models import NoWorkPattern
from calendars.models.obligations import calendars_of
from calendars.weeks import Week
from organization.models import User
from organization.templatetags.display import deadline


@dataclass
class PersonWeek:
    """One person's week: its rows as they are counted, those that are shown, and what it asks of them.

    `days` is None where they have left the team.
    """

    person: User
    title: str
    week: Week
    counted: list[CountedRow] = field(default_factory=list)
    rows: list[ReviewRow] = field(default_factory=list)
    days: PersonDays | None = None

    @cached_property
    def waiting(self):
        return [row for row in self.counted if row.can_decide]

    @cached_property
    def needs_a_look(self):
        return any(row.needs_a_look for row in self.counted) or any(row.stands_open for row in self.rows)

    @property
    def elsewhere(self):
        """Activities that wait for somebody else, of those that are shown."""
        return [row.activity for row in self.rows if row.is_waiting and not row.can_decide]

    @property
    def is_done(self):
        return bool(self.counted) and not (self.waiting or self.needs_a_look)

    @cached_property
    def minutes(self):
        return sum(row.minutes for row in self.counted)

    @cached_property
    def waiting_minutes(self):
        return sum(row.minutes for row in self.waiting)

    @property
    def other_count(self):
        """How many rows are not shown."""
        return len(self.counted) - len(self.rows)

    @property
    def other_minutes(self):
        return self.minutes - sum(row.minutes for row in self.rows)

    @cached_property
    def address(self):
        """The page of this week of theirs; that of its rows alone lies below it."""
        return reverse("approvals:person", args=[self.week, self.person.pk])

    @property
    def one_by_one(self):
        return _("Decide the week of %(name)s one by one") % {"name": self.person}

    @property
    def day_count(self):
        return len({row.day for row in self.counted})

    @property
    def day_words(self):
        days = self.day_count
        return ngettext("%(days)s day", "%(days)s days", days) % {"days": days}

    @cached_property
    def target_minutes(self):
        return self.days.target_minutes if self.days else None

    @property
    def is_not_required(self):
        """The week asks nothing of them: wholly leave, holiday or suspension."""
        return self.days is not None and not self.days.obliged

    @property
    def state(self):
        """What the week is shown as where nothing in it has to be looked at."""
        if not self.counted:
            return WeekState.NOT_REQUIRED if self.is_not_required else WeekState.SILENT
        return WeekState.DONE if self.is_done else WeekState.CLEAN

    @property
    def flagged_count(self):
        return sum(row.flagged for row in self.waiting)

    @property
    def changed_count(self):
        return sum(row.changed for row in self.waiting)

    @property
    def late_count(self):
        return sum(row.is_higher for row in self.waiting)

    @property
    def chosen(self):
        """Ids and versions of what waits, as bulk forms list them."""
        return ",".join(f"{row.pk}:{row.version}" for row in self.waiting)


class WeekReview:
    """The people and rows of one week in the scope of one reviewer; with `only`, of one person (an id).

    Of one person all rows are read; else those that need a look, the others are counted. `answered` is the
    row whose form they sent: it stands here although somebody else decided it first.
    """

    def __init__(self, scope, week, *, back, only=None, answered=None):
        self.scope, self.week = scope, week
        self._sent = answered and answered.activity.pk
        self._postings = self._read_team(only)
        everybodys = only is None
        rows = scope.in_week(week, answered=self._sent) if everybodys else scope.of_person(only, week)
        self._found = CountedRows(scope, rows)
        self._deadlines = Deadlines(scope.at, rules=self._found.rules)
        self.counted = self._reached()
        self.rows = self._read_rows(everything=only is not None, back=back)

    def _reached(self):
        """What stands on the page; of the next level only what is overdue."""
        rows = [row for row in self._found.rows if row.reached or row.pk == self._sent]
        units = [*(posting.unit for posting in self._postings), *(row.unit for row in rows)]
        last = max(self.scope.today, self.week.last_day)
        self._deadlines.know(units, first=min(self.scope.today, self.week.first_day), last=last)
        overdue = self._deadlines.is_overdue
        return [row for row in rows if row.stands != HIGHER or overdue(row.day, row.unit)]

    def _read_rows(self, *, everything, back):
        """The rows that are shown: of one person all, else those that need a look and the one sent."""
        shown = {row.pk for row in self.counted if everything or row.needs_a_look}
        shown |= {self._sent} if self._sent else set()
        if not shown:
            return []
        reader = RowReader(self.scope, back=back, deadlines=self._deadlines)
        return reader.read(Activity.objects.filter(pk__in=shown), standings=self._found)

    @cached_property
    def people(self):
        found = {p.person_id: PersonWeek(p.person, p.post.title, self.week) for p in self._postings}
        for row in self.counted:
            if row.person.pk not in found:
                found[row.person.pk] = PersonWeek(row.person, row.title, self.week)
            found[row.person.pk].counted.append(row)
        for row in self.rows:
            found[row.activity.person_id].rows.append(row)
        for person, days in self._days().items():
            found[person].days = days
        return sorted(found.values(), key=lambda someone: (someone.person.name.lower(), someone.person.pk))

    @cached_property
    def to_look_at(self):
        return [someone for someone in self.people if someone.needs_a_look]

    @cached_property
    def clean(self):
        return [someone for someone in self.people if someone.waiting and not someone.needs_a_look]

    @cached_property
    def done(self):
        return [someone for someone in self.people if someone.is_done]

    @cached_property
    def silent(self):
        return [someone for someone in self.people if not someone.counted]

    @cached_property
    def approvable(self):
        """Those of the clean whose rows fit one request, in their order; the others follow in a next one."""
        rows = list(accumulate(len(someone.waiting) for someone in self.clean))
        return self.clean[: bisect_right(rows, ROWS_AT_ONCE)]

    @property
    def approvable_rows(self):
        return sum(len(someone.waiting) for someone in self.approvable)

    @property
    def approvable_minutes(self):
        return sum(someone.waiting_minutes for someone in self.approvable)

    @property
    def clean_rows(self):
        return sum(len(someone.waiting) for someone in self.clean)

    @property
    def clean_minutes(self):
        return sum(someone.waiting_minutes for someone in self.clean)

    @property
    def span(self):
        """The days of the week in words: "2–8 Mar 2026"."""
        first, last = self.week.first_day, self.week.last_day
        begin = "j" if first.month == last.month else "j M" if first.year == last.year else "j M Y"
        return f"{dateformat.format(first, begin)}–{dateformat.format(last, 'j M Y')}"

    @cached_property
    def months(self):
        """The months that can be opened, newest first; that of this week is one of them."""
        return sorted({*self.scope.months(), self.week.month}, reverse=True)

    @cached_property
    def due_at(self):
        """The earliest moment by which something that waits is due; None where nothing waits."""
        due_at = self._deadlines.due_at
        alike = {(row.day, row.unit.pk, row.closes): row for row in self.counted if row.can_decide}
        moments = (due_at(row.day, row.unit, closes=row.closes) for row in alike.values())
        return min(moments, default=None)

    @cached_property
    def waiting_since(self):
        """The moment at which the oldest of what waits for them was sent; None where nothing waits."""
        return min((row.since for row in self.counted if row.can_decide), default=None)

    @property
    def due_state(self):
        if self.due_at is None:
            return DueState.DONE
        return DueState.OVERDUE if self.due_at <= self.scope.at else DueState.DUE

    @property
    def due_words(self):
        return self.due_state.label % {"at": deadline(self.due_at)}

    @property
    def gaps(self):
        """Which office of these people has no work pattern this week, and whom to ask, as sentences."""
        offices = {posting.unit_id: posting.unit for posting in self._postings}
        day, calendars = self.week.first_day, self._deadlines.calendars
        without = [unit for pk, unit in offices.items() if not calendars[pk].has_pattern_on(day)]
        return sorted(str(NoWorkPattern(unit, day)) for unit in without)

    @cached_property
    def acting_for(self):
        """Titles of posts that are not their own and whose work stands here."""
        posting = self.scope.person.posting_on(self.scope.today)
        posts = {row.reviewing_post for row in self.counted if row.stands == LINE}
        return sorted(post.title for post in posts if post and (not posting or post.pk != posting.post_id))

    def find(self, pk):
        """The row of the activity `pk`, or None where it does not stand in this week."""
        return next((row for row in self.rows if row.activity.pk == pk), None)

    def _read_team(self, only):
        team = self.scope.team(self.week)
        team = team if only is None else team.filter(person=only)
        return list(team.select_related("person", "post", "unit").order_by("person", "starts_on", "key"))

    def _days(self):
        """What the week asks of each of the team: PersonDays by person id."""
        first, last, offices = self.week.first_day, self.week.last_day, self._deadlines.calendars
        found = calendars_of(self._postings, first=first, last=last, offices=offices)
        return {person: calendar.count(self.week) for person, calendar in found.items()}
