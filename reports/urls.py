from django.urls import path

from reports import views

app_name = "reports"
urlpatterns = [
    path("", views.home, name="home"),
    path("board/", views.board, name="board"),
    path("figures/<month:month>/", views.figures, name="figures"),
    path("rules/", views.rules, name="rules"),
]
