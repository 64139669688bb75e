"""What waits for a second HR person: each request in words, with the months it would touch."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.db.models import CharField, F, Q, Value
from django.urls import reverse

from assessment.waits import names_of
from calendars.models import LeaveType
from organization.models import (
    Grant,
    Placement,
    Requested,
    Role,
    User,
)
from records.side_by_side import Rows
from reports.changes.kinds import KINDS
from reports.changes.words import (
    Words,
    acts,
)


@dataclass(frozen=True)
class Waiting:
    """A request as a page shows it."""

    kind: str
    row: Requested
    words: Words

    @property
    def url(self):
        return reverse("changes:request", args=[self.kind, self.row.pk])


@dataclass(frozen=True)
class WaitingLine:
    """A request in one line of the home page; `name` is whom it concerns, "" for the calendar."""

    kind: str
    pk: int
    name: str
    asked_by: str
    asked_at: datetime

    @property
    def act(self):
        return acts()[self.kind]

    @property
    def url(self):
        return reverse("changes:request", args=[self.kind, self.pk])


def shown(kind, row):
    """One request for its own page."""
    return Waiting(kind, row, KINDS[kind].words(row, LeaveType.objects.titles()))


def waiting_for(reader, *, on):
    """Every request in the scope of `reader`, oldest first: also those they asked for themselves."""
    lines, titles = lines_for(reader, on=on, own=True), LeaveType.objects.titles()
    found = [
        Waiting(name, row, kind.words(row, titles))
        for name, kind in KINDS.items()
        if any(line.kind == name for line in lines)
        for row in kind.rows.shown_to(reader, on=on)
    ]
    return sorted(found, key=lambda waiting: waiting.row.requested_at)


def lines_for(reader, *, on, own=False, kinds=None):
    """WaitingLine of what `reader` may decide, oldest first, where `own` also what they asked.

    Of the dozen kinds only those are asked of which something waits; `kinds` are their `kinds_waiting`.
    """
    parts = []
    for (name,) in kinds or kinds_waiting():
        kind = KINDS[name]
        person = F(kind.name) if kind.name else Value("", CharField())
        rows = kind.model.objects
        found = (rows.shown_to(reader, on=on) if own else rows.decidable_by(reader, on=on)).order_by()
        told = {"is": Value(name, CharField()), "concerns": person, "asked_by": F("requested_by__name")}
        found = found.annotate(**told)
        parts.append(found.values_list("is", "pk", "concerns", "asked_by", "requested_at"))
    if not parts:
        return []
    united = parts[0].union(*parts[1:], all=True) if parts[1:] else parts[0]
    return [WaitingLine(*row) for row in united.order_by("requested_at", "pk")]


def kinds_waiting():
    """The names of the kinds of which something waits for a second person, whoever that is, as Rows."""
    return Rows(*_kinds_waiting())


@cache
def _kinds_waiting():
    tables = {name: kind.model._meta.db_table for name, kind in KINDS.items()}
    each = "SELECT %s AS kind WHERE EXISTS (SELECT FROM {} WHERE outcome = %s)"
    asked = " UNION ALL ".join(each.format(table) for table in tables.values())
    return asked, [value for name in tables for value in (name, Requested.Outcome.WAITING.value)]


def lines_of(request):
    """The same of the person signed in; read once for page and menu."""
    if not hasattr(request, "request_lines"):
        request.request_lines = lines_for(
            request.user, on=request.user.today(), kinds=getattr(request, "kinds_waiting", None)
        )
    return request.request_lines


def read_counts(request, *, on):
    """Read, with the posts below the person signed in, of which kinds something waits for HR."""
    if request.user.holds(Role.HR, on=on) and not hasattr(request, "request_lines"):
        request.kinds_waiting = kinds_waiting()
        request.user.levels_on(on, beside=[request.kinds_waiting])


def seconds(row, *, on):
    """The names of the HR administrators who may decide a request: not who asked, nor whom it concerns."""
    held = Grant.objects.on(on).filter(role=Role.HR)
    able = Q(unit=None)
    if row.person is not None:
        posted = Placement.objects.on(on).filter(person=row.person)
        able |= Q(unit__agency__in=posted.values("unit__agency"))
    out = [row.requested_by_id, row.person.pk if row.person else None]
    people = User.objects.filter(pk__in=held.filter(able).values("person"))
    return names_of(people.exclude(pk__in=filter(None, out)).by_name())
