"""Posts with who holds them and who acts for them today, for HR and the auditor."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, render

from organization.access import role_required
from organization.forms import PostSearchForm
from organization.models import ActingLetter, Post, Posting, Role

POSTS_A_PAGE = 30
BELOW_SHOWN = 20


@role_required(Role.HR, Role.AUDITOR)
def posts(request):
    """The posts in one's scope, found by title or office; those without a holder alone where asked."""
    today = request.user.today()
    form = PostSearchForm(request.GET)
    found = Post.objects.readable_by(request.user, on=today).by_office(on=today)
    asked = form.cleaned_data if form.is_valid() else {}
    if asked.get("q"):
        found = found.matching(asked["q"])
    if asked.get("vacant"):
        found = found.vacant(on=today)
    pages = Paginator(seated(found, today), POSTS_A_PAGE)
    context = {
        "form": form,
        "page": pages.get_page(request.GET.get("page")),
        "pager_query": urlencode({name: value for name, value in asked.items() if value}),
        "today": today,
    }
    return render(request, "organization/posts.html", context, status=422 if form.errors else 200)


@role_required(Role.HR, Role.AUDITOR)
def post(request, pk):
    """One post: its office and superior, its holders by date, the letters for it, and the posts below it."""
    today = request.user.today()
    found = get_object_or_404(Post.objects.readable_by(request.user, on=today).with_terms(), pk=pk)
    below = list(
        seated(Post.objects.below(found, on=today).order_by("title", "pk"), today)[: BELOW_SHOWN + 1]
    )
    context = {
        "post": found,
        "term": found.term_on(today),
        "postings": found.postings.select_related("person").order_by("-starts_on", "pk"),
        "letters": found.letters.newest_first(),
        "below": below[:BELOW_SHOWN],
        "has_more_below": len(below) > BELOW_SHOWN,
        "today": today,
        "may_change": request.user.holds(Role.HR, on=today),
    }
    return render(request, "organization/post.html", context)


def seated(posts, today):
    """Each post with its terms, and with `holders_then` and `letters_then`, lists of today; three queries."""
    holders = Posting.objects.on(today).select_related("person").order_by("person__name")
    letters = ActingLetter.objects.standing().on(today).select_related("person").order_by("capacity")
    return posts.with_terms().prefetch_related(
        Prefetch("postings", holders, to_attr="holders_then"),
        Prefetch("letters", letters, to_attr="letters_then"),
    )
