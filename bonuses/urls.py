from django.urls import path

from bonuses.models import MOVES
from bonuses.views import lines, mine, moves, papers, runs
from calendars import converters  # noqa: F401 (registers <month:...>)

app_name = "bonuses"
urlpatterns = [
    path("bonuses/", runs.runs, name="runs"),
    path("bonuses/new/", runs.create, name="create"),
    path("bonuses/<int:pk>/", runs.run, name="run"),
    *[path(f"bonuses/<int:pk>/{move.verb}/", moves.page_of(move), name=move.verb) for move in MOVES],
    path("bonuses/<int:pk>/nominative/<int:agency>.xlsx", papers.nominative, name="nominative"),
    path("bonuses/<int:pk>/nominative/<int:agency>.csv", papers.csv, name="csv"),
    path("bonuses/<int:pk>/nominative/<int:agency>/data.csv", papers.data, name="data"),
    path("bonuses/lines/<int:pk>/", lines.line, name="line"),
    path("bonus/", mine.mine, name="mine"),
    path("bonus/<month:month>/", mine.mine_month, name="mine_month"),
]
