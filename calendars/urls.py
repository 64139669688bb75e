from django.urls import path

import calendars.converters  # noqa: F401 (registers day, week and month for the addresses of every app)
from calendars import views

app_name = "calendars"
urlpatterns = [
    path("calendar/", views.holidays, name="holidays"),
    path("calendar/<int:year>/", views.holidays, name="holidays"),
    path("people/<int:pk>/leaves/", views.leaves, name="leaves"),
]
