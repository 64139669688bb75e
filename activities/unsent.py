"""What somebody typed while their session had ended, until they have signed in again.

It waits in a signed cookie of their browser, never with us: nobody who is signed out fills our stores.
"""

from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core import signing

from activities.forms.entry import ActivityForm

UNSENT = "ek-unsent"
LONGEST = 1000  # characters of one field
LARGEST = 3800  # characters of the cookie; browsers take 4,096 with its name and attributes
AN_HOUR = 3600


def keeps_typing(view):
    """Let a form that is posted after the session ended come back filled; nothing is saved meanwhile."""

    @login_not_required
    @wraps(view)
    def signed_in_or_asked(request, *args, **kwargs):
        if request.user.is_authenticated:
            answer = view(request, *args, **kwargs)
            if UNSENT in request.COOKIES and request.method == "GET":
                answer.delete_cookie(UNSENT)
            return answer
        answer = redirect_to_login(request.get_full_path())
        if request.method == "POST":
            keep(request, answer)
        return answer

    return signed_in_or_asked


def keep(request, answer):
    """Give the browser what was typed, each field as far as it is read; too much of it is not kept."""
    names = [name for name in ActivityForm.base_fields if name in request.POST]
    typed = {name: request.POST[name][:LONGEST] for name in names}
    kept = signing.dumps({"path": request.path, "typed": typed}, salt=UNSENT, compress=True)
    if len(kept) <= LARGEST:
        answer.set_cookie(
            UNSENT, kept, max_age=AN_HOUR, httponly=True, samesite="Lax", secure=request.is_secure()
        )


def unsent_by(request):
    """Give back what this person typed on this page before they signed in, once; empty where nothing is."""
    kept = request.COOKIES.get(UNSENT) if request.method == "GET" else None
    try:
        found = signing.loads(kept, salt=UNSENT, max_age=AN_HOUR) if kept else None
    except signing.BadSignature:
        return {}
    if not found or found["path"] != request.path or found["typed"].get("person") != str(request.user.pk):
        return {}
    return found["typed"]
