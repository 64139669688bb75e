"""The calendar against the file of a decree: every difference is shown, and taken over where HR says so."""

from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from activities.models import take_back_notices
from calendars.decree import UnreadableFile, differences, read
from calendars.forms import DecreeChoiceForm, DecreeFileForm
from calendars.models import Holiday
from organization.access import role_required
from organization.models import Role
from records.reach import YEARS_AHEAD, moved
from records.refusals import NotNow
from reports.changes.shown import attempt_shown, refuse_unless_citywide
from reports.changes.touched import touched_by_holidays

SHIPPED = Path(settings.BASE_DIR) / "ekinerja" / "reference" / "holidays.csv"


@role_required(Role.HR)
@transaction.atomic
def decree(request):
    """Compare the calendar with the list that comes with the product, or with a file that is sent."""
    refuse_unless_citywide(request.user)
    if request.method == "POST" and "rows" in request.POST:
        return take_over(request)
    if request.method != "POST":
        return compared(request, shipped(request.user.today().year), source=_("the list of the product"))
    form = DecreeFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return page(request, form, status=422)
    return compared(request, form.cleaned_data["text"], source=form.cleaned_data["file"].name, form=form)


def shipped(year):
    """The product's own list, of `year` and later."""
    heading, *lines = SHIPPED.read_text(encoding="utf-8").splitlines()
    return "\n".join([heading, *(line for line in lines if line >= f"{year}")])


def take_over(request):
    """Do what was chosen of the differences that are still there; what was done already is passed over."""
    choice = DecreeChoiceForm(request.POST)
    if not choice.is_valid():
        errors = [error for errors in choice.errors.values() for error in errors]
        if "rows" in choice.errors:
            return page(request, None, errors=errors, status=422)
        return compared(request, choice.cleaned_data["rows"], errors=errors, status=422)
    days, _wrong = read(choice.cleaned_data["rows"])
    chosen = [each for each in of_calendar(days) if each.key in choice.cleaned_data["chosen"]]
    done, touched = attempt_shown(
        request,
        choice,
        touches=lambda _typed: touched_by_holidays(*((each.date, None) for each in chosen)),
        act=lambda: write_all(chosen, by=request.user),
    )
    if not done:
        text, errors = choice.cleaned_data["rows"], choice.non_field_errors()
        picked = {each.key for each in chosen}
        return compared(request, text, touched=touched, errors=errors, picked=picked, status=done.status)
    facts = {act: sum(each.act == act for each in chosen) for act in ("add", "change", "gone")}
    said = _("Taken over: %(add)d added, %(change)d changed, %(gone)d asked to be cancelled.")
    messages.success(request, said % facts)
    return redirect("changes:decree")


def write_all(chosen, *, by):
    """All of them or none. Raises NotNow where somebody took one of the days meanwhile."""
    try:
        with transaction.atomic():
            for each in chosen:
                write(each, by=by)
                if each.act == "add":
                    take_back_notices(each.date, each.date, at=timezone.now())
    except IntegrityError:
        raise NotNow(
            _("Somebody changed the calendar meanwhile. Look at the differences once more.")
        ) from None


def write(difference, *, by):
    """Take over one difference; a day that is gone is only asked to be cancelled."""
    if difference.act == "add":
        return Holiday.objects.declare(**difference.day.typed)
    if difference.act == "change":
        typed = difference.day.typed
        return difference.holiday.correct(version=difference.holiday.version, **typed)
    return difference.holiday.request_cancellation(
        by=by, reason=_("It does not stand in the file of the decree.")
    )


def of_calendar(days):
    """The differences that can be taken over: of days within reach, no cancellation of which waits."""
    holidays = Holiday.objects.of_city_in({day.date.year for day in days})
    last = moved(timezone.localdate(), YEARS_AHEAD)
    found = [each for each in differences(days, holidays) if each.date <= last]
    return [each for each in found if not getattr(each.holiday, "is_asked", False)]


def compared(request, text, *, form=None, status=200, **shown):
    """The page with the differences of a file, or with what is wrong in it."""
    try:
        days, wrong = read(text)
    except UnreadableFile as refused:
        return page(request, form, errors=[str(refused)], status=422)
    found = [] if wrong else of_calendar(days)
    context = {"rows": text, "days": len(days), "wrong": wrong, "found": found} | shown
    return page(request, form, status=422 if wrong else status, **context)


def page(request, form, *, status=200, **context):
    return render(
        request, "reports/changes/decree.html", {"form": form or DecreeFileForm()} | context, status=status
    )
