"""Forms that a sign-in overtook: their token changed while they were open, or their session had ended.

Which person a token was made for is kept with the token's secret for a day. A form comes back filled only
to the person whose page it was on, so nothing that another site sends, or a colleague typed, is ever shown.
"""

import logging

from django.core import signing
from django.core.cache import cache
from django.middleware.csrf import CSRF_ALLOWED_CHARS, CSRF_SECRET_LENGTH, CSRF_TOKEN_LENGTH
from django.middleware.csrf import _unmask_cipher_token as unmasked
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import salted_hmac
from redis import RedisError

log = logging.getLogger(__name__)
A_DAY = 24 * 3600
TOKEN = "csrfmiddlewaretoken"  # noqa: S105 -- the name of a field
AN_HOUR = 3600
KEPT = "ek-form"
LARGEST = 3800  # characters of the cookie; browsers take 4,096 with its name and attributes
LONG_TEXT = 40  # characters from which a value is shown to be read again


def token_owners(get_response):
    """Remember for whom the token of a page was made."""

    def middleware(request):
        response = get_response(request)
        secret = request.META.get("CSRF_COOKIE")
        if secret and request.META.get("CSRF_COOKIE_NEEDS_UPDATE") and request.user.is_authenticated:
            try:
                cache.set(key_of(secret), request.user.pk, A_DAY)
            except RedisError as error:
                log.error("Valkey does not answer: %s", error)
        return response

    return middleware


def key_of(secret):
    return f"form-of:{salted_hmac('form-of', secret).hexdigest()}"


def owner_of(token):
    """The id of the person for whom the token was made; None for one that is not ours or too old."""
    if len(token) not in (CSRF_TOKEN_LENGTH, CSRF_SECRET_LENGTH) or set(token) - set(CSRF_ALLOWED_CHARS):
        return None
    return cache.get(key_of(unmasked(token) if len(token) == CSRF_TOKEN_LENGTH else token))


def again(request):
    """The answer to a form whose token does not fit: the form filled, where it is this person's own."""
    if request.user.is_authenticated and request.path == reverse("account_login"):
        return redirect("/")
    token = request.POST.get(TOKEN) or request.headers.get("X-CSRFToken", "")
    owner = owner_of(token) if request.method == "POST" and comes_from_us(request) else None
    if owner is None or owner != request.user.pk or any("password" in name for name in request.POST):
        return render(request, "403_csrf.html", {"of_another": owner is not None}, status=403)
    return filled_again(request, fields_of(request.POST), to=request.get_full_path(), status=409)


def filled_again(request, fields, *, to, status=200):
    """The page with what was filled in and one button, which sends it to the address `to`."""
    return render(request, "errors/form_again.html", {"fields": fields, "to": to}, status=status)


def keep(request, answer, *, page):
    """Let the browser keep a form sent after the session ended, until its person is on `page` again.

    Only where it is known whose page it was on, never a password, and no more than a cookie holds.
    """
    fields = fields_of(request.POST)
    try:
        owner = owner_of(request.POST.get(TOKEN, ""))
    except RedisError as error:
        log.error("Valkey does not answer: %s", error)
        return
    if owner is None or any("password" in name for name, _value, _is_text in fields):
        return
    form = {"of": owner, "page": page, "to": request.get_full_path(), "fields": fields}
    kept = signing.dumps(form, salt=KEPT, compress=True)
    if len(kept) <= LARGEST:
        options = {"max_age": AN_HOUR, "httponly": True, "samesite": "Lax", "secure": request.is_secure()}
        answer.set_cookie(KEPT, kept, **options)


def kept_forms(get_response):
    """Give back, once and to its person alone, the form that `keep` let the browser keep."""

    def middleware(request):
        if KEPT not in request.COOKIES or request.method != "GET" or not request.user.is_authenticated:
            return get_response(request)
        form = kept_by(request)
        if form and form["of"] == request.user.pk and form["page"] != request.get_full_path():
            return get_response(request)  # on the way there, or in another tab
        is_theirs = form and form["of"] == request.user.pk
        answer = filled_again(request, form["fields"], to=form["to"]) if is_theirs else get_response(request)
        answer.delete_cookie(KEPT)
        return answer

    return middleware


def kept_by(request):
    """What the cookie holds; None where it is not ours, or too old."""
    try:
        return signing.loads(request.COOKIES[KEPT], salt=KEPT, max_age=AN_HOUR)
    except signing.BadSignature:
        return None


def comes_from_us(request):
    """Whether the browser says that a page of ours sent it, in whatever it says of that."""
    ours = f"{request.scheme}://{request.get_host()}"
    origin, page = request.headers.get("Origin", ours), request.headers.get("Referer", ours)
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    return origin == ours and f"{page}/".startswith(f"{ours}/") and site == "same-origin"


def fields_of(sent):
    """(name, value, whether it is text to be read) of every field but the token."""
    return [
        (name, value, "\n" in value or len(value) >= LONG_TEXT and " " in value)
        for name, values in sent.lists()
        if name != TOKEN
        for value in values
    ]
