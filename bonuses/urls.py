from django.urls import path

from bonuses.views import lines, mine, papers, runs, steps
from calendars import converters  # noqa: F401 (registers <month:...>)

app_name = "bonuses"
urlpatterns = [
    path("bonuses/", runs.runs, name="runs"),
    path("bonuses/new/", runs.create, name="create"),
    path("bonuses/<int:pk>/", runs.run, name="run"),
    path("bonuses/<int:pk>/request/", steps.request_run, name="request"),
    path("bonuses/<int:pk>/check/", steps.check, name="check"),
    path("bonuses/<int:pk>/release/", steps.release, name="release"),
    path("bonuses/<int:pk>/refuse/", steps.refuse, name="refuse"),
    path("bonuses/<int:pk>/cancel/", steps.cancel, name="cancel"),
    path("bonuses/<int:pk>/nominative/<int:agency>.xlsx", papers.nominative, name="nominative"),
    path("bonuses/<int:pk>/nominative/<int:agency>.csv", papers.csv, name="csv"),
    path("bonuses/lines/<int:pk>/", lines.line, name="line"),
    path("bonus/", mine.mine, name="mine"),
    path("bonus/<month:month>/", mine.mine_month, name="mine_month"),
]
