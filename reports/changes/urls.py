from django.urls import path

from reports.changes import cancelling, deciding, exceptions, foundings, grants, letters, steps, views

app_name = "changes"
urlpatterns = [
    path("people/<int:pk>/sanctions/new/", views.sanction_create, name="sanction_create"),
    path("people/<int:pk>/leaves/new/", views.leave_create, name="leave_create"),
    path("calendar/holidays/new/", views.holiday_create, name="holiday_create"),
    path("calendar/holidays/<int:pk>/edit/", views.holiday_edit, name="holiday_edit"),
    path("sanctions/<int:pk>/cancel/", cancelling.sanction_cancel, name="sanction_cancel"),
    path("leaves/<int:pk>/cancel/", cancelling.leave_cancel, name="leave_cancel"),
    path("leaves/<int:pk>/end/", cancelling.leave_end, name="leave_end"),
    path("calendar/holidays/<int:pk>/cancel/", cancelling.holiday_cancel, name="holiday_cancel"),
    path("people/<int:pk>/steps/", steps.steps, name="steps"),
    path("people/<int:pk>/transfer/", steps.transfer, name="transfer"),
    path("people/<int:pk>/promotion/", steps.promote, name="promote"),
    path("people/<int:pk>/end/", steps.end, name="end"),
    path("posts/<int:pk>/people/new/", steps.join, name="join"),
    path("units/new/", foundings.agency_create, name="agency_create"),
    path("units/<int:pk>/units/new/", foundings.unit_create, name="unit_create"),
    path("units/<int:pk>/posts/new/", foundings.top_post_create, name="top_post_create"),
    path("posts/<int:pk>/posts/new/", foundings.post_create, name="post_create"),
    path("exceptions/", exceptions.exceptions, name="exceptions"),
    path("roles/", grants.grants, name="grants"),
    path("roles/<int:pk>/end/", grants.grant_end, name="grant_end"),
    path("people/<int:pk>/roles/new/", grants.grant_create, name="grant_create"),
    path("transfers/<int:pk>/cancel/", cancelling.transfer_cancel, name="transfer_cancel"),
    path("leavings/<int:pk>/cancel/", cancelling.leaving_cancel, name="leaving_cancel"),
    path("posts/<int:pk>/letters/new/", letters.letter_create, name="letter_create"),
    path("letters/<int:pk>/cancel/", cancelling.letter_cancel, name="letter_cancel"),
    path("letters/<int:pk>/end/", cancelling.letter_end, name="letter_end"),
    path("delegation/", letters.delegate, name="delegate"),
    path("delegation/<int:pk>/withdrawal/", letters.delegate_withdraw, name="delegate_withdraw"),
    path("requests/", deciding.requests, name="requests"),
    path("requests/<slug:kind>/<int:pk>/", deciding.approve, name="request"),
    path("requests/<slug:kind>/<int:pk>/refusal/", deciding.refuse, name="request_refuse"),
    path("requests/<slug:kind>/<int:pk>/withdrawal/", deciding.withdraw, name="request_withdraw"),
]
