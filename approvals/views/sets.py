"""Sets of rows that the worker decides: sent from the page that listed them, and followed to their end."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from approvals.forms import PeopleForm
from approvals.models import BulkAct, BulkSet, Decision
from approvals.models.bulk import SentAlready
from approvals.queue import scope_of
from approvals.sets import SetPage
from approvals.tasks import ask_for
from approvals.views.bulk import approval_page
from approvals.views.pages import REVIEWERS
from organization.access import role_required
from records.refusals import attempt


@require_POST
@role_required(*REVIEWERS)
def send_set(request, pk):
    """Hand the rows of the chosen people to the worker; only who was shown the set may send it."""
    scope, form = scope_of(request), PeopleForm(request.POST)
    listed = get_object_or_404(BulkSet.objects.select_related("person"), pk=pk, person=request.user)
    terms = {"verdict": Decision.Verdict.APPROVED, "at": scope.at}
    sent = attempt(form, lambda: listed.send(people=form.cleaned_data["people"], **terms))
    if sent:
        ask_for([sent.result])
        return redirect("approvals:set", pk=pk)
    if isinstance(sent.refusal, SentAlready):
        act = BulkAct.objects.select_related("listed__person").get(listed=pk)
        return set_page(request, act, form=form, status=sent.status)
    return approval_page(request, scope, listed.week, form, status=sent.status)


@require_safe
@role_required(*REVIEWERS)
def result(request, pk):
    """How far a set is, and what became of each row. Asked by htmx, only how far."""
    sent = BulkAct.objects.of(request.user).select_related("listed__person")
    act = get_object_or_404(sent, listed=pk)
    if not request.htmx:
        return set_page(request, act)
    if act.is_done:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "approvals/_set_progress.html", {"act": act})


def set_page(request, act, *, form=None, status=200):
    """The page of a set that was sent; `form` holds why sending it again was refused."""
    shown = SetPage(act, request.GET.get("page"))
    return render(request, "approvals/set.html", {"act": act, "shown": shown, "form": form}, status=status)
