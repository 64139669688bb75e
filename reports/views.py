"""Pages that only read: one's day, the live board, and the rules in force."""

from itertools import zip_longest

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from approvals.queue import scope_of
from calendars.weeks import MonthKey
from notices.unseen import unseen
from organization.access import role_required
from reports.board import READERS, LiveBoard
from reports.figures import MonthFigures, components
from reports.home import Home
from reports.home_cards import cards
from reports.rules import groups

TOLD_SHOWN = 5


def home(request):
    """One's own day, week and month, and one card for each role held today."""
    scope = scope_of(request)
    posting = request.user.posting_on(scope.today)
    own = Home(request.user, posting, at=scope.at) if posting else None
    found, told = cards(request, home=own), unseen(request)
    context = {
        "told": told[:TOLD_SHOWN],
        "told_more": len(told[TOLD_SHOWN:]),
        "home": own,
        "today": scope.today,
        "cards": found,
        "waiting": [card for card in found if card.lines],
        "quiet": [card for card in found if not card.lines],
    }
    return render(request, "reports/home.html", context)


@require_safe
def figures(request, month: MonthKey):
    """One's own month to the last row and day; of a month that is not published, the score so far."""
    at = timezone.now()
    if month > MonthKey.of(request.user.today(at)):
        raise Http404
    own = MonthFigures(request.user, month, at=at)
    now, then = own.provisional, own.provisional and own.provisional.if_all_approved
    beside = zip_longest(components(now), components(then))
    context = {
        "figures": own,
        "now": now,
        "then": then,
        "components": list(beside),
    }
    return render(request, "reports/figures.html", context)


@role_required(*READERS)
def board(request):
    """Totals by agency of today, this week and this month; htmx asks for the figures alone, if changed."""
    board = LiveBoard.seen_by(request.user, today=request.user.today())
    context = {"board": board, "at": board.at}
    if not request.htmx:
        return render(request, "reports/board.html", context)
    etag = quote_etag(board.etag)
    response = get_conditional_response(request, etag=etag)
    response = response or render(request, "reports/_board.html", context)
    response["ETag"] = etag
    return response


def rules(request):
    """Every dated rule in force today and to come, with its decree."""
    today = request.user.today()
    found = groups(request.user, today)
    has_sample = any(shown.is_sample for group in found for shown in group.rules)
    return render(request, "reports/rules.html", {"groups": found, "today": today, "has_sample": has_sample})
