from django.urls import path

from notices import views

app_name = "notices"
urlpatterns = [
    path("news/", views.news, name="news"),
    path("news/seen/", views.see, name="see"),
]
