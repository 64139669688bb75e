"""One activity of one's own, and what its buttons do."""

from functools import partial

from django.contrib import messages
from django.db.models import OuterRef, Subquery
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from activities.forms.buttons import VersionForm
from activities.forms.search import OwnSearchForm
from activities.models import Activity
from calendars.models import Month
from organization.models import PostTerm
from records.refusals import attempt, said

Status = Activity.Status


@require_GET
def detail(request, pk):
    """One activity of one's own: its figures, what can be done with it, its decisions and versions."""
    return detail_page(request, own_or_404(request, pk))


@require_POST
def withdraw(request, pk):
    """Take a report back as a draft."""
    activity = own_or_404(request, pk)
    receipt = _("%(number)s was taken back and is a draft again; it does not count as reported.")
    return moved(request, activity, partial(activity.withdraw, at=timezone.now()), receipt, to=activity)


@require_POST
def discard(request, pk):
    """Remove a draft that was never reported."""
    activity = own_or_404(request, pk)
    day = reverse("activities:day", args=[activity.performed_on])
    return moved(request, activity, activity.discard, _("The draft %(number)s was discarded."), to=day)


def moved(request, activity, verb, receipt, *, to):
    """Call `verb` for the version that was on the screen; the page says why where it is too late."""
    form, number = VersionForm(request.POST), str(activity)
    done = attempt(form, lambda: verb(by=request.user, version=form.cleaned_data["version"]))
    if done:
        messages.success(request, receipt % {"number": number})
        return redirect(to)
    return detail_page(request, own_or_404(request, activity.pk), problem=said(form), status=done.status)


def detail_page(request, activity, *, problem="", status=200):
    at = timezone.now()
    undecided = activity.status == Status.REPORTED
    draft = activity.status == Status.DRAFT
    context = {
        "activity": activity,
        "found_by": OwnSearchForm.back(request),
        "problem": problem,
        "can_edit": (undecided or draft) and not activity.is_over,
        "can_answer": activity.status == Status.RETURNED and activity.can_be_answered(at),
        "can_withdraw": undecided and activity.window_is_open(at),
        "can_discard": draft
        and not activity.first_reported_at
        and activity.month.status != Month.Status.FINAL,
        "versions": [(event, Status(event.status)) for event in activity.events.order_by("-pgh_id")],
    }
    return render(request, "activities/detail.html", context, status=status)


def own_or_404(request, pk):
    related = ("item", "month", "open_day", "person", "post", "term__unit", "reviewing_post")
    above = PostTerm.objects.on(OuterRef("performed_on")).filter(post=OuterRef("reviewing_post"))
    own = Activity.objects.of(request.user).select_related(*related)
    own = own.annotate(reviewing_office=Subquery(above.values("unit__short_name")))
    return get_object_or_404(own, pk=pk)
