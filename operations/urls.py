from django.urls import path

from operations import views

app_name = "operations"
urlpatterns = [
    path("", views.outages, name="outages"),
    path("<int:pk>/end/", views.end, name="end"),
    path("gaps/dismissal/", views.dismiss, name="dismiss"),
]
