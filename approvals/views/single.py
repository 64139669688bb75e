"""One decision on one row."""

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django_htmx.http import trigger_client_event

from activities.models import Activity
from approvals.forms import PressedForm
from approvals.models import Decision
from approvals.queue import scope_of
from approvals.rows import RowReader
from approvals.views.pages import REVIEWERS, row_page
from calendars.weeks import Week
from organization.access import role_required
from organization.templatetags.display import number, record_number
from records.refusals import NotAllowed, attempt


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(*REVIEWERS)
def decide(request, pk):
    """Record one decision; answer htmx with the row alone, a browser with the page it came from.

    GET shows that page with the form of a button open, for a browser without JavaScript.
    """
    scope, posted = scope_of(request), PressedForm(request.POST if request.method == "POST" else request.GET)
    row = find_row(scope, pk, posted.page)
    if row is None:
        raise not_here(request, pk)
    if request.method != "POST":
        row.open(posted.data.get("act"))
        return row_page(request, scope, row, 200)
    form = posted.answer(row)
    decided = attempt(
        form, lambda: Decision.objects.record(row.activity, by=scope.person, at=scope.at, **form.terms)
    )
    row = find_row(scope, pk, posted.page) or row
    if decided:
        return recorded(request, row, form)
    if decided.status == 409:
        form.see(row.activity.version)
    row.answered = form
    if request.htmx:
        return render(request, "approvals/_row.html", {"row": row}, status=decided.status)
    return row_page(request, scope, row, decided.status)


def find_row(scope, pk, back):
    """The row of one activity in the reviewer's scope, or None."""
    return RowReader(scope, back=back).find([pk]).get(pk)


def not_here(request, pk):
    """What answers for a row out of scope: for one's own work a sentence, else that it is not there."""
    own = Activity.objects.of(request.user).filter(pk=pk).exists()
    return NotAllowed(_("Nobody decides their own work.")) if own else Http404()


def recorded(request, row, form):
    """The answer to a recorded decision: the row as it is now, or its page with what was saved.

    htmx is told that something was decided, so that the counts on the page follow.
    """
    if request.htmx:
        return trigger_client_event(render(request, "approvals/_row.html", {"row": row}), "decided")
    messages.success(request, saved(row, form))
    return HttpResponseRedirect(address(row))


def saved(row, form):
    """What was saved, with its number, in a sentence."""
    facts = {"number": record_number(row.activity.pk), "name": row.activity.person}
    if form.act == "recall":
        return _("Saved: %(number)s of %(name)s waits again.") % facts
    if row.activity.status == Activity.Status.APPROVED:
        facts["minutes"] = number(row.activity.approved_minutes)
        return _("Saved: %(number)s of %(name)s, %(minutes)s minutes approved.") % facts
    facts["status"] = row.activity.get_status_display()
    return _("Saved: %(number)s of %(name)s, %(status)s.") % facts


def address(row):
    """The page on which the row stands for its reviewer, at the row; on that of a week at its owner."""
    activity, week = row.activity, Week.of(row.activity.performed_on)
    if row.back == "left":
        page = reverse("approvals:left", args=[activity.month_id])
        return f"{page}?person={activity.person_id}&week={week}#k-{activity.pk}"
    if row.back == "person":
        return f"{reverse('approvals:person', args=[week, activity.person_id])}#k-{activity.pk}"
    return f"{reverse('approvals:week', args=[week])}#p-{activity.person_id}"
