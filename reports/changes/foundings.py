"""New units and posts, each asked for on a page of its own."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from activities.models import OPEN_FAMILIES, CatalogItem
from organization.access import role_required
from organization.models import Post, Role, Unit
from organization.step_forms import NewPostForm, NewUnitForm, PostChangeForm
from records.refusals import attempt, sent
from reports.changes.shown import refuse_unless_citywide
from reports.changes.step_touched import touched_by_post_change
from reports.changes.steps import ask as step


@role_required(Role.HR)
@transaction.atomic
def agency_create(request):
    """Ask for a new agency: HR of the city."""
    refuse_unless_citywide(request.user)
    form = NewUnitForm(sent(request))
    page = {"title": _("New agency"), "back": reverse("organization:units"), "back_label": _("Units")}
    return ask(request, form, page | {"subject": ""}, parent=None)


@role_required(Role.HR)
@transaction.atomic
def unit_create(request, pk):
    """Ask for a new part of the unit `pk`."""
    parent = get_object_or_404(units_of(request.user), pk=pk)
    form = NewUnitForm(sent(request), parent=parent)
    return ask(request, form, page_of(_("New unit"), parent), parent=parent)


@role_required(Role.HR)
@transaction.atomic
def top_post_create(request, pk):
    """Ask for a post of the unit `pk` that no other post is above."""
    unit = get_object_or_404(units_of(request.user), pk=pk)
    return ask_post(request, unit, None, page_of(_("New post"), unit))


@role_required(Role.HR)
@transaction.atomic
def post_create(request, pk):
    """Ask for a post below the post `pk`, in its unit or another of the agency."""
    today = request.user.today()
    superior = get_object_or_404(Post.objects.administered_by(request.user, on=today).with_terms(), pk=pk)
    back = reverse("organization:post", args=[superior.pk])
    page = {"title": _("New post"), "back": back, "back_label": superior.title}
    page["subject"] = _("Superior post: %(post)s") % {"post": superior.name_on(today)}
    return ask_post(request, superior.term_on(today).unit, superior, page)


@role_required(Role.HR)
@transaction.atomic
def post_change(request, pk):
    """Ask that the post `pk` be another from a day on: unit, class, level or superior."""
    today = request.user.today()
    post = get_object_or_404(Post.objects.administered_by(request.user, on=today).with_terms(), pk=pk)
    term = post.term_on(today)
    units = Unit.objects.filter(agency=term.unit.agency_id).order_by("code")
    form = PostChangeForm(sent(request), post=post, term=term, units=units)
    back = reverse("organization:post", args=[post.pk])
    page = {"title": _("Change the post"), "subject": post.name_on(today), "back": back}
    page["back_label"] = post.title
    return step(request, form, touched_by_post_change, page, post=post)


def ask_post(request, unit, superior, page):
    families = CatalogItem.objects.exclude(job_family__in=OPEN_FAMILIES).order_by("job_family")
    names = families.values_list("job_family", flat=True).distinct()
    units = Unit.objects.filter(agency=unit.agency_id).order_by("code")
    form = NewPostForm(sent(request), unit=unit, units=units, families=names, superior=superior)
    return ask(request, form, page, superior=superior)


def ask(request, form, page, **facts):
    model = form._meta.model
    asked = attempt(form, lambda: model.objects.request(by=request.user, **facts, **form.cleaned_data))
    if asked:
        messages.success(request, _("Asked for. It takes force when another HR administrator approves it."))
        return redirect(page["back"])
    context = page | {"form": form, "touched": None}
    return render(request, "reports/changes/step.html", context, status=asked.status)


def page_of(title, unit):
    back = reverse("organization:unit", args=[unit.pk])
    return {"title": title, "subject": unit.name, "back": back, "back_label": unit.name}


def units_of(reader):
    return Unit.objects.administered_by(reader, on=reader.today()).select_related("agency")
