"""Pages that only read: one's day, the live board, and the rules in force."""

from django.shortcuts import render
from django.utils import timezone

from approvals.queue import scope_of
from organization.access import role_required
from reports.board import READERS, LiveBoard, agencies_of
from reports.home import Home
from reports.home_cards import cards
from reports.rules import groups


def home(request):
    """One's own day, week and month, and one card for each role held today."""
    scope = scope_of(request)
    posting = request.user.posting_on(scope.today)
    own = Home(request.user, posting, at=scope.at) if posting else None
    found = cards(scope, home=own)
    context = {
        "home": own,
        "today": scope.today,
        "cards": found,
        "waiting": [card for card in found if card.lines],
        "quiet": [card for card in found if not card.lines],
    }
    return render(request, "reports/home.html", context)


@role_required(*READERS)
def board(request):
    """Totals by agency of today, this week and this month; htmx asks for the figures alone."""
    at = timezone.now()
    today = request.user.today(at)
    context = {"board": LiveBoard(agencies_of(request.user, on=today), today=today), "at": at}
    return render(request, "reports/_board.html" if request.htmx else "reports/board.html", context)


def rules(request):
    """Every dated rule in force today and to come, with its decree."""
    today = request.user.today()
    found = groups(today)
    has_sample = any(shown.is_sample for group in found for shown in group.rules)
    return render(request, "reports/rules.html", {"groups": found, "today": today, "has_sample": has_sample})
