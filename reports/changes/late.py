"""A late report that HR allows one person, with its reason."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from activities.forms.late import LateReportForm
from activities.models import OpenDay, allow_late
from organization.access import role_required
from organization.models import Role
from organization.templatetags.display import deadline, shortdate
from records.refusals import attempt, sent
from reports.changes.shown import administered_or_404

SHOWN = 20


@role_required(Role.HR)
@transaction.atomic
def late_report(request, pk):
    """Open one day of somebody once more, not in time; never one's own. Below, what was opened before."""
    who, at = administered_or_404(request.user, pk), timezone.now()
    form = LateReportForm(sent(request))
    allowed = attempt(form, lambda: allow_late(who, by=request.user, at=at, **form.cleaned_data))
    if allowed:
        facts = {"name": who, "day": shortdate(form.cleaned_data["day"]), "moment": deadline(allowed.result)}
        messages.success(request, _("%(name)s can report %(day)s until %(moment)s and is told so.") % facts)
        return redirect("changes:late_report", pk=who.pk)
    opened = OpenDay.objects.filter(person=who).select_related("made_by")[:SHOWN]
    context = {"who": who, "form": form, "opened": opened}
    return render(request, "reports/changes/late_report.html", context, status=allowed.status)
