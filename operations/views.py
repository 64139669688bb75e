"""Outages: recorded, ended, and gaps of the heartbeat dismissed, by the IT operator."""

from datetime import timedelta

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from calendars.models import DismissedGap, Heartbeat, Outage
from operations.forms import DismissForm, OutageEndForm, OutageForm
from operations.recording import follow
from organization.access import role_required
from organization.models import Role
from records.refusals import attempt, sent

SHOWN = 50
GAPS_OF = timedelta(days=7)


@role_required(Role.IT)
@transaction.atomic
def outages(request):
    """All outages, newest first, with what is asked of the operator. A post records one."""
    at, form = timezone.now(), OutageForm(sent(request))
    recorded = attempt(form, lambda: record(request.user, at, **form.cleaned_data))
    if recorded:
        outage = recorded.result
        said = _("Recorded: outage no. %(number)s; what was due inside it has moved.")
        if not outage.ends_at:
            said = _("Recorded: outage no. %(number)s. No month is closed until you record its end.")
        messages.success(request, said % {"number": outage.pk})
        return redirect("operations:outages")
    return page(request, at, form=form, status=recorded.status)


def record(by, at, *, starts_at, ends_at, reason):
    outage = Outage.objects.record(by=by, at=at, starts_at=starts_at, ends_at=ends_at, reason=reason)
    if outage.ends_at and not outage.is_repeat:
        follow(outage, at=at)
    return outage


@role_required(Role.IT)
@require_POST
@transaction.atomic
def end(request, pk):
    """Record when the service ran again."""
    at, form = timezone.now(), OutageEndForm(sent(request))
    outage = get_object_or_404(Outage.objects.select_for_update(of=("self",)), pk=pk)
    ended = attempt(form, lambda: outage.end(by=request.user, at=at, **form.cleaned_data))
    if not ended:
        return page(request, at, end_form=form, status=ended.status)
    follow(outage, at=at)
    messages.success(
        request, _("Recorded: outage no. %(number)s; what was due inside it has moved.") % {"number": pk}
    )
    return redirect("operations:outages")


@role_required(Role.IT)
@require_POST
@transaction.atomic
def dismiss(request):
    """Say that the service ran while its heartbeat was silent."""
    at, form = timezone.now(), DismissForm(sent(request))
    dismissed = attempt(
        form, lambda: DismissedGap.objects.dismiss(by=request.user, at=at, **form.cleaned_data)
    )
    if not dismissed:
        return page(request, at, dismiss_form=form, status=dismissed.status)
    messages.success(request, _("Dismissed: months are closed as usual."))
    return redirect("operations:outages")


def page(request, at, *, form=None, end_form=None, dismiss_form=None, status=200):
    found = Outage.objects.select_related("recorded_by", "ended_by")[:SHOWN]
    context = {
        "form": form or OutageForm(),
        "end_form": end_form or OutageEndForm(),
        "dismiss_form": dismiss_form or DismissForm(),
        "outages": found,
        "running": [outage for outage in found if outage.ends_at is None],
        "gaps": Heartbeat.objects.unanswered(at - GAPS_OF, at),
        "last_beat": Heartbeat.objects.last(),
    }
    return render(request, "operations/outages.html", context, status=status)
