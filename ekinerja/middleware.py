from django.db import IntegrityError
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "month_is_final": _("This month is final: nothing in it can be changed any more."),
    "month_is_closed": _("This month is closed for reports: nothing can be added to it any more."),
    "append_only": _("What was decided stays as it was decided: it can neither be changed nor removed."),
}


def private_pages(get_response):
    """Keep a signed-in person's pages out of every cache, the browser's own too."""

    def middleware(request):
        response = get_response(request)
        if request.user.is_authenticated:
            response["Cache-Control"] = "private, no-store"
        return response

    return middleware


def office_time(get_response):
    """Show and read times in the zone of the person's office."""

    def middleware(request):
        if not request.user.is_authenticated:
            return get_response(request)
        with timezone.override(request.user.office_zone()):
            return get_response(request)

    return middleware


class DatabaseRefusals:
    """Turns a refusal by a database trigger into a page with a sentence; any other error passes."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, error):
        if not isinstance(error, IntegrityError):
            return None
        for code, sentence in REFUSALS.items():
            if code in str(error):
                return render(request, "errors/conflict.html", {"sentence": sentence}, status=409)
        return None
