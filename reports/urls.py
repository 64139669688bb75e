from django.urls import path

from reports import figures_views, views

app_name = "reports"
urlpatterns = [
    path("", views.home, name="home"),
    path("board/", views.board, name="board"),
    path("figures/<month:month>/", views.figures, name="figures"),
    path("figures/<int:pk>/people/<int:person>/", figures_views.figures_of, name="figures_of"),
    path("rules/", views.rules, name="rules"),
]
