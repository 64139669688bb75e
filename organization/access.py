"""Which roles open a screen. Login alone is required everywhere by LoginRequiredMiddleware."""

from functools import wraps

from django.core.exceptions import PermissionDenied


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
