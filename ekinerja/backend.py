"""Who is signed in, read with their news: the menu of every page counts it, and no page asks again."""

from allauth.account.auth_backends import AuthenticationBackend

from notices.models import Notice
from organization.models import User
from records.prepared import Prepared

READ = Prepared(lambda pk: User.objects.annotate(unseen_rows=Notice.objects.unseen_rows()).filter(pk=pk))


class SignedIn(AuthenticationBackend):
    def get_user(self, user_id):
        """The person of a session with `unseen_rows`, see notices.unseen; None where they may not be here."""
        found = next(iter(READ.of(user_id)), None)
        return found if found and self.user_can_authenticate(found) else None
