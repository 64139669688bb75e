"""What somebody typed while his session had ended, kept until he has signed in again."""

from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login

from activities.forms import ActivityForm

KEPT = "activities_kept"
LONGEST = 4000


def keeps_typing(view):
    """Let a form that is posted after the session ended come back filled; nothing is saved meanwhile."""

    @login_not_required
    @wraps(view)
    def kept(request, *args, **kwargs):
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if request.method == "POST":
            names = [name for name in ActivityForm.base_fields if name in request.POST]
            typed = {name: request.POST[name][:LONGEST] for name in names}
            request.session[KEPT] = {"path": request.path, "typed": typed}
        return redirect_to_login(request.get_full_path())

    return kept


def kept_for(request):
    """Give back what this person typed on this page before he signed in, once; empty where there is none."""
    found = request.session.pop(KEPT, None) if request.method == "GET" else None
    if not found or found["path"] != request.path or found["typed"].get("person") != str(request.user.pk):
        return {}
    return found["typed"]
