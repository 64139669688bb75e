"""The calendar of the city, and leave of its people."""

from datetime import date

from django.http import Http404
from django.shortcuts import get_object_or_404, render

from calendars.models import Holiday, WorkPattern
from calendars.weeks import FIRST_YEAR, LAST_YEAR, MonthKey
from organization.models import Role, User


def holidays(request, year=None):
    """Holidays and joint leave of a year with their decrees, and the working days that they leave."""
    today = request.user.today()
    year = year or today.year
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    context = {
        "year": year,
        "previous": year - 1 if year > FIRST_YEAR else None,
        "next": year + 1 if year < LAST_YEAR else None,
        "holidays": Holiday.objects.in_year(year),
        "months": working_days(request.user.posting_on(today), year),
        "may_change": request.user.holds_citywide(Role.HR, on=today),
    }
    return render(request, "calendars/holidays.html", context)


def leaves(request, pk):
    """Leave and duty of a person: their own, or of one whose record the reader may read."""
    today = request.user.today()
    readable = User.objects.readable_by(request.user, on=today) | User.objects.filter(pk=request.user.pk)
    who = get_object_or_404(readable.distinct(), pk=pk)
    context = {
        "who": who,
        "leaves": who.leaves.order_by("-starts_on", "-pk").titled(),
        "is_own": who == request.user,
        "may_change": request.user.holds(Role.HR, on=today) and who != request.user,
    }
    return render(request, "calendars/_leaves.html" if request.htmx else "calendars/leaves.html", context)


def working_days(posting, year):
    """(month, number of pattern days) for each month of `year` at the office of `posting`; [] without one."""
    if posting is None:
        return []
    first, last = date(year, 1, 1), date(year, 12, 31)
    calendar = WorkPattern.objects.calendar(posting.post.unit, first=first, last=last)
    keys = [MonthKey(year, number) for number in range(1, 13)]
    return [(key.first_day, len(calendar.pattern_days(key.first_day, key.last_day))) for key in keys]
