"""How every step of HR is done: by whom it may be, and only after what it touches was on the page."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from organization.models import Role, User
from records.refusals import Attempt, attempt, refuse_own
from reports.changes.forms import SeenForm


def attempt_shown(request, form, *, touches, act):
    """Attempt `act` once the months it touches were on the page.

    `touches` gives the Touched of what was typed. Returns the attempt, and the Touched still to be shown.
    """
    touched = touches(form.cleaned_data) if form.is_valid() else None
    if touched and not touched.was_shown(SeenForm(request.POST).stamp):
        return Attempt(200), touched
    return attempt(form, act), None


def administered_or_404(reader, pk):
    """The person `pk` whom HR administrator `reader` may change today; OwnRecord for themselves, else 404."""
    who = get_object_or_404(User.objects.administered_by(reader, on=reader.today()), pk=pk)
    refuse_own(who, by=reader)
    return who


def refuse_unless_citywide(user):
    if not user.holds_citywide(Role.HR, on=user.today()):
        raise PermissionDenied(_("The calendar is kept by the HR administrators of the city."))
