"""One week as a reviewer sees it: their people, what they did and what waits.

Read in a fixed number of queries, whatever the number of people and rows. Source: domain.md, section 5.
"""

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate

from django.utils import dateformat

from approvals.models.decisions import ROWS_AT_ONCE
from approvals.rows import LINE, ReviewRow, RowReader
from approvals.states import DueState, WeekState
from calendars.days import PersonDays
from calendars.models import NoWorkPattern
from calendars.models.obligations import calendars_of
from organization.models import User
from organization.templatetags.display import deadline


@dataclass
class PersonWeek:
    """One person's week: rows, and what it asks of them (None where they have left the team)."""

    person: User
    title: str
    rows: list[ReviewRow] = field(default_factory=list)
    days: PersonDays | None = None

    @property
    def waiting(self):
        return [row for row in self.rows if row.can_decide]

    @property
    def to_look_at(self):
        return [row for row in self.rows if row.needs_a_look or row.stands_open]

    @property
    def others(self):
        return [row for row in self.rows if not (row.needs_a_look or row.stands_open)]

    @property
    def other_minutes(self):
        return sum(row.minutes for row in self.others)

    @property
    def is_done(self):
        return bool(self.rows) and not (self.waiting or self.to_look_at)

    @property
    def minutes(self):
        return sum(row.minutes for row in self.rows)

    @property
    def waiting_minutes(self):
        return sum(row.minutes for row in self.waiting)

    @property
    def day_count(self):
        return len({row.activity.performed_on for row in self.rows})

    @property
    def target_minutes(self):
        return self.days.target_minutes if self.days else None

    @property
    def is_not_required(self):
        """The week asks nothing of them: wholly leave, holiday or suspension."""
        return self.days is not None and not self.days.obliged

    @property
    def state(self):
        """What the week is shown as where nothing in it has to be looked at."""
        if not self.rows:
            return WeekState.NOT_REQUIRED if self.is_not_required else WeekState.SILENT
        return WeekState.DONE if self.is_done else WeekState.CLEAN

    @property
    def flagged_count(self):
        return sum(row.activity.flagged for row in self.waiting)

    @property
    def changed_count(self):
        return sum(bool(row.past) for row in self.waiting)

    @property
    def late_count(self):
        return sum(row.is_higher for row in self.waiting)

    @property
    def chosen(self):
        """Ids and versions of what waits, as bulk forms list them."""
        return ",".join(row.chosen for row in self.waiting)


class WeekReview:
    """The people and rows of one week in the scope of one reviewer; with `only`, of one person (an id).

    `answered` is the row whose form they sent: it stands here although somebody else decided it first.
    """

    def __init__(self, scope, week, *, back, only=None, answered=None):
        self.scope, self.week = scope, week
        self._reader = RowReader(scope, back=back)
        self._postings = self._read_team(only)
        rows = scope.in_week(week, answered=answered and answered.activity.pk)
        units = [posting.post.unit for posting in self._postings]
        self.rows = self._reader.read(
            rows if only is None else rows.filter(person=only), first=week.first_day, units=units
        )

    @cached_property
    def people(self):
        found = {p.person_id: PersonWeek(p.person, p.post.title) for p in self._postings}
        for row in self.rows:
            activity = row.activity
            someone = found.setdefault(activity.person_id, PersonWeek(activity.person, activity.post.title))
            someone.rows.append(row)
        for person, days in self._days().items():
            found[person].days = days
        return sorted(found.values(), key=lambda someone: (someone.person.name.lower(), someone.person.pk))

    @property
    def to_look_at(self):
        return [someone for someone in self.people if someone.to_look_at]

    @property
    def clean(self):
        return [someone for someone in self.people if someone.waiting and not someone.to_look_at]

    @property
    def done(self):
        return [someone for someone in self.people if someone.is_done]

    @property
    def silent(self):
        return [someone for someone in self.people if not someone.rows]

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

    @property
    def due_at(self):
        """The earliest moment by which something that waits is due; None where nothing waits."""
        return min((self._reader.due_at(row.activity) for row in self.rows if row.can_decide), default=None)

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
        offices = {posting.post.unit_id: posting.post.unit for posting in self._postings}
        day, calendars = self.week.first_day, self._reader.calendars
        without = [unit for pk, unit in offices.items() if not calendars[pk].has_pattern_on(day)]
        return sorted(str(NoWorkPattern(unit, day)) for unit in without)

    @property
    def acting_for(self):
        """Titles of posts that are not their own and whose work stands here."""
        posting = self.scope.person.posting_on(self.scope.today)
        posts = {row.activity.reviewing_post for row in self.rows if row.stands == LINE}
        return sorted(post.title for post in posts if post and (not posting or post.pk != posting.post_id))

    def find(self, pk):
        """The row of the activity `pk`, or None where it does not stand in this week."""
        return next((row for row in self.rows if row.activity.pk == pk), None)

    def _read_team(self, only):
        team = self.scope.team(self.week)
        team = team if only is None else team.filter(person=only)
        return list(team.select_related("person", "post__unit").order_by("person", "starts_on", "pk"))

    def _days(self):
        """What the week asks of each of the team: PersonDays by person id."""
        first, last, offices = self.week.first_day, self.week.last_day, self._reader.calendars
        found = calendars_of(self._postings, first=first, last=last, offices=offices)
        return {person: calendar.count(self.week) for person, calendar in found.items()}
