"""One's own activities found by their words, newest first."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from activities.forms.search import OwnSearchForm
from activities.models import Activity

ROWS_A_PAGE = 30


@require_safe
def search(request):
    """Everything one ever wrote down, page by page; with words, what holds all of them."""
    form = OwnSearchForm(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    rows = Activity.objects.of(request.user).saying(words).select_related("item")
    pages = Paginator(rows.order_by("-performed_on", "-pk"), ROWS_A_PAGE)
    context = {
        "form": form,
        "words": words,
        "page": pages.get_page(request.GET.get("page")),
        "query": urlencode({"q": words}) if words else "",
    }
    return render(request, "activities/search.html", context, status=422 if form.errors else 200)
