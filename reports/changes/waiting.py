"""What waits for a second HR person: each kind of request in words, with the months it would touch."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db.models import CharField, F, Q, Value
from django.urls import reverse
from django.utils.translation import gettext as _

from assessment.waits import names_of
from calendars.models import HolidayCancellation, LeaveChange, LeaveType
from organization.models import (
    ActingLetter,
    Grant,
    LetterEnding,
    Posting,
    Requested,
    Role,
    Sanction,
    SanctionCancellation,
    User,
)
from organization.templatetags.display import monthname, percent, shortdate
from reports.changes.touched import (
    Touched,
    touched_by_holidays,
    touched_by_leave,
    touched_by_letter,
    touched_by_sanction,
)

PEOPLE = ("requested_by", "decided_by")


class Words(NamedTuple):
    """A request in words: what is asked, of what, and the decree or letter that this stands on."""

    act: str
    subject: str
    basis: str
    reason: str = ""


@dataclass(frozen=True)
class Kind:
    """One kind of request: its table, what belongs to a row, its words, and what its approval touches.

    `words` makes Words of a row and the titles of the leave types by code.
    """

    model: type[Requested]
    related: tuple[str, ...]
    words: Callable
    touched: Callable

    @property
    def rows(self):
        return self.model.objects.select_related(*PEOPLE, *self.related)


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


def acts():
    return {
        "sanctions": _("Sanction"),
        "sanction-cancellations": _("Cancel a sanction"),
        "leave-changes": _("Cancel or end leave"),
        "holiday-cancellations": _("Cancel a holiday"),
        "letters": _("Acting letter"),
        "letter-endings": _("Cancel or end an acting letter"),
    }


def shown(kind, row):
    """One request for its own page."""
    return Waiting(kind, row, KINDS[kind].words(row, LeaveType.objects.titles()))


def waiting_for(reader, *, on):
    """Every request in the scope of `reader`, oldest first: also those they asked for themselves."""
    titles = LeaveType.objects.titles()
    found = [
        Waiting(name, row, kind.words(row, titles))
        for name, kind in KINDS.items()
        for row in kind.rows.shown_to(reader, on=on)
    ]
    return sorted(found, key=lambda waiting: waiting.row.requested_at)


def lines_for(reader, *, on):
    """WaitingLine of what `reader` may decide, oldest first; one query."""
    parts = []
    for name, kind in KINDS.items():
        person = Value("", CharField()) if kind.model.person is None else F("person__name")
        found = kind.model.objects.decidable_by(reader, on=on).order_by()
        found = found.annotate(kind=Value(name, CharField()), name=person, asked_by=F("requested_by__name"))
        parts.append(found.values_list("kind", "pk", "name", "asked_by", "requested_at"))
    return [WaitingLine(*row) for row in parts[0].union(*parts[1:], all=True).order_by("requested_at", "pk")]


def lines_of(request):
    """The same of the person signed in; read once for page and menu."""
    if not hasattr(request, "request_lines"):
        request.request_lines = lines_for(request.user, on=request.user.today())
    return request.request_lines


def seconds(row, *, on):
    """The names of the HR administrators who may decide a request: not who asked, nor whom it concerns."""
    held = Grant.objects.on(on).filter(role=Role.HR)
    able = Q(unit=None)
    if row.person is not None:
        posting = Posting.objects.on(on).filter(person=row.person)
        able |= Q(unit__agency__in=posting.values("post__unit__agency"))
    out = [row.requested_by_id, row.person.pk if row.person else None]
    people = User.objects.filter(pk__in=held.filter(able).values("person"))
    return names_of(people.exclude(pk__in=filter(None, out)).by_name())


def sanction_words(sanction, _titles):
    return Words(acts()["sanctions"], period_of(sanction), sanction.decree)


def cancellation_words(asked, _titles):
    return Words(
        acts()["sanction-cancellations"], period_of(asked.sanction), asked.sanction.decree, asked.reason
    )


def leave_words(asked, titles):
    leave = asked.leave
    title = titles.get(leave.code, leave.code)
    facts = {"type": title, "first": shortdate(leave.starts_on), "last": shortdate(leave.ends_on)}
    subject = _("%(type)s, %(first)s to %(last)s") % facts
    if asked.ends_on is None:
        return Words(_("Cancel leave or duty"), subject, leave.letter, asked.reason)
    act = _("End leave or duty on %(day)s") % {"day": shortdate(asked.ends_on)}
    return Words(act, subject, leave.letter, asked.reason)


def holiday_words(asked, _titles):
    holiday = asked.holiday
    where = holiday.unit.name if holiday.unit else _("the whole city")
    subject = f"{holiday.title}, {shortdate(holiday.date)}, {where}"
    return Words(acts()["holiday-cancellations"], subject, holiday.decree, asked.reason)


def letter_words(letter, _titles):
    return Words(acts()["letters"], about_letter(letter), letter.letter)


def letter_ending_words(asked, _titles):
    act = _("Cancel an acting letter")
    if asked.ends_on is not None:
        act = _("End an acting letter on %(day)s") % {"day": shortdate(asked.ends_on)}
    return Words(act, about_letter(asked.letter), asked.letter.letter, asked.reason)


def about_letter(letter):
    """Plh Kepala Bidang, Dinas Contoh, Sen, 9 Mar 2026 – Jum, 13 Mar 2026."""
    days = f"{shortdate(letter.starts_on)} – {shortdate(letter.ends_on)}"
    return f"{letter.get_capacity_display()} {letter.post}, {days}"


def period_of(sanction):
    """The percent and the months of a sanction: 25 %, Maret 2026 – April 2026."""
    months = [monthname(sanction.first_month)]
    months += [] if sanction.is_of_one_month else [monthname(sanction.last_month)]
    return f"{percent(sanction.percent)}, {' – '.join(months)}"


KINDS = {
    "sanctions": Kind(
        Sanction,
        ("person",),
        sanction_words,
        lambda row: touched_by_sanction(row.person, row.first_month, row.last_month),
    ),
    "sanction-cancellations": Kind(
        SanctionCancellation,
        ("person", "sanction"),
        cancellation_words,
        lambda row: touched_by_sanction(row.person, row.sanction.first_month, row.sanction.last_month),
    ),
    "leave-changes": Kind(
        LeaveChange,
        ("person", "leave"),
        leave_words,
        lambda row: touched_by_leave(row.person, *row.changed_days),
    ),
    "holiday-cancellations": Kind(
        HolidayCancellation,
        ("holiday__unit",),
        holiday_words,
        lambda row: touched_by_holidays((row.holiday.date, row.holiday.unit)),
    ),
    "letters": Kind(ActingLetter, ("person", "post__unit"), letter_words, touched_by_letter),
    "letter-endings": Kind(
        LetterEnding, ("person", "letter__post__unit"), letter_ending_words, lambda row: Touched(())
    ),
}
