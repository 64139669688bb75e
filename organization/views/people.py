"""One's own record, and the people whom HR and the auditor look up."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render

from organization import reviewers
from organization.access import role_required
from organization.forms import PeopleSearchForm
from organization.models import Role, User

PEOPLE_A_PAGE = 30


def profile(request):
    """Everything that is kept about oneself, also of former offices; the account masked."""
    who, today = request.user, request.user.today()
    context = record_of(who, today) | {
        "may_change": False,
        "account": getattr(who, "account", None),
        "reviewer": reviewer_of(who, today),
    }
    context["sanctions"] = context["sanctions"].approved()
    return render(request, "organization/profile.html", context)


@role_required(Role.HR, Role.AUDITOR)
def people(request):
    """The people in one's scope, found by name or NIP, page by page."""
    today = request.user.today()
    form = PeopleSearchForm(request.GET)
    found = User.objects.readable_by(request.user, on=today).with_posting_on(today).by_name()
    query = form.cleaned_data["q"] if form.is_valid() else ""
    pages = Paginator(found.matching(query) if query else found, PEOPLE_A_PAGE)
    context = {
        "form": form,
        "page": pages.get_page(request.GET.get("page")),
        "pager_query": urlencode({"q": query}) if query else "",
        "today": today,
        "may_make_codes": request.user.holds(Role.HR, on=today),
    }
    return render(request, "organization/people.html", context, status=422 if form.errors else 200)


@role_required(Role.HR, Role.AUDITOR)
def person(request, pk):
    """One person's master data by date, for HR in scope and the auditor."""
    today = request.user.today()
    who = get_object_or_404(User.objects.readable_by(request.user, on=today), pk=pk)
    may_change = request.user.holds(Role.HR, on=today) and who != request.user
    return render(request, "organization/person.html", record_of(who, today) | {"may_change": may_change})


def record_of(who, today):
    """The dated rows about `who`, newest first."""
    postings = who.placements.select_related("post", "unit__agency", "job_class")
    grants = who.grants.select_related("unit", "requested_by", "approved_by")
    return {
        "who": who,
        "today": today,
        "postings": postings.order_by("-starts_on"),
        "statuses": who.statuses.order_by("-starts_on"),
        "ranks": who.ranks.select_related("rank").order_by("-starts_on"),
        "grants": grants.order_by("-starts_on", "pk"),
        "sanctions": who.sanctions.newest_first(),
    }


def reviewer_of(who, today):
    """Who reviews the work of `who` today, None where it is the assessors' or they have no post."""
    posting = who.posting_on(today)
    return reviewers.reviewer(posting.superior, owner=who, on=today) if posting else None
