"""Which roles open a screen. Login alone is required everywhere by LoginRequiredMiddleware."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy

from records.refusals import NotAllowed


class OwnRecord(NotAllowed):
    """Somebody acts on a record of their own."""

    sentence = gettext_lazy("Nobody changes his own record. Another HR administrator does it for you.")


def refuse_own(person, *, by):
    """Raise OwnRecord where `by` is `person`."""
    if person.pk == by.pk:
        raise OwnRecord


def role_required(*roles):
    """Open the view to people who hold one of `roles` today, in their office; 403 for everybody else."""

    def decorate(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            today = request.user.today()
            if not any(request.user.holds(role, on=today) for role in roles):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.roles = frozenset(str(role) for role in roles)
        return guarded

    return decorate
