from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class EkinerjaConfig(AppConfig):
    """The wiring; an app only so that its commands and the frame's tags are found."""

    name = "ekinerja"


class SuperuserAdminConfig(AdminConfig):
    default_site = "ekinerja.admin.SuperuserSite"

    def ready(self):
        """Show our own models alone: an e-mail address that a superuser sets would sign him in as another."""
        super().ready()
        from allauth.account.models import EmailAddress
        from django.contrib import admin

        admin.site.unregister(EmailAddress)
