"""The steps of HR that touch several rooms: each room writes its own fact, what follows is shown first."""

from dataclasses import replace

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities.models import follow_leave, reported_in, take_back_notices
from calendars.forms import HolidayForm, LeaveForm
from calendars.models import Holiday, Leave, LeaveType
from organization.access import role_required
from organization.forms import SanctionForm
from organization.models import Role, Sanction
from organization.templatetags.display import monthname, number, percent, shortdate
from records.refusals import sent
from reports.changes.reopening import carry_out, freed_by_holiday, note
from reports.changes.shown import administered_or_404, attempt_shown, refuse_unless_citywide
from reports.changes.touched import touched_by_holidays, touched_by_leave, touched_by_sanction


@role_required(Role.HR)
@transaction.atomic
def sanction_create(request, pk):
    """Ask for a sanction by decree, after its months were shown; never on oneself. A second HR approves."""
    who = administered_or_404(request.user, pk)
    form = SanctionForm(sent(request), person=who)
    imposed, touched = attempt_shown(
        request,
        form,
        touches=lambda typed: touched_by_sanction(who, typed["first_month"], typed["last_month"]),
        act=lambda: Sanction.objects.request(who, by=request.user, **form.cleaned_data),
    )
    if imposed:
        messages.success(request, sanction_asked(imposed.result))
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
        touches=lambda typed: touched_by_new_leave(who, typed),
        act=lambda: add_leave(who, by=request.user, typed=form.cleaned_data),
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
    holiday = get_object_or_404(Holiday.objects.standing(), pk=pk)
    return save_holiday(request, HolidayForm(sent(request), instance=holiday))


def save_holiday(request, form):
    """Write the holiday once its months were shown; the same new holiday sent twice is one row."""
    stored = Holiday.objects.filter(pk=form.instance.pk).select_related("unit").first()
    before = [(stored.date, stored.unit)] if stored else []

    def freed(typed):
        """What a holiday that is moved frees, as it was stored."""
        changes = {name: typed[name] for name in Holiday.TYPED}
        return freed_by_holiday(stored, typed["decree"], changes) if stored else None

    def touches(typed):
        touched = touched_by_holidays((typed["date"], typed["unit"]), *before)
        return replace(touched, notes=note(freed(typed)))

    def store():
        at, day = timezone.now(), form.cleaned_data["date"]
        holiday = carry_out(freed(form.cleaned_data), form.store, by=request.user, at=at)
        take_back_notices(day, day, at=at)
        return holiday

    saved, touched = attempt_shown(request, form, touches=touches, act=store)
    holiday = saved.result or (form.is_bound and touched is None and form.stored_before())
    if holiday:
        return holiday_saved(request, holiday)
    context = {"form": form, "touched": touched}
    return render(request, "reports/changes/holiday.html", context, status=saved.status)


def add_leave(who, *, by, typed):
    """Record it, and let the mark of work on full leave days follow."""
    leave = Leave.objects.add(who, by=by, **typed)
    follow_leave(who, since=leave.starts_on)
    take_back_notices(leave.starts_on, leave.ends_on, at=timezone.now(), people=[who.pk])
    return leave


def touched_by_new_leave(who, typed):
    """The months of the days, and notes: a stay longer than its type's longest, and the work in it."""
    first, last = typed["starts_on"], max(typed["starts_on"], typed["ends_on"])
    kind, days = LeaveType.objects.up_to(first, typed["code"]).first(), (last - first).days + 1
    notes = []
    if kind and kind.longest_days and days > kind.longest_days:
        longer = _("This stay has %(days)s days. %(type)s has at most %(longest)s.")
        notes = [longer % {"days": days, "type": kind.title, "longest": kind.longest_days}]
    if kind and kind.excuses_report and not typed["half"]:
        notes += work_in(who, first, last)
    return touched_by_leave(who, first, last, notes=notes)


def work_in(who, first, last):
    """A sentence on what was reported for the days already; [] where nothing was."""
    rows, minutes = reported_in(who, first, last)
    if not rows:
        return []
    sentence = ngettext(
        "%(minutes)s minutes in %(rows)s activity are reported for these days. They stay, marked as work on "
        "a day of leave.",
        "%(minutes)s minutes in %(rows)s activities are reported for these days. They stay, marked as work "
        "on a day of leave.",
        rows,
    )
    return [sentence % {"minutes": number(minutes), "rows": number(rows)}]


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


def sanction_asked(sanction):
    asked = _(
        "Asked for: sanction S-%(number)s, %(percent)s of %(name)s, %(first)s to %(last)s. It stands when "
        "another HR administrator approves it."
    )
    return asked % {
        "number": sanction.pk,
        "percent": percent(sanction.percent),
        "name": sanction.person,
        "first": monthname(sanction.first_month),
        "last": monthname(sanction.last_month),
    }
