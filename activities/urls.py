from django.urls import path

from activities import views

app_name = "activities"
urlpatterns = [
    path("day/<day:day>/", views.show_day, name="day"),
    path("week/<week:week>/", views.show_week, name="week"),
    path("new/", views.create, name="create"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("<int:pk>/discard/", views.discard, name="discard"),
]
