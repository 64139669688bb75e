from django.urls import path

from assessment.views import closings, confirmations, draws, marks, months

app_name = "assessment"
urlpatterns = [
    path("assessment/", months.months, name="months"),
    path("assessment/<int:pk>/", months.month, name="month"),
    path("assessment/<int:pk>/close/", months.close, name="close"),
    path("assessment/<int:pk>/dates/", months.dates, name="dates"),
    path("assessment/<int:pk>/draw/", draws.draw, name="draw"),
    path("assessment/<int:pk>/verify/", draws.verify, name="verify"),
    path("assessment/rows/<int:pk>/", draws.row, name="row"),
    path("assessment/rows/<int:pk>/withdraw/", draws.withdraw, name="withdraw"),
    path("assessment/<int:pk>/people/", marks.people, name="people"),
    path("assessment/<int:pk>/people/confirm/", confirmations.confirm_many, name="confirm_many"),
    path("assessment/<int:pk>/people/<int:person>/", marks.person, name="person"),
    path("assessment/<int:pk>/publish/", closings.publish, name="publish"),
    path("assessment/<int:pk>/finalise/", closings.finalise, name="finalise"),
    path("scores/", marks.open_mine, name="open_mine"),
    path("scores/<month:month>/", marks.mine, name="mine"),
]
