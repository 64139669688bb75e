"""The second person: what waits, and each request approved or refused after its months were shown."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from organization.access import role_required
from organization.forms import RefusalForm
from organization.models import Role
from records.refusals import attempt, refuse_own, sent
from reports.changes.forms import SeenForm
from reports.changes.kinds import KINDS
from reports.changes.reopening import carry_out, freed_by
from reports.changes.shown import attempt_shown
from reports.changes.waiting import seconds, shown, waiting_for


@role_required(Role.HR)
def requests(request):
    """What waits in one's scope: for oneself, and what one asked for and another decides."""
    found = waiting_for(request.user, on=request.user.today())
    to_decide = [each for each in found if each.row.requested_by_id != request.user.pk]
    request.request_lines = to_decide  # the menu counts the same
    context = {
        "to_decide": to_decide,
        "asked": [each for each in found if each.row.requested_by_id == request.user.pk],
        "may_send_lists": request.user.holds_citywide(Role.HR, on=request.user.today()),
    }
    return render(request, "reports/changes/requests.html", context)


@role_required(Role.HR)
@transaction.atomic
def approve(request, kind, pk):
    """Show one request with the months it touches now, and let it take force: never one's own."""
    row = request_or_404(request.user, kind, pk)
    touched, form = KINDS[kind].touches(row), SeenForm(sent(request))
    approved, _again = attempt_shown(
        request,
        form,
        touches=lambda _typed: None if row.requested_by_id == request.user.pk else touched,
        act=lambda: take_force(kind, row, by=request.user),
    )
    if approved:
        messages.success(request, _("Approved: it stands from now on."))
        return redirect("changes:requests")
    if form.is_bound and approved.refusal is None:
        form.add_error(None, _("The months it touches have changed. Look at them, and approve once more."))
    return answer(request, kind, row, touched=touched, form=form, status=approved.status)


def take_force(kind, row, *, by):
    """Approve a request, and do in other rooms what follows from it. Raises what `approve` raises."""
    at = timezone.now()

    def act():
        row.approve(by=by, at=at)
        KINDS[kind].follows(row)

    carry_out(freed_by(row), act, by=by, at=at)


@role_required(Role.HR)
@require_POST
@transaction.atomic
def refuse(request, kind, pk):
    """Let a request come to nothing, with a reason."""
    row = request_or_404(request.user, kind, pk)
    form = RefusalForm(request.POST)
    refused = attempt(form, lambda: row.refuse(by=request.user, at=timezone.now(), **form.cleaned_data))
    if refused:
        messages.success(request, _("Refused: nothing changes."))
        return redirect("changes:requests")
    return answer(request, kind, row, touched=KINDS[kind].touches(row), refusal=form, status=refused.status)


@role_required(Role.HR)
@require_POST
@transaction.atomic
def withdraw(request, kind, pk):
    """Take back what one asked for oneself, while nobody has decided it."""
    row, form = request_or_404(request.user, kind, pk), SeenForm(request.POST)
    taken = attempt(form, lambda: row.withdraw(by=request.user, at=timezone.now()))
    if taken:
        messages.success(request, _("Taken back: nothing changes."))
        return redirect("changes:requests")
    return answer(request, kind, row, touched=KINDS[kind].touches(row), form=form, status=taken.status)


def answer(request, kind, row, *, touched, form=None, refusal=None, status=200):
    """The page of a request as it stands now."""
    row.refresh_from_db()
    is_own = row.requested_by_id == request.user.pk
    context = {
        "waiting": shown(kind, row),
        "is_own": is_own,
        "seconds": seconds(row, on=request.user.today()) if is_own and row.is_waiting else "",
        "touched": touched,
        "form": form or SeenForm(),
        "refusal": refusal or RefusalForm(),
        "errors": (form or refusal or SeenForm()).non_field_errors(),
    }
    return render(request, "reports/changes/request.html", context, status=status)


def request_or_404(reader, kind, pk):
    """The request `pk` of a kind in the scope of `reader`; OwnRecord where it concerns themselves."""
    if kind not in KINDS:
        raise Http404
    row = get_object_or_404(KINDS[kind].rows.within(reader, on=reader.today()), pk=pk)
    if row.person is not None:
        refuse_own(row.person, by=reader)
    return row
