"""Many rows with one click: exactly the ids and versions that the page listed, each by the single way."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from approvals.forms import FORMS, ManyForm, UndecidedForm
from approvals.models import BulkAct, Decision
from approvals.queue import scope_of
from approvals.rows import RowReader
from approvals.sets import PEOPLE_AT_ONCE, larger_than_a_request
from approvals.views.pages import REVIEWERS, month_of, undecided_page
from approvals.week_pages import WeekReview
from organization.access import role_required
from organization.models import Role
from organization.templatetags.display import number, record_number
from records.refusals import sent

NAMED_AT_MOST = 20


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(*REVIEWERS)
def approve_many(request, week):
    """List whose clean rows will be approved, with minutes; then approve the listed rows."""
    scope, form = scope_of(request), ManyForm(sent(request))
    status = 422 if form.is_bound else 200
    if form.is_valid():
        if decided(request, scope, form, verdict=Decision.Verdict.APPROVED):
            return redirect("approvals:week", week=week)
        status = 409
    return approval_page(request, scope, week, form, status=status)


def approval_page(request, scope, week, form, *, status):
    """Whose clean rows are approved: by this request, or by the worker where they are too many for one."""
    review = WeekReview(scope, week, back="week")
    listed = larger_than_a_request(review, scope)
    people = review.clean[:PEOPLE_AT_ONCE] if listed else review.approvable
    sent = BulkAct.objects.of(scope.person).filter(listed__monday=week.first_day).first()
    context = {"review": review, "form": form, "people": people, "listed": listed, "sent": sent}
    context["rows"] = len(listed.activities) if listed else review.approvable_rows
    context["minutes"] = sum(someone.waiting_minutes for someone in people)
    return render(request, "approvals/approve_many.html", context, status=status)


@require_POST
@role_required(Role.ASSESSOR)
def decide_undecided(request, month):
    """Approve or reject the listed rows that one month left undecided."""
    scope, form = scope_of(request), UndecidedForm(request.POST)
    month_of(scope, month)
    status = 422
    if form.is_valid():
        terms = {"verdict": FORMS[form.cleaned_data["act"]].verdict, "reason": form.cleaned_data["reason"]}
        if decided(request, scope, form, **terms):
            return redirect("approvals:left", month=month)
        status = 409
    return undecided_page(request, scope, month, many=form, status=status)


def decided(request, scope, form, **terms):
    """Decide the rows of the form, say how many were and name those that were not; False where none was."""
    rows = form.cleaned_data["rows"]
    results = Decision.objects.record_many(rows, by=scope.person, at=scope.at, **terms)
    made = [result.decision for result in results if result.decision]
    if made:
        messages.success(request, saved(made))
    refused = [result for result in results if result.refusal]
    known = RowReader(scope, back="week").find([result.pk for result in refused])
    for result in refused[:NAMED_AT_MOST]:
        messages.warning(request, left_waiting(result, named=result.pk in known))
    if len(refused) > NAMED_AT_MOST:
        more = len(refused) - NAMED_AT_MOST
        sentence = ngettext("%(n)s more row is left.", "%(n)s more rows are left.", more)
        messages.warning(request, sentence % {"n": more})
    return bool(made)


def saved(made):
    """How many rows were decided, and the minutes approved, in a sentence."""
    facts = {"n": len(made), "minutes": number(sum(decision.minutes for decision in made))}
    if made[0].verdict == Decision.Verdict.REJECTED:
        sentence = ngettext("Saved: %(n)s activity rejected.", "Saved: %(n)s activities rejected.", len(made))
        return sentence % facts
    sentence = ngettext(
        "Saved: %(n)s activity approved, %(minutes)s minutes.",
        "Saved: %(n)s activities approved, %(minutes)s minutes.",
        len(made),
    )
    return sentence % facts


def left_waiting(result, *, named):
    """Which row was left and why; the owner is named only to those who may see them."""
    facts = {"number": record_number(result.pk), "why": result.refusal}
    if not named:
        return _("Not decided: %(number)s. %(why)s") % facts
    facts["name"] = result.activity.person
    return _("Not decided: %(number)s of %(name)s – %(why)s") % facts
