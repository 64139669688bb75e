"""The calendar of the city, and leave of its people."""

from dataclasses import dataclass
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
    found = months_of(year, Holiday.objects.in_year(year), request.user.posting_on(today), today=today)
    context = {
        "year": year,
        "previous": year - 1 if year > FIRST_YEAR else None,
        "next": year + 1 if year < LAST_YEAR else None,
        "months": found,
        "any_holiday": any(month.holidays for month in found),
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


@dataclass(frozen=True)
class MonthOfYear:
    """One month of the calendar: its holidays, and the working days they leave (None without an office)."""

    first_day: date
    holidays: list[Holiday]
    working_days: int | None
    is_now: bool


def months_of(year, holidays, posting, *, today):
    """The twelve months of `year` with these holidays, at the office of `posting`."""
    by_month = {number: [] for number in range(1, 13)}
    for holiday in holidays:
        by_month[holiday.date.month].append(holiday)
    days = working_days(posting, year)
    keys = [MonthKey(year, number) for number in by_month]
    return [
        MonthOfYear(key.first_day, by_month[key.month], days.get(key), key == MonthKey.of(today))
        for key in keys
    ]


def working_days(posting, year):
    """{month: number of pattern days} of `year` at the office of `posting`; {} without one."""
    if posting is None:
        return {}
    first, last = date(year, 1, 1), date(year, 12, 31)
    calendar = WorkPattern.objects.calendar(posting.unit, first=first, last=last)
    keys = [MonthKey(year, number) for number in range(1, 13)]
    return {key: len(calendar.pattern_days(key.first_day, key.last_day)) for key in keys}
