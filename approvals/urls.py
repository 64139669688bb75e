from django.urls import path

from approvals.views import bulk, pages, sets, single

app_name = "approvals"
urlpatterns = [
    path("", pages.queue, name="queue"),
    path("<week:week>/", pages.week, name="week"),
    path("<week:week>/people/<int:person>/", pages.person, name="person"),
    path("<week:week>/people/<int:person>/rows/", pages.rows, name="rows"),
    path("<week:week>/approve/", bulk.approve_many, name="approve_many"),
    path("sets/<int:pk>/", sets.result, name="set"),
    path("sets/<int:pk>/send/", sets.send_set, name="send_set"),
    path("<int:pk>/decision/", single.decide, name="decide"),
    path("<int:pk>/decisions/", pages.decisions, name="decisions"),
    path("unit/", pages.unit, name="unit"),
    path("waiting/<week:week>/", pages.waiting, name="waiting"),
    path("left/<int:month>/", pages.undecided, name="left"),
    path("left/<int:month>/decide/", bulk.decide_undecided, name="left_many"),
]
