"""Who may do what, until when: seen by HR and the auditor, asked for by one HR person, granted by another."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from organization.access import role_required
from organization.models import Grant, GrantEnding, GrantRequest, Role, Unit
from organization.step_forms import GrantEndForm, GrantForm, GrantSearchForm
from records.refusals import NotAllowed, attempt, refuse_own, sent
from reports.changes.shown import administered_or_404

GRANTS_A_PAGE = 50


@role_required(Role.HR, Role.AUDITOR)
def grants(request):
    """The roles in force or to come in one's scope, by name of the holder."""
    today = request.user.today()
    form = GrantSearchForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    found = Grant.objects.filter(pk__in=grants_of(request.user, today).not_over(today))
    if asked.get("q"):
        found = found.about(asked["q"])
    if asked.get("role"):
        found = found.filter(role=asked["role"])
    related = ("person", "unit", "requested_by", "approved_by")
    pages = Paginator(found.select_related(*related).order_by("person__name", "role", "pk"), GRANTS_A_PAGE)
    context = {
        "form": form,
        "page": pages.get_page(request.GET.get("page")),
        "pager_query": urlencode({name: value for name, value in asked.items() if value}),
        "today": today,
        "may_change": request.user.holds(Role.HR, on=today),
    }
    return render(request, "reports/changes/grants.html", context, status=422 if form.errors else 200)


def grants_of(reader, today):
    """The grants that `reader` may look up: all, or those of their agencies."""
    if reader.holds(Role.AUDITOR, on=today) or reader.holds_citywide(Role.HR, on=today):
        return Grant.objects.all()
    return Grant.objects.filter(unit__agency__in=reader.agencies(Role.HR, on=today).order_by())


@role_required(Role.HR)
@transaction.atomic
def grant_create(request, pk):
    """Ask that one person hold a role: HR of an agency for parts of it alone."""
    who, today = administered_or_404(request.user, pk), request.user.today()
    citywide = request.user.holds_citywide(Role.HR, on=today)
    units = Unit.objects.all()
    if not citywide:
        units = units.filter(agency__in=request.user.agencies(Role.HR, on=today).order_by())
    form = GrantForm(sent(request), person=who, units=units, citywide=citywide)
    asked = attempt(
        form, lambda: GrantRequest.objects.request(person=who, by=request.user, **form.cleaned_data)
    )
    if asked:
        messages.success(request, _("Asked for. It takes force when another HR administrator approves it."))
        return redirect("organization:person", pk=who.pk)
    return render(request, "reports/changes/grant.html", {"who": who, "form": form}, status=asked.status)


@role_required(Role.HR)
@transaction.atomic
def grant_end(request, pk):
    """Ask that a role end."""
    today = request.user.today()
    grant = get_object_or_404(grants_of(request.user, today).select_related("person", "unit"), pk=pk)
    refuse_own(grant.person, by=request.user)
    if grant.ends_on and grant.ends_on < today:
        raise NotAllowed(_("This role has ended already."))
    form = GrantEndForm(sent(request), grant=grant, person=grant.person)
    asked = attempt(
        form,
        lambda: GrantEnding.objects.request(
            grant=grant, person=grant.person, by=request.user, **form.cleaned_data
        ),
    )
    if asked:
        messages.success(request, _("Asked for. It takes force when another HR administrator approves it."))
        return redirect("changes:grants")
    return render(
        request, "reports/changes/grant_end.html", {"grant": grant, "form": form}, status=asked.status
    )
