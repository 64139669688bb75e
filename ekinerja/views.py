from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import connection
from django.http import JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache


@never_cache
@login_not_required
def healthz(request):
    """Answer 200 when the database and the broker answer; what fails raises, and reads 500."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    cache.get("healthz")
    return JsonResponse({"status": "ok"})


@login_not_required
def csrf_failure(request, reason=""):
    """Say what to do when a form's token is too old, instead of a bare refusal."""
    return render(request, "403_csrf.html", status=403)
