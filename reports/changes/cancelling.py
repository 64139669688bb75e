"""The first person: what was typed wrong is asked to be cancelled, or leave to be ended, with a reason."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from calendars.models import Holiday, HolidayCancellation, Leave, LeaveChange, LeaveType
from organization.access import role_required
from organization.forms import CancellationForm, EarlierEndForm
from organization.models import (
    ActingLetter,
    Leaving,
    LeavingCancellation,
    LetterEnding,
    Role,
    Sanction,
    SanctionCancellation,
    Suspension,
    SuspensionCancellation,
    Transfer,
    TransferCancellation,
    Undoing,
    User,
)
from records.refusals import refuse_own, sent
from reports.changes.kinds import KINDS
from reports.changes.shown import attempt_shown, refuse_unless_citywide


@role_required(Role.HR)
@transaction.atomic
def sanction_cancel(request, pk):
    """Ask to cancel a sanction that stands."""
    sanction = of_person_or_404(request.user, Sanction.objects.approved(), pk)
    return ask(
        request,
        CancellationForm(sent(request)),
        would_be=lambda _typed: SanctionCancellation(sanction=sanction, person=sanction.person),
        act=sanction.request_cancellation,
    )


@role_required(Role.HR)
@transaction.atomic
def leave_cancel(request, pk):
    """Ask to cancel leave or duty."""
    leave = of_person_or_404(request.user, Leave.objects, pk)
    return ask(
        request,
        CancellationForm(sent(request)),
        would_be=lambda _typed: LeaveChange(leave=leave, person=leave.person),
        act=leave.request_change,
    )


@role_required(Role.HR)
@transaction.atomic
def leave_end(request, pk):
    """Ask to end leave or duty on an earlier day."""
    leave = of_person_or_404(request.user, Leave.objects, pk)
    return ask(
        request,
        EarlierEndForm(sent(request), ending=lambda day: LeaveChange(leave=leave, ends_on=day)),
        would_be=lambda typed: LeaveChange(leave=leave, person=leave.person, ends_on=typed.get("ends_on")),
        act=leave.request_change,
        title=_("End leave or duty early"),
    )


@role_required(Role.HR)
@transaction.atomic
def letter_cancel(request, pk):
    """Ask to cancel an acting letter that was typed wrong."""
    letter = of_person_or_404(request.user, ActingLetter.objects.approved().select_related("post"), pk)
    return ask(
        request,
        CancellationForm(sent(request)),
        would_be=lambda _typed: LetterEnding(letter=letter, person=letter.person),
        act=letter.request_ending,
    )


@role_required(Role.HR)
@transaction.atomic
def letter_end(request, pk):
    """Ask to end an acting letter on an earlier day."""
    letter = of_person_or_404(request.user, ActingLetter.objects.approved().select_related("post"), pk)
    return ask(
        request,
        EarlierEndForm(sent(request), ending=lambda day: LetterEnding(letter=letter, ends_on=day)),
        would_be=lambda typed: LetterEnding(
            letter=letter, person=letter.person, ends_on=typed.get("ends_on")
        ),
        act=letter.request_ending,
        title=_("End an acting letter early"),
    )


@role_required(Role.HR)
@transaction.atomic
def transfer_cancel(request, pk):
    """Ask to undo a transfer."""
    return undo(request, Transfer.objects.select_related("post"), TransferCancellation, pk)


@role_required(Role.HR)
@transaction.atomic
def leaving_cancel(request, pk):
    """Ask to undo an end of service."""
    return undo(request, Leaving.objects, LeavingCancellation, pk)


@role_required(Role.HR)
@transaction.atomic
def suspension_cancel(request, pk):
    """Ask to cancel a suspension."""
    return undo(request, Suspension.objects, SuspensionCancellation, pk)


def undo(request, steps, model, pk):
    step = of_person_or_404(request.user, steps.approved(), pk)
    return ask(
        request,
        CancellationForm(sent(request)),
        would_be=lambda _typed: model(step=step, person=step.person),
        act=step.request_cancellation,
    )


@role_required(Role.HR)
@transaction.atomic
def holiday_cancel(request, pk):
    """Ask to cancel a holiday: HR of the city."""
    refuse_unless_citywide(request.user)
    holiday = get_object_or_404(Holiday.objects.select_related("unit"), pk=pk)
    return ask(
        request,
        CancellationForm(sent(request)),
        would_be=lambda _typed: HolidayCancellation(holiday=holiday),
        act=holiday.request_cancellation,
    )


def ask(request, form, *, would_be, act, title=""):
    """Ask for what the request that `would_be` gives of what was typed, once its months were shown."""
    request_now = would_be({})
    kind = next(kind for kind in KINDS.values() if isinstance(request_now, kind.model))
    asked, touched = attempt_shown(
        request,
        form,
        touches=lambda typed: kind.touches(would_be(typed)),
        act=lambda: act(by=request.user, **form.cleaned_data),
    )
    back, label = place_of(request_now)
    if asked:
        messages.success(request, _("Asked for. It takes force when another HR administrator approves it."))
        return redirect(back)
    words = kind.words(request_now, LeaveType.objects.titles())
    context = {
        "form": form,
        "touched": touched,
        "who": request_now.person,
        "words": words,
        "title": title or words.act,
        "back": back,
        "back_label": label,
    }
    return render(request, "reports/changes/cancel.html", context, status=asked.status)


def place_of(asked):
    """The page that shows the row, and its name: the person's, the post's, or the calendar of the year."""
    if isinstance(asked, LetterEnding):
        post = asked.letter.post
        return reverse("organization:post", args=[post.pk]), post.title
    if isinstance(asked, Undoing):
        return reverse("changes:steps", args=[asked.person.pk]), asked.person.name
    if asked.person is None:
        return reverse("calendars:holidays", args=[asked.holiday.date.year]), _("Calendar")
    return reverse("organization:person", args=[asked.person.pk]), asked.person.name


def of_person_or_404(reader, rows, pk):
    """A row about somebody whom HR administrator `reader` may change; OwnRecord for themselves, else 404."""
    people = User.objects.administered_by(reader, on=reader.today()).order_by()
    row = get_object_or_404(rows.filter(person__in=people).select_related("person"), pk=pk)
    refuse_own(row.person, by=reader)
    return row
