from allauth.account.adapter import DefaultAccountAdapter


class ClosedAccounts(DefaultAccountAdapter):
    """People come from the staff list: nobody signs himself up."""

    def is_open_for_signup(self, request):
        return False
