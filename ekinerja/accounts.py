"""The account pages that are open: sign-in and out, and the two ways to a new password.

allauth brings pages by which a session left open could change where a new password is sent. They are all
closed, also those of its later versions, until an address is changed with the password and a confirmation.
"""

from allauth.account.urls import urlpatterns as pages
from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern
from django.utils.translation import gettext_lazy

from ekinerja import views
from records.refusals import NotAllowed

OPEN = {
    "account_login",
    "account_logout",
    "account_inactive",
    "account_change_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
}
OWN = {"account_reset_password": views.forgotten}


class Closed(NotAllowed):
    """Somebody asked for a page that changes an account or its address."""

    sentence = gettext_lazy(
        "This page is closed. Accounts and their e-mail addresses are kept by HR: ask your HR administrator."
    )


@login_not_required
def closed(request, **kwargs):
    raise Closed


def ours(page):
    """The page itself where it is open, else its address with our own answer."""
    if page.name in OPEN:
        return page
    return URLPattern(page.pattern, OWN.get(page.name, closed), name=page.name)


urlpatterns = [ours(page) for page in pages]
