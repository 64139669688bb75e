from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class EkinerjaConfig(AppConfig):
    """The wiring; an app only so that its commands and the frame's tags are found."""

    name = "ekinerja"

    def ready(self):
        from ekinerja import (
            checks,  # noqa: F401 (registers what `check --deploy` asks)
            wording,
        )

        wording.use()


class SuperuserAdminConfig(AdminConfig):
    default_site = "ekinerja.admin.SuperuserSite"

    def ready(self):
        """Show our own models alone: by an e-mail address a superuser could sign in as another."""
        super().ready()
        from allauth.account.models import EmailAddress
        from django.contrib import admin
        from django.contrib.auth.models import Group

        admin.site.unregister([EmailAddress, Group])
