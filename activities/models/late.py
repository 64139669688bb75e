"""A late report that HR allows: its minutes count, its day is not in time. Source: domain.md, section 4."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from activities.models.open_days import ReportingDays
from activities.models.opened import OpenDay
from calendars.models import Month
from calendars.weeks import end_of
from organization.templatetags.display import deadline
from records.refusals import refuse_own
from records.typed import said_why


@transaction.atomic
def allow_late(person, *, day, until_on, by, at, reason):
    """Let `person` report the day `day` to 24.00 of `until_on`; sent twice it is one row. Returns the moment.

    Raises OwnRecord, or ValidationError with sentences by field.
    """
    refuse_own(person, by=by)
    reason = said_why(reason, missing=_("Say why the late report is allowed."))
    found = ReportingDays(person, at=at, first=day, last=day)[day]
    until = end_of(until_on, found.zone) if found.posting else None
    if sentence := _day_refusal(found, until, at):
        raise ValidationError({"day": sentence})
    if sentence := _end_refusal(found, until, at):
        raise ValidationError({"until_on": sentence})
    made = OpenDay(person=person, day=day, until=until, cause=OpenDay.Cause.LATE)
    OpenDay.objects.open([made], by=by, at=at, reason=reason)
    return until


def _day_refusal(found, until, at):
    """Why the ReportingDay `found` needs or takes no further window; "" where it does."""
    if never := found.never(at):
        return never[1]
    if found.month.status != Month.Status.OPEN:
        return _("%(month)s is closed: nothing can be added to it any more.") % {"month": found.month.name}
    if found.is_open(at) and until not in [opened.until for opened in found.opened]:
        return _("This day is open anyway, until %(moment)s.") % {"moment": deadline(found.closes_at)}
    return ""


def _end_refusal(found, until, at):
    """Why the window cannot end at the moment `until`; "" where it can."""
    if until <= at:
        return _("Choose today or a later day.")
    if until > found.month.review_closes_at:
        facts = {"month": found.month.name, "moment": deadline(found.month.review_closes_at)}
        return _("The review of %(month)s closes %(moment)s: choose an earlier day.") % facts
    return ""
