"""The rows and days behind the figures of somebody else's month, for those who judge it."""

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from assessment.models.assessors import READERS, Assessor
from assessment.models.person_months import person_months
from assessment.views.months import month_or_404
from calendars.weeks import MonthKey
from organization.access import role_required
from organization.models import User
from reports.figures import MonthFigures


@require_safe
@role_required(*READERS)
def figures_of(request, pk, person):
    """One person's month to the last row and day; never of oneself or of one's own line of superiors."""
    month, at = month_or_404(request, pk), timezone.now()
    may = month.key <= MonthKey.of(request.user.today(at))
    found = User.objects.filter(pk=person)
    may = may and Assessor.of(request.user, at=at).may_read(person)
    if not may or person not in person_months(month, [person], beside=[found]):
        raise Http404
    own = MonthFigures(found[0], month.key, at=at)
    return render(request, "reports/figures_of.html", {"figures": own, "month": month})
