"""The draw of a month, and the workbench on which its rows are read."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessment.draw_plan import drawn_strata, planned_strata
from assessment.forms import DrawForm, VerdictForm, WithdrawForm
from assessment.models import Draw, DrawnRow, Opening, Verdict, Withdrawal
from assessment.models.assessors import READERS, UNIT, Assessor
from assessment.views.months import month_or_404, scoped_months
from assessment.workbench import Bench
from organization.access import role_required
from organization.models import Role
from organization.templatetags.display import record_number
from records.refusals import attempt, said, sent

ROWS_A_PAGE = 100


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(*READERS)
def draw(request, pk):
    """The plan of a draw before it, its rows after it; the head draws and extends."""
    month, at, form = month_or_404(request, pk), timezone.now(), DrawForm(sent(request))
    acts = {"draw": Draw.objects.draw, "extend": Draw.objects.extend}
    made = attempt(form, lambda: acts[form.cleaned_data["act"]](month, by=request.user, at=at))
    if made:
        messages.success(request, _("The sample of %(month)s is drawn.") % {"month": month.name})
        return redirect("assessment:draw", pk=month.pk)
    drawn = drawn_strata(month)
    rows = (
        DrawnRow.objects.filter(draw__month=month)
        .select_related("draw", "activity__person", "in_force__verdict")
        .in_order()
    )
    context = {
        "month": month,
        "strata": drawn or planned_strata(month),
        "is_drawn": bool(drawn),
        "act": _open_act(month, request.user, is_drawn=bool(drawn)),
        "page": Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page")),
        "seed_is_shown": month.seed_is_shown(timezone.now()),
        "form": form,
    }
    return render(request, "assessment/draw.html", context, status=made.status)


def _open_act(month, person, *, is_drawn):
    """What the head may do now, as value and label of DrawForm's button; None where nothing."""
    if not month.is_verifying or not person.holds(Role.HEAD, on=person.today()):
        return None
    if not is_drawn:
        return {"value": "draw", "label": _("Draw these rows")}
    return {"value": "extend", "label": _("Extend the draw")} if Draw.objects.needing_more(month) else None


@require_safe
@role_required(*UNIT)
def verify(request, pk):
    """Lead to the next row that this person may read; after the place in `after`, then from the start."""
    month = month_or_404(request, pk)
    left = list(
        DrawnRow.objects.left_to(Assessor.of(request.user, at=timezone.now()), month).values_list(
            "pk", flat=True
        )
    )
    if left:
        places = [str(pk) for pk in left]
        skipped = request.GET.get("after")
        here = places.index(skipped) + 1 if skipped in places else 0
        return redirect("assessment:row", pk=left[here % len(left)])
    messages.info(request, _("No row of %(month)s waits for a verdict of yours.") % {"month": month.name})
    return redirect("assessment:month", pk=month.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(*READERS)
def row(request, pk):
    """One drawn row on the workbench; a verdict leads to the next row at once.

    That it was shown is kept: how long somebody read before a verdict is told to who publishes.
    """
    at, row = timezone.now(), _drawn_row(request, pk)
    form = VerdictForm(sent(request), activity=row.activity)
    given = attempt(form, lambda: Verdict.objects.record(row, by=request.user, at=at, **form.cleaned_data))
    if given:
        messages.success(request, _saved(given.result))
        return redirect(reverse("assessment:verify", args=[row.draw.month_id]))
    if given.refusal:
        row = _drawn_row(request, pk)
    return _workbench(request, row, form, at=at, status=given.status)


@require_POST
@role_required(*UNIT)
def withdraw(request, pk):
    """Take back one's own verdict on a row; it is open again, and is shown to be judged anew."""
    at, row = timezone.now(), _drawn_row(request, pk)
    form = WithdrawForm(request.POST, row=row)
    taken = attempt(
        form, lambda: Withdrawal.objects.record(form.cleaned_data["verdict"], by=request.user, at=at)
    )
    if taken:
        number = record_number(row.activity_id)
        messages.success(request, _("The verdict on %(number)s is withdrawn.") % {"number": number})
        return redirect("assessment:row", pk=row.pk)
    row = _drawn_row(request, pk)
    empty = VerdictForm(activity=row.activity)
    return _workbench(request, row, empty, at=at, status=taken.status, told=said(form))


def _workbench(request, row, form, *, at, status, told=""):
    bench = Bench(row, by=request.user, at=at)
    if request.method == "GET" and bench.may_verify:
        Opening.objects.note(row, by=request.user, at=at)
    context = {"bench": bench, "row": row, "form": form, "told": told}
    return render(request, "assessment/row.html", context, status=status)


def _drawn_row(request, pk):
    rows = DrawnRow.objects.filter(draw__month__in=scoped_months(request.user))
    related = ("draw__month__agency", "activity__person", "activity__item", "activity__term__job_class")
    return get_object_or_404(
        rows.select_related(*related, "activity__term__unit", "in_force__verdict__by"), pk=pk
    )


def _saved(verdict):
    return _("Saved: %(number)s, %(outcome)s, %(minutes)s minutes.") % {
        "number": record_number(verdict.activity_id),
        "outcome": verdict.get_outcome_display(),
        "minutes": verdict.minutes,
    }
