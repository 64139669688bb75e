from django.contrib.admin import AdminSite
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache


class SuperuserSite(AdminSite):
    """Django's admin for superusers alone, behind the product's one sign-in page.

    Nobody who works on a post reads the records of colleagues by this second door.
    """

    def has_permission(self, request):
        user = request.user
        if not (user.is_active and user.is_superuser):
            return False
        return not user.postings.exclude(ends_on__lt=user.today()).exists()

    @method_decorator(never_cache)
    @login_not_required
    def login(self, request, extra_context=None):
        """Send a stranger to the sign-in page, refuse anyone else: no second form takes passwords."""
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.GET.get("next") or request.path)

    def password_change(self, request, extra_context=None):
        return redirect("account_change_password")

    def autocomplete_view(self, request):
        """Look-ups for forms: there are none here that change anything."""
        raise Http404
