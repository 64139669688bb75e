"""For whom the bonus of one month waits before its list is released: of the month, then of finance."""

from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from assessment.waits import MonthWait, names_of, wait_of
from bonuses.models import Run
from organization.models import Role, User

Status = Run.Status


def bonus_wait(month, run, *, at):
    """The MonthWait of a month and its live run; either may be None. None where nothing is opened yet."""
    if run is None:
        return wait_of(month, at=at) if month else None
    found = {
        Status.DRAFT: _draft,
        Status.REQUESTED: _requested,
        Status.COMPUTED: _computed,
        Status.CHECKED: _checked,
    }.get(run.status)
    return found and found(month, run, at)


def _draft(_month, run, _at):
    if run.is_sent_back:
        return MonthWait(_("The list was sent back to whoever made it."), str(run.made_by), run.refused_at)
    return MonthWait(
        _("The list is made, its computation is not requested yet."), str(run.made_by), run.made_at
    )


def _requested(_month, run, _at):
    return MonthWait(_("The list is being computed."), str(run.requested_by), run.requested_at)


def _computed(month, run, at):
    others = _holding(Role.CHECKER, month, at).exclude(pk__in=[run.made_by_id, run.requested_by_id])
    return MonthWait(_("The list has to be checked."), names_of(others), run.computed_at)


def _checked(month, run, at):
    before = [run.made_by_id, run.requested_by_id, run.checked_by_id]
    others = _holding(Role.RELEASER, month, at).exclude(pk__in=before)
    return MonthWait(_("The list has to be released."), names_of(others), run.checked_at)


def _holding(role, month, at):
    on = timezone.localdate(at, timezone=ZoneInfo(month.agency.zone))
    return User.objects.holding(role, agency=month.agency_id, on=on).by_name()
