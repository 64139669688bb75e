from allauth.account.adapter import DefaultAccountAdapter
from django.utils.translation import gettext_lazy as _


class ClosedAccounts(DefaultAccountAdapter):
    """People come from the staff list: nobody signs himself up."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _("The NIP or the password is not correct."),
        "enter_current_password": _("This is not your current password."),
    }

    def is_open_for_signup(self, request):
        return False
