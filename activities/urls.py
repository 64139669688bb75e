from django.urls import path

from activities.views import days, detail, entry, search, weeks

app_name = "activities"
urlpatterns = [
    path("", search.search, name="search"),
    path("day/", days.open_month, name="days"),
    path("week/", weeks.open_month, name="weeks"),
    path("day/<day:day>/", days.show_day, name="day"),
    path("week/<week:week>/", weeks.show_week, name="week"),
    path("new/", entry.create, name="create"),
    path("<int:pk>/", detail.detail, name="detail"),
    path("<int:pk>/edit/", entry.edit, name="edit"),
    path("<int:pk>/withdraw/", detail.withdraw, name="withdraw"),
    path("<int:pk>/discard/", detail.discard, name="discard"),
]
