"""The proposed marks of many people, confirmed on a page of their own."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from assessment.forms import ConfirmManyForm
from assessment.models import Assessment
from assessment.models.assessors import UNIT
from assessment.models.marks import why_no_mark
from assessment.models.person_months import person_months
from assessment.views.marks import bars_of, confirmable, row_of
from assessment.views.months import month_or_404
from organization.access import role_required
from organization.models import User
from records.refusals import attempt, sent

PEOPLE_A_PAGE = 200
NAMED_AT_MOST = 20


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(*UNIT)
def confirm_many(request, pk):
    """Confirm the proposed marks of the listed people, as they were shown; the others are left and named."""
    month, form = month_or_404(request, pk), ConfirmManyForm(sent(request))
    act = attempt(
        form,
        lambda: Assessment.objects.confirm_many(
            month, form.cleaned_data["row"], by=request.user, at=timezone.now()
        ),
    )
    if not act:
        return _page(request, month, form=form, status=act.status)
    left = [result for result in act.result if result.sentence]
    _tell_left(request, month, left)
    if len(left) == len(act.result):
        return _page(request, month, form=ConfirmManyForm(), status=409)
    confirmed = len(act.result) - len(left)
    sentence = ngettext("%(n)s mark is confirmed.", "%(n)s marks are confirmed.", confirmed)
    messages.success(request, sentence % {"n": confirmed})
    return redirect("assessment:people", pk=month.pk)


def _page(request, month, *, form, status):
    """The people whose proposal waits for this assessor, each with the figures it comes from."""
    not_yet = why_no_mark(month)
    found = {} if not_yet else person_months(month)
    waiting = confirmable(request.user, month, found)
    users = User.objects.filter(pk__in=waiting).with_posting_on(month.key.last_day).by_name()
    page = Paginator(users, PEOPLE_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "month": month,
        "not_yet": not_yet,
        "page": page,
        "rows": [_row(user, found[user.pk]) for user in page],
        "form": form,
    }
    return render(request, "assessment/confirm_many.html", context, status=status)


def _row(user, person_month):
    """One person to be confirmed: components, and the facts and the version that are shown."""
    value = f"{user.pk}:{person_month.facts.stamp}:{person_month.version}"
    return row_of(user, person_month) | {"components": bars_of(person_month), "value": value}


def _tell_left(request, month, left):
    """Name who was not confirmed and why; nobody is named who does not stand in this month."""
    here = person_months(month, people=[result.person_id for result in left])
    names = dict(User.objects.filter(pk__in=here).values_list("pk", "name"))
    for result in left[:NAMED_AT_MOST]:
        said = {"name": names.get(result.person_id, _("somebody else")), "why": result.sentence}
        messages.warning(request, _("Not confirmed: %(name)s – %(why)s") % said)
    if len(left) > NAMED_AT_MOST:
        messages.warning(request, _("%(n)s more were not confirmed.") % {"n": len(left) - NAMED_AT_MOST})
