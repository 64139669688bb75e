"""What was undecided when a month's review closed, as the assessors of its agency see it: by person and week.

Source: domain.md, section 5.
"""

from dataclasses import dataclass, field
from functools import cached_property

from approvals.rows import ReviewRow, RowReader
from calendars.weeks import Week
from organization.models import User


@dataclass
class UndecidedWeek:
    """The undecided rows of one person in one week."""

    person: User
    title: str
    week: Week
    rows: list[ReviewRow] = field(default_factory=list)

    def order(self):
        return self.person.name.lower(), self.person.pk, self.week

    @property
    def waiting(self):
        return [row for row in self.rows if row.can_decide]

    @property
    def minutes(self):
        return sum(row.minutes for row in self.waiting)

    @property
    def chosen(self):
        """Ids and versions of what waits, as bulk forms list them."""
        return ",".join(row.chosen for row in self.waiting)


class UndecidedMonth:
    """The undecided rows of `month` for the assessor of `scope`.

    With `focus` (person id, Week) only that part, with its rows already decided.
    """

    def __init__(self, scope, month, *, focus=None):
        self.scope, self.month, self.focus = scope, month, focus
        rows = (scope.undecided() if focus is None else scope.reached()).filter(month=month)
        if focus is not None:
            rows = rows.filter(person=focus[0]).in_week(focus[1])
        self.rows = RowReader(scope, back="left").read(rows)

    @cached_property
    def groups(self):
        """By person and week, in the order of names."""
        found = {}
        for row in self.rows:
            activity, week = row.activity, Week.of(row.activity.performed_on)
            new = UndecidedWeek(activity.person, activity.post.title, week)
            found.setdefault((activity.person_id, week), new).rows.append(row)
        return sorted(found.values(), key=UndecidedWeek.order)

    @property
    def row_count(self):
        return sum(len(group.waiting) for group in self.groups)

    @property
    def minutes(self):
        return sum(group.minutes for group in self.groups)

    def find(self, pk):
        """The row of the activity `pk`, or None where it does not wait here."""
        return next((row for row in self.rows if row.activity.pk == pk), None)
