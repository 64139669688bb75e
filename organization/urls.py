from django.urls import path

from organization import views

app_name = "organization"
urlpatterns = [
    path("profile/", views.profile, name="profile"),
    path("people/", views.people, name="people"),
    path("people/<int:pk>/", views.person, name="person"),
]
