"""Requests as no browser of ours sends them: each gets its status and a page that says what to do."""

import logging

from django.core.exceptions import BadRequest, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import DataError
from django.http import Http404, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.template.loader import render_to_string

from records import text

log = logging.getLogger(__name__)
METHODS = ("GET", "HEAD", "POST", "OPTIONS")
LARGEST_ID = 2**63 - 1  # of a bigint column
TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
UNREADABLE = (BadRequest, MultiPartParserError, UnreadablePostError, UnicodeError, LookupError, ValueError)


class Unusual:
    """Reads what was sent once, before any check or view does, and answers what no view was made for.

    Characters that nobody sees are taken out of what is typed (records/text.py); passwords stay as they are.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.method == "OPTIONS" and response.status_code in (200, 405):
            allowed = response.get("Allow", "GET, HEAD, POST")
            return HttpResponse(status=204, headers={"Allow": f"{allowed}, OPTIONS"})
        return with_a_page(request, response) if is_bare(response) else response

    def process_view(self, request, view, args, kwargs):
        if request.method not in METHODS:
            return HttpResponse(status=405, headers={"Allow": ", ".join(METHODS)})
        if any(isinstance(value, int) and value > LARGEST_ID for value in kwargs.values()):
            raise Http404
        try:
            read(request)
        except TOO_MUCH as error:
            request._mark_post_parse_error()
            return refusal(request, 413, error)
        except UNREADABLE as error:
            request._mark_post_parse_error()
            return refusal(request, 400, error)
        return None

    def process_exception(self, request, error):
        """A value that no column holds, such as a number of thirty digits in the address."""
        return refusal(request, 400, error) if isinstance(error, DataError) else None


def is_bare(response):
    """Whether a refusal says nothing."""
    return 400 <= response.status_code < 500 and not response.streaming and not response.content


def read(request):
    """Parse and clean GET and POST. Raises one of TOO_MUCH or UNREADABLE."""
    charset = (request.content_params or {}).get("charset", "utf-8")
    if charset.strip("'\"").lower() not in ("utf-8", "utf8", "us-ascii"):
        request.encoding = "utf-8"
        raise BadRequest(f"charset {charset[:40]!r}")
    request.GET = cleaned(request.GET)
    if request.method == "POST":
        request.POST = cleaned(request.POST)


def cleaned(sent):
    """The same fields, without the characters that nobody sees."""
    fresh = sent.copy()
    for name, values in sent.lists():
        fresh.pop(name)
        fresh.setlistdefault(text.plain(name)).extend(
            values if is_secret(name) else [text.plain(value) for value in values]
        )
    fresh._mutable = False
    return fresh


def is_secret(name):
    return "password" in name


def with_a_page(request, response):
    """A blank refusal with the page of its status; its headers stay, such as Allow."""
    page = page_of(request, response.status_code)
    response.content, response["Content-Type"] = page.content, page["Content-Type"]
    return response


def refusal(request, status, error):
    """One line in the log, and the page of this status."""
    why = str(error)[:120].split("\n")[0]
    log.warning("Refused (%s): %s %s: %s", status, request.method, request.path, why)
    return page_of(request, status)


def page_of(request, status):
    return render(request, "errors/refused.html", {"status": status}, status=status)


def unreadable(request, exception=None):
    """The page of a request that Django refuses itself, perhaps before anybody was asked who it is."""
    if hasattr(request, "user") and hasattr(request, "htmx"):
        return page_of(request, 400)
    return HttpResponse(render_to_string("errors/refused.html", {"status": 400}), status=400)
