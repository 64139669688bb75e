from django.urls import path

import calendars.converters  # noqa: F401 (registers day, week and month for the addresses of every app)
from calendars import views

app_name = "calendars"
urlpatterns = [
    path("calendar/", views.holidays, name="holidays"),
    path("calendar/<int:year>/", views.holidays, name="holidays"),
    path("calendar/holidays/new/", views.holiday_create, name="holiday_create"),
    path("calendar/holidays/<int:pk>/edit/", views.holiday_edit, name="holiday_edit"),
    path("people/<int:pk>/leaves/", views.leaves, name="leaves"),
    path("people/<int:pk>/leaves/new/", views.leave_create, name="leave_create"),
]
