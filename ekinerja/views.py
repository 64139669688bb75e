import sys

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.defaults import server_error
from redis import RedisError

from ekinerja.middleware import unavailable


@never_cache
@login_not_required
def healthz(request):
    """Answer 200 while the database and Valkey answer, else 503."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        cache.get("healthz")
    except (DatabaseError, RedisError) as error:
        return JsonResponse({"status": "down", "because": type(error).__module__.split(".")[0]}, status=503)
    return JsonResponse({"status": "ok"})


def fault(request):
    """A fault that no view met: Valkey away while the person is read from the session, or one of ours."""
    error = sys.exc_info()[1]
    return unavailable(error) if isinstance(error, RedisError) else server_error(request)


@login_not_required
def csrf_failure(request, reason=""):
    """Say what to do when a form's token is too old, instead of a bare refusal."""
    return render(request, "403_csrf.html", status=403)
