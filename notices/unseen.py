"""What the person signed in has not seen, read once for the menu and the page."""

from notices.models import UNSEEN_AT_MOST, Notice


def unseen(request):
    """Their newest unseen notices, at most twenty; no query where they came with the person."""
    if not hasattr(request, "unseen_notices"):
        rows = getattr(request.user, "unseen_rows", None)
        found = Notice.objects.of(request.user).unseen()[:UNSEEN_AT_MOST]
        request.unseen_notices = list(found) if rows is None else [Notice.of_row(row) for row in rows]
    return request.unseen_notices
