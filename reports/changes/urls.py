from django.urls import path

from reports.changes import views

app_name = "changes"
urlpatterns = [
    path("people/<int:pk>/sanctions/new/", views.sanction_create, name="sanction_create"),
    path("people/<int:pk>/leaves/new/", views.leave_create, name="leave_create"),
    path("calendar/holidays/new/", views.holiday_create, name="holiday_create"),
    path("calendar/holidays/<int:pk>/edit/", views.holiday_edit, name="holiday_edit"),
]
