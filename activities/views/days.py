"""One day of one's own work, and the repeat of another day."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from activities.forms.buttons import RepeatForm
from activities.models import Activity
from activities.views.weeks import reachable
from activities.week_pages import WeekPage
from calendars.forms import MonthChoice
from calendars.models import Month
from calendars.weeks import MonthKey, Week
from organization.templatetags.display import shortdate


@require_GET
def open_month(request):
    """Lead to the first weekday of the chosen month, else to today."""
    chosen = MonthChoice(request.GET).chosen
    return redirect("activities:day", chosen.first_weekday if chosen else request.user.today())


@require_http_methods(["GET", "HEAD", "POST"])
def show_day(request, day):
    """One day: how far it is filled, until when it is open, and what was done. A post repeats another day."""
    at = timezone.now()
    week = WeekPage(request.user, reachable(Week.of(day), request.user.today(at)), at=at)
    sheet, status = week.day(day), 200
    if request.method == "POST":
        form, status = RepeatForm(request.POST), 422
        refusal = sheet.reporting.refusal(at)
        if refusal:
            messages.error(request, refusal.message)
        elif form.is_valid():
            return repeated(request, day, at, **form.cleaned_data)
    context = {
        "week": week,
        "sheet": sheet,
        "returns": returns(request, at),
        "source": week.reported_before(day),
        "month": MonthKey.of(day),
        "months": Activity.objects.of(request.user).months_until(MonthKey.of(request.user.today(at))),
    }
    return render(request, "activities/day.html", context, status=status)


def repeated(request, day, at, source):
    """Copy the work of the day `source` as drafts, and say how many came of it."""
    made = Activity.objects.repeat(request.user, by=request.user, at=at, source=source, day=day)
    sentence = ngettext(
        "%(count)d draft was copied from %(day)s. Open it, correct it and send it.",
        "%(count)d drafts were copied from %(day)s. Open each, correct it and send it.",
        len(made),
    )
    messages.success(request, sentence % {"count": len(made), "day": shortdate(source)})
    return redirect("activities:day", day)


def returns(request, at):
    """The returned activities that can still be answered, the most urgent first."""
    rows = Activity.objects.of(request.user).filter(status=Activity.Status.RETURNED, return_due_at__gt=at)
    return rows.filter(month__status=Month.Status.OPEN).select_related("item").order_by("return_due_at", "pk")
