"""The pages of the weekly review, and how a rejected answer is put back into them."""

from django.db.models import Min
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from approvals.forms import FocusForm, forms_of_page
from approvals.queue import scope_of
from approvals.undecided import UndecidedMonth
from approvals.unit_queue import unit_lines
from approvals.waiting import waiting_of, waits
from approvals.week_pages import WeekReview
from calendars.forms import MonthChoice
from calendars.models import Month
from calendars.weeks import Week
from organization.access import role_required
from organization.models import ActingLetter, Role
from organization.templatetags.display import record_number

REVIEWERS = (Role.SUPERVISOR, Role.ASSESSOR)


@require_safe
@role_required(*REVIEWERS)
def queue(request):
    """Lead to the chosen month, else to the oldest waiting week; an assessor to what waits with the unit."""
    scope, chosen = scope_of(request), MonthChoice(request.GET).chosen
    if chosen:
        return redirect("approvals:week", week=Week.of(chosen.first_weekday))
    if not request.user.holds(Role.SUPERVISOR, on=scope.today):
        return redirect("approvals:unit")
    oldest = scope.waiting().aggregate(day=Min("performed_on"))["day"]
    return redirect("approvals:week", week=Week.of(oldest or scope.today))


@require_safe
@role_required(Role.ASSESSOR)
def unit(request):
    """What waits with the assessors: by week from its first day, by month once its review is closed."""
    return render(request, "approvals/unit.html", {"lines": unit_lines(scope_of(request))})


@require_safe
@role_required(*REVIEWERS)
def week(request, week):
    return week_page(request, scope_of(request), week)


@require_safe
@role_required(*REVIEWERS)
def person(request, week, person):
    return person_page(request, scope_of(request), week, person)


@require_safe
@role_required(*REVIEWERS)
def rows(request, week, person):
    """The rows of one person's week, as a part of a page; `?part=others`: those not shown there."""
    review = WeekReview(scope_of(request), week, back="week", only=person)
    if not review.people:
        raise Http404
    if not request.htmx:
        return redirect("approvals:person", week=week, person=person)
    found = review.rows
    if request.GET.get("part") == "others":
        found = [row for row in found if not row.needs_a_look]
    return render(request, "approvals/_rows.html", {"rows": found})


@require_safe
@role_required(Role.ASSESSOR)
def undecided(request, month):
    return undecided_page(request, scope_of(request), month)


@require_safe
def decisions(request, pk):
    """Every decision on one activity, for its owner, its reviewers, its assessors and the auditor."""
    scope = scope_of(request)
    readable = scope.readable().select_related("person", "item", "month")
    activity = get_object_or_404(readable, pk=pk)
    made = activity.decisions.select_related("by", "for_post", "letter")
    undecided = waiting_of(activity.person).filter(pk=activity.pk)
    waiting = waits(activity.person, undecided, at=scope.at)
    template = "approvals/_decisions.html" if request.htmx else "approvals/decisions.html"
    context = {"activity": activity, "decisions": made, "waits": waiting, "up": above(request, activity)}
    return render(request, template, context)


@require_safe
def waiting(request, week):
    """For whom one's own reports of a week wait; a part of one's week and day, or a page of its own."""
    rows = waiting_of(request.user).in_week(week)
    found = waits(request.user, rows, at=scope_of(request).at)
    template = "approvals/_waiting.html" if request.htmx else "approvals/waiting.html"
    return render(request, template, {"week": week, "waits": found})


def above(request, activity):
    """(address, label) of the page from which its decisions are read: the owner's, the review, the month."""
    week = Week.of(activity.performed_on)
    if activity.person_id == request.user.pk:
        return reverse("activities:detail", args=[activity.pk]), record_number(activity.pk)
    if any(request.user.holds(role, on=request.user.today()) for role in REVIEWERS):
        return reverse("approvals:week", args=[week]), _("Weekly review")
    return reverse("assessment:month", args=[activity.month_id]), activity.month.name


def week_page(request, scope, week, *, answered=None, status=200):
    """All people of one week: what needs a look first, then what is clean."""
    review = WeekReview(scope, week, back="week", answered=answered)
    context = {"review": review, "form": keep_answer(review, answered), "acts": forms_of_page()}
    posting = request.user.posting_on(scope.today)
    context["leads"] = posting is not None and posting.leads
    context["letters"] = ActingLetter.objects.held_by(request.user, on=scope.today)
    return render(request, "approvals/week.html", context, status=status)


def person_page(request, scope, week, person, *, answered=None, status=200):
    """One person's week, every row with its own buttons."""
    review = WeekReview(scope, week, back="person", only=person, answered=answered)
    if not review.people:
        raise Http404
    someone = review.people[0]
    context = {"review": review, "form": keep_answer(review, answered), "acts": forms_of_page()}
    context |= {"someone": someone, "waits": waits(someone.person, someone.elsewhere, at=scope.at)}
    return render(request, "approvals/person.html", context, status=status)


def undecided_page(request, scope, month, *, focus=None, answered=None, many=None, status=200):
    """What was left of one month by person and week; `focus` shows one part with its buttons."""
    month = month_of(scope, month)
    focus = focus or FocusForm(request.GET).focus
    review = UndecidedMonth(scope, month, focus=focus)
    context = {"review": review, "form": many or keep_answer(review, answered), "many": many, "focus": focus}
    context["acts"] = forms_of_page() if focus else []
    return render(request, "approvals/left.html", context, status=status)


def month_of(scope, pk):
    """A month of the agencies they assess; 404 for any other."""
    return get_object_or_404(Month.objects.select_related("agency").filter(agency__in=scope.agencies), pk=pk)


def row_page(request, scope, row, status):
    """The page from which `row` was answered, with the answer and its refusal in it."""
    day = row.activity.performed_on
    where = (Week.of(day), row.activity.person_id)
    if row.back == "left":
        focus = (where[1], where[0])
        return undecided_page(request, scope, row.activity.month_id, focus=focus, answered=row, status=status)
    if row.back == "person":
        return person_page(request, scope, *where, answered=row, status=status)
    return week_page(request, scope, where[0], answered=row, status=status)


def keep_answer(review, answered):
    """Put the rejected form of a row back into its page; returns the form."""
    row = answered and review.find(answered.activity.pk)
    if not row:
        return None
    row.answered = answered.answered
    return row.answered
