"""What somebody typed while their session had ended, until they have signed in again."""

from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login

from activities.forms.entry import ActivityForm

UNSENT = "activities_unsent"
LONGEST = 4000


def keeps_typing(view):
    """Let a form that is posted after the session ended come back filled; nothing is saved meanwhile."""

    @login_not_required
    @wraps(view)
    def signed_in_or_asked(request, *args, **kwargs):
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if request.method == "POST":
            names = [name for name in ActivityForm.base_fields if name in request.POST]
            typed = {name: request.POST[name][:LONGEST] for name in names}
            request.session[UNSENT] = {"path": request.path, "typed": typed}
        return redirect_to_login(request.get_full_path())

    return signed_in_or_asked


def unsent_by(request):
    """Give back what this person typed on this page before they signed in, once; empty where nothing is."""
    found = request.session.pop(UNSENT, None) if request.method == "GET" else None
    if not found or found["path"] != request.path or found["typed"].get("person") != str(request.user.pk):
        return {}
    return found["typed"]
