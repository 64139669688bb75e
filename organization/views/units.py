"""The units of the city with their posts, for HR and the auditor."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, render

from organization.access import role_required
from organization.forms import PeopleSearchForm
from organization.models import Post, PostTerm, Role, Unit
from organization.views.posts import seated

UNITS_A_PAGE = 50
POSTS_SHOWN = 50


@role_required(Role.HR, Role.AUDITOR)
def units(request):
    """The units in one's scope in the order of their codes, found by name or code."""
    today = request.user.today()
    form = PeopleSearchForm(request.GET)
    form.fields["q"].label = Unit._meta.get_field("name").verbose_name
    query = form.cleaned_data["q"] if form.is_valid() else ""
    standing = Q(post_terms__in=PostTerm.objects.on(today).order_by())
    found = Unit.objects.readable_by(request.user, on=today).matching(query)
    found = (
        found.select_related("parent")
        .annotate(posts_here=Count("post_terms__post", distinct=True, filter=standing))
        .order_by("code", "pk")
    )
    context = {
        "form": form,
        "page": Paginator(found, UNITS_A_PAGE).get_page(request.GET.get("page")),
        "pager_query": urlencode({"q": query}) if query else "",
        "may_found": request.user.holds_citywide(Role.HR, on=today),
    }
    return render(request, "organization/units.html", context, status=422 if form.errors else 200)


@role_required(Role.HR, Role.AUDITOR)
def unit(request, pk):
    """One unit: what it belongs to, its parts, and its posts with who holds them today."""
    today = request.user.today()
    readable = Unit.objects.readable_by(request.user, on=today).select_related("parent", "agency")
    found = get_object_or_404(readable, pk=pk)
    posts = list(
        seated(Post.objects.of_unit(found, on=today).order_by("title", "pk"), today)[: POSTS_SHOWN + 1]
    )
    context = {
        "unit": found,
        "parts": found.children.order_by("code", "pk"),
        "posts": posts[:POSTS_SHOWN],
        "has_more": len(posts) > POSTS_SHOWN,
        "today": today,
        "may_change": request.user.holds(Role.HR, on=today),
    }
    return render(request, "organization/unit.html", context)
