"""News: what a person was told, and what they have seen of it."""

from django.conf import settings
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from notices.forms import HOME, NewsSeenForm
from notices.models import Notice
from notices.unseen import unseen
from records.refusals import attempt, sent

NOTICES_A_PAGE = 30


def news(request):
    """All that they were told, newest first."""
    return shown(request, NewsSeenForm())


@require_POST
def see(request):
    """Note that they have seen what a page showed them, and lead back to it. Of others' nothing is noted."""
    form = NewsSeenForm(sent(request))
    seen = attempt(
        form,
        lambda: Notice.objects.see(request.user, form.cleaned_data["notice"], at=timezone.now()),
    )
    if not seen:
        return shown(request, form, status=seen.status)
    return redirect(settings.LOGIN_REDIRECT_URL if form.cleaned_data["back"] == HOME else "notices:news")


def shown(request, form, *, status=200):
    pages = Paginator(Notice.objects.of(request.user), NOTICES_A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    fresh = [notice for notice in page if notice.seen_at is None]
    context = {"form": form, "page": page, "fresh": fresh, "unseen": unseen(request)}
    return render(request, "notices/news.html", context, status=status)
