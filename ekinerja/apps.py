from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class EkinerjaConfig(AppConfig):
    """The wiring; an app only so that its commands and the frame's tags are found."""

    name = "ekinerja"


class SuperuserAdminConfig(AdminConfig):
    default_site = "ekinerja.admin.SuperuserSite"
