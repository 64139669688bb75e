from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from ekinerja import views

handler400 = "ekinerja.unusual.unreadable"
handler500 = "ekinerja.views.fault"
urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("accounts/", include("ekinerja.accounts")),
    path("i18n/setlang/", login_not_required(set_language), name="set_language"),
    path("admin/", admin.site.urls),
    # One include line per app, in the order of the line of apps; each app adds its own.
    path("", include("notices.urls")),
    path("", include("organization.urls")),
    path("", include("calendars.urls")),
    path("activities/", include("activities.urls")),
    path("approvals/", include("approvals.urls")),
    path("", include("assessment.urls")),
    path("", include("bonuses.urls")),
    path("", include("reports.urls")),
    path("", include("reports.changes.urls")),
    path("operations/outages/", include("operations.urls")),
]
