import logging
from functools import lru_cache
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from allauth.account.adapter import get_adapter
from allauth.core.ratelimit import consume
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.db import IntegrityError
from django.http import HttpResponse, HttpResponseForbidden
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django_htmx.http import HttpResponseClientRedirect
from redis import RedisError

from calendars.models import Month
from calendars.models.locks import SENTENCES
from calendars.weeks import ONE_DAY, MonthKey
from ekinerja import stale_forms
from ekinerja.addresses import is_loopback, line_of
from organization.models.people import CITY_ZONE
from records.prepared import Prepared
from records.refusals import Refusal

LIMITED_ELSEWHERE = {
    "account_login",
    "account_reset_password",
    "account_reset_password_from_key",
    "set_language",
}
log = logging.getLogger(__name__)
REFUSALS = {
    **SENTENCES,
    "month_is_not_final": _("A bonus is computed from final months only, and this month is not final."),
    "list_is_closed": _("This bonus list is closed: nothing in it can be changed any more."),
    "append_only": _("What was decided stays as it was decided: it can neither be changed nor removed."),
    "own_work_decided": _("Nobody decides on their own work."),
    "own_work_verified": _("Nobody verifies their own work."),
    "one_verdict_in_force": _("This row has a verdict already."),
    "withdrawn_by_another": _("A verdict is withdrawn by the assessor who gave it."),
    "withdrawn_too_late": _("A verdict can be withdrawn until the month is published."),
    "people_are_never_deleted": _("People are never deleted: deactivate the person instead."),
}


def language_by_switch(get_response):
    """Leave the language to the switch: office browsers are often set to English without anybody's wish."""

    def middleware(request):
        request.META.pop("HTTP_ACCEPT_LANGUAGE", None)
        return get_response(request)

    return middleware


def demo_at_home(get_response):
    """Answer the demo city, whose passwords everybody knows, on this machine alone."""

    def middleware(request):
        hops = request.headers.get("X-Forwarded-For", "").split(",")
        come_from = [request.META.get("REMOTE_ADDR", ""), *(hop for hop in hops if hop.strip())]
        if all(is_loopback(address) for address in come_from):
            return get_response(request)
        sentence = _("The demo answers on the machine that runs it alone: everybody knows its passwords.")
        return HttpResponseForbidden(sentence, content_type="text/plain; charset=utf-8")

    return middleware


def private_pages(get_response):
    """Keep a signed-in person's pages out of every cache, the browser's own too."""

    def middleware(request):
        response = get_response(request)
        if request.user.is_authenticated:
            response["Cache-Control"] = "private, no-store"
        return response

    return middleware


class StrangersSlowly:
    """Takes few forms a minute from an address whose sender is not signed in, whatever is in them.

    Sign-in and the link to a new password have limits of their own.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if request.method != "POST" or request.user.is_authenticated:
            return None
        if request.resolver_match.url_name in LIMITED_ELSEWHERE:
            return None
        line = line_of(get_adapter().get_client_ip(request))
        if consume(request, action="typed_by_strangers", key=line):
            return None
        sentence = _(
            "Too many forms came from your network without a sign-in. "
            "Wait a minute, sign in, and send it again."
        )
        return render(request, "429.html", {"sentence": sentence}, status=429)


class SignInFirst(LoginRequiredMiddleware):
    """Closes every view to strangers, who come back after sign-in to the page they were on.

    For htmx the whole page goes to sign-in, not the part it would swap. A form sent after the session
    ended comes back to the page that held it, filled: its own address often takes no more than the form.
    """

    def handle_no_permission(self, request, view_func):
        if request.htmx:
            back = request.htmx.current_url_abs_path or "/"
            return HttpResponseClientRedirect(redirect_to_login(back, self.get_login_url(view_func)).url)
        if request.method == "POST":
            page = page_of_the_form(request)
            answer = redirect_to_login(page, self.get_login_url(view_func))
            stale_forms.keep(request, answer, page=page)
            return answer
        return super().handle_no_permission(request, view_func)


def page_of_the_form(request):
    """The page from which a form was sent, where the browser names one of ours; else the first page."""
    page = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure())
    found = urlsplit(page)
    return found._replace(scheme="", netloc="", fragment="").geturl() if page and ours else "/"


def office_time(get_response):
    """Show and read times in the zone of the person's office."""

    def middleware(request):
        if not request.user.is_authenticated:
            return get_response(request)
        read_frame(request.user)
        with timezone.override(request.user.office_zone()):
            return get_response(request)

    return middleware


def read_frame(user):
    """Read by one query what the frame of every page shows: postings, grants, the months of the offices."""
    today = timezone.localdate(timezone=ZoneInfo(CITY_ZONE))
    months = months_near(today).of(user.pk)
    user.read_standing(beside=[months])
    for posting in user.postings_held:
        for key in {MonthKey.of(today), MonthKey.of(today + ONE_DAY)}:
            Month.objects.lend(posting.unit.agency, key, months)


@lru_cache(maxsize=2)
def months_near(day):
    return Prepared(lambda pk: Month.objects.near(pk, day))


class Refusals:
    """Turns what a view refused, or a database trigger, into a page with its sentence; other errors pass."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, error):
        if isinstance(error, Refusal):
            return refused(request, str(error), error.status)
        if isinstance(error, RedisError):
            return unavailable(error)
        sentence = isinstance(error, IntegrityError) and REFUSALS.get(str(error).split("\n")[0])
        return refused(request, sentence, 409) if sentence else None


def unavailable(error):
    """The page while Valkey is away. It reads nothing that stands there: no session, no person."""
    log.error("Valkey does not answer: %s", error)
    return HttpResponse(render_to_string("503.html"), status=503, headers={"Retry-After": "60"})


def refused(request, sentence, status):
    """The page of a refusal: that this person may not read it, or why nothing is saved or shown."""
    if status == 403 and request.method != "POST":
        return render(request, "403.html", {"exception": sentence}, status=status)
    return render(request, "errors/conflict.html", {"sentence": sentence, "status": status}, status=status)
