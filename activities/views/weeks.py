"""A week of one's own work."""

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from activities.week_pages import WeekPage
from calendars.weeks import Week


@require_GET
def show_week(request, week):
    """The week as a grid of work by day; on a phone seven links to the days."""
    at = timezone.now()
    sheet = WeekPage(request.user, reachable(week, request.user.today(at)), at=at)
    return render(request, "activities/week.html", {"week": sheet, "today": Week.of(request.user.today(at))})


def reachable(week, today):
    """The week itself, unless it lies where nobody can report."""
    if week.year > today.year + 1:
        raise Http404
    return week
