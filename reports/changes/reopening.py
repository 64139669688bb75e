"""Days that a change of HR turns into working days: told before it is saved, opened once it is.

Source: domain.md, section 3, "A day that became a working day after its window".
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import ngettext

from activities.models import OpenDay, calendars_around, reopened, take_back_notices
from calendars.models import Holiday, HolidayCancellation, Leave, LeaveChange, UnaskedDay
from calendars.weeks import days_between
from organization.models import (
    Joining,
    LeavingCancellation,
    Placement,
    PostChange,
    Posting,
    Reinstatement,
    Suspension,
    SuspensionCancellation,
    Transfer,
    TransferCancellation,
    User,
)
from records.refusals import Refusal

REACH = timedelta(days=100)  # no month stays open for longer


@dataclass(frozen=True)
class Freed:
    """What a change may turn into working days, from `first` to `last`.

    `people` gives ids of whom it concerns; `attempt` makes the change as it would be made, to be taken back,
    and returns the ids of people that it made.
    """

    people: Callable
    first: date
    last: date
    reason: str
    attempt: Callable

    @property
    def days(self):
        """Those up to today, at whatever office, that an open month can hold."""
        tomorrow = timezone.localdate() + timedelta(days=1)
        return list(days_between(max(self.first, tomorrow - REACH), min(self.last, tomorrow)))

    def calendars(self, more=(), *, at):
        return calendars_around([*self.people(), *more], self.days[0], at=at)


def freed_by(row):
    """What the request `row` frees; None for a kind that frees no day."""
    make = FREES.get(type(row))
    return make(row) if make else None


def note(freed):
    """Sentences on how many people get a window by the change, which is tried out and taken back."""
    if freed is None or not freed.days:
        return ()
    at = timezone.now()
    try:
        with transaction.atomic():
            before, more = freed.calendars(at=at), freed.attempt() or ()
            rows, shut = reopened(before, freed.calendars(more, at=at), freed.days, at=at)
            transaction.set_rollback(True)
    except (Refusal, ValidationError, IntegrityError):
        return ()
    return tuple(_sentences(rows, shut))


@transaction.atomic
def carry_out(freed, act, *, by, at):
    """Do `act` and open, for the people concerned, the days that it turned into working days."""
    if freed is None or not freed.days:
        return act()
    before, result = freed.calendars(at=at), act()
    rows, shut = reopened(before, freed.calendars(at=at), freed.days, at=at)
    take_back_notices(freed.days[0], freed.days[-1], at=at, people=freed.people())
    OpenDay.objects.open(rows, by=by, at=at, reason=freed.reason)
    UnaskedDay.objects.add(shut, by=by, at=at, reason=freed.reason)
    return result


def _sentences(rows, shut):
    if rows:
        people = len({row.person_id for row in rows})
        sentence = ngettext(
            "%(days)s day of %(people)s employee becomes a working day again: they get time to report it "
            "and are told.",
            "%(days)s days of %(people)s employees become working days again: they get time to report them "
            "and are told.",
            people,
        )
        yield sentence % {"days": len(rows), "people": people}
    if count := len(shut):
        sentence = ngettext(
            "%(days)s day lies in a month that takes no report any more: it is paid and not asked for.",
            "%(days)s days lie in months that take no report any more: they are paid and not asked for.",
            count,
        )
        yield sentence % {"days": count}


def _by_leave(row):
    """By leave that is cancelled, or ended earlier."""
    ended = {"ends_on": row.ends_on} if row.ends_on else {"cancelled_at": timezone.now()}
    leave = Leave.objects.filter(pk=row.leave_id)
    return Freed(lambda: [row.person_id], *row.changed_days, row.reason, lambda: leave.update(**ended) and ())


def _by_cancelled_holiday(row):
    holiday = row.holiday
    return freed_by_holiday(holiday, row.reason, {"cancelled_at": timezone.now()})


def freed_by_holiday(holiday, reason, changes):
    """By a holiday, as it is stored, that gets the columns `changes`."""
    day, rows = holiday.date, Holiday.objects.filter(pk=holiday.pk)
    posted = Placement.objects.on(day).order_by()
    if holiday.unit_id:
        posted = posted.filter(unit__agency=holiday.unit_id)
    people = posted.values_list("person", flat=True)
    return Freed(lambda: list(people.distinct()), day, day, reason, lambda: rows.update(**changes) and ())


def _by_joining(row):
    """By a first posting that begins in the past."""

    def attempt():
        tried = Joining.objects.get(pk=row.pk)
        tried.person = User.objects.create_user(tried.nip, name=tried.name)
        tried.take_force()
        return [tried.person.pk]

    return Freed(
        lambda: [row.person_id] if row.person_id else [],
        row.starts_on,
        date.max - timedelta(days=1),
        row.decree,
        attempt,
    )


def _by_transfer(row):
    """By a posting at another office from a day in the past."""
    return _by_posting(row, row, row.decree, lambda: Transfer.objects.get(pk=row.pk).take_force())


def _by_undoing(row):
    """By a step that is taken back: the posting before it goes on."""
    return _by_posting(row, row.step, row.reason, lambda: type(row.step).objects.get(pk=row.step_id).undo())


def _by_return(row):
    """By a suspension that ends earlier."""
    return _by_posting(row, row, row.decree, lambda: Reinstatement.objects.get(pk=row.pk).take_force())


def _by_cancelled_suspension(row):
    stored = Suspension.objects.filter(pk=row.step_id)
    return _by_posting(row, row.step, row.reason, lambda: stored.update(cancelled_at=timezone.now()) and ())


def _by_post_change(row):
    """By a post that stands in another office from a day in the past: the days of its holders."""
    last = date.max - timedelta(days=1)
    held = Posting.objects.filter(post=row.post_id).overlapping(row.starts_on, last).order_by()
    people = held.values_list("person", flat=True).distinct()

    def attempt():
        PostChange.objects.get(pk=row.pk).take_force()

    return Freed(lambda: list(people), row.starts_on, last, row.decree, attempt)


def _by_posting(row, step, reason, attempt):
    return Freed(lambda: [row.person_id], step.starts_on, date.max - timedelta(days=1), reason, attempt)


FREES = {
    LeaveChange: _by_leave,
    HolidayCancellation: _by_cancelled_holiday,
    Joining: _by_joining,
    Transfer: _by_transfer,
    TransferCancellation: _by_undoing,
    LeavingCancellation: _by_undoing,
    Reinstatement: _by_return,
    SuspensionCancellation: _by_cancelled_suspension,
    PostChange: _by_post_change,
}
