"""The months of all agencies, the board of one, and the head's acts on its dates."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from activities.models import Activity
from assessment.board import board_of, next_act, stages, work_of
from assessment.forms import CloseForm, DatesForm
from assessment.models import Closing, Verdict
from assessment.models.assessors import READERS, readable_agencies
from assessment.models.readings import QUICK_SECONDS, reading_times, readings
from assessment.waits import wait_of
from calendars.forms import MonthChoice
from calendars.models import Month
from calendars.weeks import MonthKey
from organization.access import role_required
from organization.models import Post, Role
from records.refusals import attempt, sent


def scoped_months(person):
    """The months that `person` may open, with their agency."""
    agencies = readable_agencies(person, on=person.today())
    return Month.objects.filter(agency__in=agencies).select_related("agency")


def month_or_404(request, pk):
    return get_object_or_404(scoped_months(request.user), pk=pk)


@require_safe
@role_required(*READERS)
def months(request):
    """One calendar month with its agencies by name; the latest one past by default."""
    scope = scoped_months(request.user)
    latest = scope.order_by("-year", "-month").values_list("year", "month").distinct()
    keys = [MonthKey(*found) for found in latest]
    key = MonthChoice(request.GET).chosen or _default(keys, MonthKey.of(request.user.today()))
    found = list(scope.filter(year=key.year, month=key.month).order_by("agency__name", "pk")) if key else []
    work = work_of(found)
    steps = Closing.objects.waiting_for(found)
    rows = [(month, work[month.pk], steps.get(month.pk)) for month in found]
    context = {"keys": keys, "key": key, "rows": rows}
    return render(request, "assessment/months.html", context)


def _default(keys, present):
    """The latest month before the present one, else the latest there is."""
    past = [key for key in keys if key < present]
    return (past or keys or [None])[0]


@require_safe
@role_required(*READERS)
def month(request, pk):
    """The board of one month: where it stands in figures, and what comes next."""
    month, at = month_or_404(request, pk), timezone.now()
    is_head = request.user.holds(Role.HEAD, on=request.user.today())
    read = readings(month) if is_head else []
    undo = Verdict.objects.last_of(request.user, month)
    board = board_of(month, beside=[undo, *([read] if is_head else [])])
    context = {
        "board": board,
        "month": board.month,
        "next": next_act(board, request.user, on=request.user.today(), at=at),
        "stages": stages(board),
        "wait": wait_of(board.month, at=at, seen=board),
        "may_move_dates": is_head and board.month.status != Month.Status.FINAL,
        "may_close": is_head and board.month.may_be_closed(at),
        "seed_is_shown": board.month.seed_is_shown(at),
        "readings": reading_times(read),
        "quick": QUICK_SECONDS,
        "undo": next(iter(undo), None),
        "acts": board.acts,
    }
    return render(request, "assessment/month.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.HEAD)
def close(request, pk):
    """Close the review of a month before its moment, with a reason."""
    month, at = month_or_404(request, pk), timezone.now()
    form = CloseForm(sent(request))
    closed = attempt(form, lambda: month.close(by=request.user, at=at, **form.cleaned_data))
    if closed:
        messages.success(request, _("The review of %(month)s is closed.") % {"month": month.name})
        return redirect("assessment:month", pk=month.pk)
    context = {
        "month": month,
        "form": form,
        "shows_form": month.may_be_closed(at) or form.is_bound,
        "too_early": month.is_open and at < month.ends_at,
        "waiting": work_of([month])[month.pk].waiting,
        "unled": unled(month),
        "wait": wait_of(month, at=at),
    }
    return render(request, "assessment/close.html", context, status=closed.status)


def unled(month):
    """The posts without a superior whose holders have work in the month that nobody has decided."""
    alone = Activity.objects.in_month(month).filter(status=Activity.Status.REPORTED, reviewing_post=None)
    return list(Post.objects.filter(pk__in=alone.order_by().values("post")).order_by("title", "pk"))


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.HEAD)
def dates(request, pk):
    """Move dates of a month that are not reached yet, with a reason."""
    month, at = month_or_404(request, pk), timezone.now()
    form = DatesForm(sent(request), month=month, at=at)
    moved = attempt(form, lambda: month.move_dates(by=request.user, at=at, **form.terms))
    if moved:
        messages.success(request, _("The dates of %(month)s are moved.") % {"month": month.name})
        return redirect("assessment:month", pk=month.pk)
    context = {"month": month, "form": form, "is_demo": settings.DEMO, "wait": wait_of(month, at=at)}
    return render(request, "assessment/dates.html", context, status=moved.status)
