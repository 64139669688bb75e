import sys

from allauth.core.ratelimit import consume_or_429
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.defaults import server_error
from redis import RedisError

from ekinerja import stale_forms
from ekinerja.forms import ForgottenForm
from ekinerja.middleware import unavailable
from records.refusals import sent


class AnsweredFirst(HttpResponseRedirect):
    """A redirect that does something once the browser has it, so that its duration tells nothing."""

    def __init__(self, address, *, then):
        super().__init__(address)
        self.then = then

    def close(self):
        self.then()
        super().close()


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


@never_cache
@login_not_required
def forgotten(request):
    """Ask for the NIP of who forgot the password; the answer is the same whether it exists or not."""
    form = ForgottenForm(sent(request))
    if not form.is_valid():
        return render(
            request, "account/password_reset.html", {"form": form}, status=422 if form.errors else 200
        )
    too_often = consume_or_429(request, action="reset_password", key=form.cleaned_data["nip"])
    done = reverse("account_reset_password_done")
    return too_often or AnsweredFirst(done, then=lambda: form.send_link(request))


def fault(request):
    """A fault that no view met: Valkey away while the person is read from the session, or one of ours."""
    error = sys.exc_info()[1]
    return unavailable(error) if isinstance(error, RedisError) else server_error(request)


@login_not_required
def csrf_failure(request, reason=""):
    """Give a form whose token is too old back to who filled it; else say what to do."""
    return stale_forms.again(request)
