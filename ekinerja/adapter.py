"""How allauth signs people in here: nobody registers, and nobody locks out anybody else."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.ratelimit import consume
from django.conf import settings
from django.core.cache import cache
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from ekinerja.addresses import client_address, line_of

REMEMBERED = 180 * 24 * 3600  # seconds that an address counts as one from which the person signed in


class ClosedAccounts(DefaultAccountAdapter):
    """People come from the staff list: nobody signs up.

    Wrong passwords count for an account and an address together ("login_failed"). Two slower counts meet
    only who has not signed in from there before: of the account from everywhere, after which it takes one
    attempt in a while ("login_slowed"), and of the address for all accounts.
    """

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _("The NIP or the password is not correct."),
        "enter_current_password": _("This is not your current password."),
        "too_many_login_attempts": _(
            "Too many wrong passwords for this NIP from this network. Wait five minutes, then try again."
        ),
        "slowed": _(
            "Somebody tried many wrong passwords for this NIP. From a network that is new for it, one "
            "attempt is taken every 30 seconds: wait, then try again."
        ),
        "crowded": _("Too many wrong passwords from this network. Wait a minute, then try again."),
    }

    def is_ajax(self, request):
        """Our pages are pages: nothing of ours asks for sign-in as JSON."""
        return False

    def is_open_for_signup(self, request):
        return False

    def get_client_ip(self, request):
        """The address of the browser; what a proxy says of it counts only from a proxy of ours."""
        remote = request.META.get("REMOTE_ADDR", "")
        return client_address(remote, request.headers.get("X-Forwarded-For"), settings.TRUSTED_PROXIES)

    def _get_login_attempts_cache_key(self, request, **credentials):
        """The key of "login_failed"; allauth's own leaves the address out."""
        return f"{nip_of(credentials)} {self.line(request)}"

    def pre_authenticate(self, request, **credentials):
        super().pre_authenticate(request, **credentials)
        if self.is_familiar(request, nip_of(credentials)):
            return
        reason = self.reason_to_wait(request, nip_of(credentials))
        if reason:
            self._rollback_login_failed_rl_usage()  # nothing was tried
            raise self.validation_error(reason)

    def reason_to_wait(self, request, nip):
        """Why a stranger at this address is not heard now, as a code of `error_messages`, or None."""
        if not consume(request, action="login_failed_at_address", key=self.line(request), dry_run=True):
            return "crowded"
        if consume(request, action="login_failed_anywhere", key=nip, dry_run=True):
            return None
        return None if consume(request, action="login_slowed", key=nip) else "slowed"

    def authentication_failed(self, request, **credentials):
        consume(request, action="login_failed_anywhere", key=nip_of(credentials))
        consume(request, action="login_failed_at_address", key=self.line(request))

    def login(self, request, user):
        super().login(request, user)
        cache.set(familiar_key(user.nip, self.line(request)), True, REMEMBERED)

    def is_familiar(self, request, nip):
        """Whether this person signed in from this address before."""
        return cache.get(familiar_key(nip, self.line(request)), False)

    def line(self, request):
        return line_of(self.get_client_ip(request))


def nip_of(credentials):
    return credentials.get("username", "").lower()


def familiar_key(nip, line):
    return f"signed-in:{salted_hmac('signed-in', f'{nip} {line}').hexdigest()}"
