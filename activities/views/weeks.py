"""A week of one's own work."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from activities.models import Activity
from activities.week_pages import WeekPage
from calendars.forms import MonthChoice
from calendars.weeks import MonthKey, Week


@require_GET
def open_month(request):
    """Lead to the first week of the chosen month, else to the present one."""
    chosen = MonthChoice(request.GET).chosen
    return redirect("activities:week", Week.of(chosen.first_weekday if chosen else request.user.today()))


@require_GET
def show_week(request, week):
    """The week as a grid of work by day; on a phone seven links to the days."""
    at = timezone.now()
    today = request.user.today(at)
    context = {
        "week": WeekPage(request.user, reachable(week, today), at=at),
        "today": Week.of(today),
        "months": Activity.objects.of(request.user).months_until(MonthKey.of(today)),
    }
    return render(request, "activities/week.html", context)


def reachable(week, today):
    """The week itself, unless it lies where nobody can report."""
    if week.year > today.year + 1:
        raise Http404
    return week
