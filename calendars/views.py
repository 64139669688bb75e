"""The calendar of the city, and leave of its people."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from calendars.forms import FIRST_YEAR, LAST_YEAR, HolidayForm, LeaveForm
from calendars.models import Holiday, Leave, LeaveType, Month, WorkPattern
from calendars.weeks import MonthKey
from organization.access import refuse_own, role_required
from organization.models import Role, Unit, User
from organization.templatetags.display import shortdate
from records.dated import NoRule
from records.state import StaleVersion


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


@role_required(Role.HR)
def holiday_create(request):
    """Add a holiday or joint leave by decree: HR of the city."""
    refuse_unless_citywide(request.user)
    return save_holiday(request, HolidayForm(request.POST or None))


@role_required(Role.HR)
def holiday_edit(request, pk):
    """Move or correct a holiday by decree: HR of the city."""
    refuse_unless_citywide(request.user)
    holiday = get_object_or_404(Holiday, pk=pk)
    return save_holiday(request, HolidayForm(request.POST or None, instance=holiday))


def leaves(request, pk):
    """Leave and duty of a person: his own, or of one whose record the reader may read."""
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


@role_required(Role.HR)
def leave_create(request, pk):
    """Record leave or duty by letter, for a person in scope; never for oneself."""
    who = get_object_or_404(User.objects.administered_by(request.user, on=request.user.today()), pk=pk)
    refuse_own(who, by=request.user)
    form = LeaveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            leave = Leave.objects.add(who, by=request.user, **form.cleaned_data)
        except NoRule as missing:
            form.add_error("code", str(missing))
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, leave_saved(leave))
            warn_of_settled_months(request, agencies_of(leave), leave.starts_on, leave.ends_on)
            return redirect("organization:person", pk=who.pk)
    status = 422 if form.errors else 200
    return render(request, "calendars/leave_form.html", {"form": form, "who": who}, status=status)


def save_holiday(request, form):
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                return holiday_saved(request, form.store())
        except StaleVersion as changed:
            status = 409
            form.add_error(None, str(changed))
        except IntegrityError:
            form.add_error("date", _("This day is already a holiday."))
    if request.method == "POST" and (before := form.stored_before()):
        return holiday_saved(request, before)
    return render(request, "calendars/holiday_form.html", {"form": form}, status=status)


def holiday_saved(request, holiday):
    saved = _("Saved: %(name)s, %(day)s, no. %(number)s.")
    facts = {"name": holiday.title, "day": shortdate(holiday.date), "number": holiday.pk}
    messages.success(request, saved % facts)
    agencies = [holiday.unit] if holiday.unit else Unit.objects.agencies()
    warn_of_settled_months(request, agencies, holiday.date, holiday.date)
    return redirect("calendars:holidays", year=holiday.date.year)


def refuse_unless_citywide(user):
    if not user.holds_citywide(Role.HR, on=user.today()):
        raise PermissionDenied(_("The calendar is kept by the HR administrators of the city."))


def working_days(posting, year):
    """(month, number of pattern days) for each month of `year` at the office of `posting`; [] without one."""
    if posting is None:
        return []
    first, last = date(year, 1, 1), date(year, 12, 31)
    calendar = WorkPattern.objects.calendar(posting.post.unit, first=first, last=last)
    keys = [MonthKey(year, number) for number in range(1, 13)]
    return [(key.first_day, len(calendar.pattern_days(key.first_day, key.last_day))) for key in keys]


def agencies_of(leave):
    """Ids of the agencies in which the person stands on the days of the leave."""
    postings = leave.person.postings.overlapping(leave.starts_on, leave.ends_on)
    return postings.values("post__unit__agency")


def warn_of_settled_months(request, agencies, first, last):
    """Say of which months the figures stay as they are, because they are published or final."""
    settled = Month.objects.settled(agencies, first, last).select_related("agency")
    keys = {month.key: month.name for month in settled}
    if keys:
        sentence = _(
            "The figures of %(months)s are published or final and stay as they are, where that is so; "
            "open months are computed anew."
        )
        messages.warning(request, sentence % {"months": ", ".join(keys.values())})


def leave_saved(leave):
    return _("Saved: %(type)s of %(name)s, %(first)s to %(last)s, no. %(number)s.") % {
        "type": LeaveType.objects.titles().get(leave.code, leave.code),
        "name": leave.person,
        "first": shortdate(leave.starts_on),
        "last": shortdate(leave.ends_on),
        "number": leave.pk,
    }
