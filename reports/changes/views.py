"""The steps of HR that touch several rooms: each room writes its own fact, what follows is shown first."""

from calendar import monthrange

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from calendars.forms import HolidayForm, LeaveForm
from calendars.models import Holiday, Leave, LeaveType
from organization.access import role_required
from organization.forms import SanctionForm
from organization.models import Role, Sanction, Unit, User
from organization.templatetags.display import monthname, percent, shortdate
from records.refusals import Attempt, attempt, refuse_own, sent
from reports.changes.forms import SeenForm
from reports.changes.touched import Touched, agencies_of


@role_required(Role.HR)
@transaction.atomic
def sanction_create(request, pk):
    """Record a sanction by decree, after its months were shown; never on oneself."""
    who = administered_or_404(request.user, pk)
    form = SanctionForm(sent(request), person=who)
    imposed, touched = attempt_shown(
        request,
        form,
        touches=lambda typed: touched_by_sanction(who, typed),
        act=lambda: Sanction.objects.impose(who, by=request.user, **form.cleaned_data),
    )
    if imposed:
        messages.success(request, sanction_saved(imposed.result))
        return redirect("organization:person", pk=who.pk)
    context = {"who": who, "form": form, "touched": touched}
    return render(request, "reports/changes/sanction.html", context, status=imposed.status)


@role_required(Role.HR)
@transaction.atomic
def leave_create(request, pk):
    """Record leave or duty by letter, after its months were shown; never for oneself."""
    who = administered_or_404(request.user, pk)
    form = LeaveForm(sent(request))
    added, touched = attempt_shown(
        request,
        form,
        touches=lambda typed: touched_by_leave(who, typed),
        act=lambda: Leave.objects.add(who, by=request.user, **form.cleaned_data),
    )
    if added:
        messages.success(request, leave_saved(added.result))
        return redirect("organization:person", pk=who.pk)
    context = {"who": who, "form": form, "touched": touched}
    return render(request, "reports/changes/leave.html", context, status=added.status)


@role_required(Role.HR)
def holiday_create(request):
    """Add a holiday or joint leave by decree: HR of the city."""
    refuse_unless_citywide(request.user)
    return save_holiday(request, HolidayForm(sent(request)))


@role_required(Role.HR)
def holiday_edit(request, pk):
    """Move or correct a holiday by decree: HR of the city."""
    refuse_unless_citywide(request.user)
    holiday = get_object_or_404(Holiday, pk=pk)
    return save_holiday(request, HolidayForm(sent(request), instance=holiday))


def save_holiday(request, form):
    """Write the holiday once its months were shown; the same new holiday sent twice is one row."""
    before = (form.instance.date, form.instance.unit) if form.instance.pk else None
    saved, touched = attempt_shown(
        request, form, touches=lambda typed: touched_by_holiday(typed, before=before), act=form.store
    )
    holiday = saved.result or (form.is_bound and touched is None and form.stored_before())
    if holiday:
        return holiday_saved(request, holiday)
    context = {"form": form, "touched": touched}
    return render(request, "reports/changes/holiday.html", context, status=saved.status)


def attempt_shown(request, form, *, touches, act):
    """Attempt `act` once the months it touches were on the page.

    `touches` gives the Touched of what was typed. Returns the attempt, and the Touched still to be shown.
    """
    touched = touches(form.cleaned_data) if form.is_valid() else None
    if touched and not touched.was_shown(SeenForm(request.POST).stamp):
        return Attempt(200), touched
    return attempt(form, act), None


def touched_by_leave(who, typed):
    first, last = typed["starts_on"], max(typed["starts_on"], typed["ends_on"])
    return Touched.by_days(agencies_of(who, first, last), first, last)


def touched_by_sanction(who, typed):
    first, last = typed["first_month"], typed["last_month"]
    last = max(first, last)
    last = last.replace(day=monthrange(last.year, last.month)[1])
    return Touched.by_pay(agencies_of(who, first, last), first, last)


def touched_by_holiday(typed, *, before):
    """The months of the new day, and of the day as it stood where it is moved."""
    stays = [(typed["date"], typed["unit"]), *([before] if before else [])]
    found = {}
    for day, unit in stays:
        agencies = Unit.objects.filter(pk=unit.pk) if unit else Unit.objects.agencies()
        found |= {month.key: month for month in Touched.by_days(agencies, day, day).months}
    return Touched(tuple(found.values()))


def administered_or_404(reader, pk):
    """The person `pk` whom HR administrator `reader` may change today; OwnRecord for themselves, else 404."""
    who = get_object_or_404(User.objects.administered_by(reader, on=reader.today()), pk=pk)
    refuse_own(who, by=reader)
    return who


def refuse_unless_citywide(user):
    if not user.holds_citywide(Role.HR, on=user.today()):
        raise PermissionDenied(_("The calendar is kept by the HR administrators of the city."))


def holiday_saved(request, holiday):
    saved = _("Saved: %(name)s, %(day)s, no. %(number)s.")
    facts = {"name": holiday.title, "day": shortdate(holiday.date), "number": holiday.pk}
    messages.success(request, saved % facts)
    return redirect("calendars:holidays", year=holiday.date.year)


def leave_saved(leave):
    return _("Saved: %(type)s of %(name)s, %(first)s to %(last)s, no. %(number)s.") % {
        "type": LeaveType.objects.titles().get(leave.code, leave.code),
        "name": leave.person,
        "first": shortdate(leave.starts_on),
        "last": shortdate(leave.ends_on),
        "number": leave.pk,
    }


def sanction_saved(sanction):
    return _("Saved: sanction S-%(number)s, %(percent)s of %(name)s, %(first)s to %(last)s.") % {
        "number": sanction.pk,
        "percent": percent(sanction.percent),
        "name": sanction.person,
        "first": monthname(sanction.first_month),
        "last": monthname(sanction.last_month),
    }
