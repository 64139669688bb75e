"""The mark of work on a full leave day follows the facts, whatever was typed first."""

import uuid
from datetime import date

import pytest
from django.urls import reverse

from activities.models import Activity, follow_leave
from calendars.models import Month
from organization.models import Role
from tests import factories, factories_activities, factories_reports
from tests.factories import at
from tests.factories_activities import activity, typed

pytestmark = pytest.mark.django_db
MONDAY, TUESDAY, WEDNESDAY = (date(2026, 3, day) for day in (9, 10, 11))
NOTE = (
    "180 menit dalam 2 kegiatan sudah dilaporkan untuk hari-hari ini. Kegiatan itu tetap ada dan ditandai "
    "sebagai pekerjaan pada hari cuti."
)


@pytest.fixture
def city(monkeypatch):
    factories_reports.freeze(monkeypatch, 2026, 3, 11, 9, 0)
    names = factories_activities.city()
    names.first, names.second = (factories.with_role(Role.HR, name=name) for name in ("Satu", "Dua"))
    return names


def marked():
    return [row.performed_on for row in Activity.objects.order_by("performed_on", "pk") if row.flagged]


def record(client, city, **changes):
    """What HR is told, and then the leave saved."""
    client.force_login(city.first)
    url = reverse("changes:leave_create", args=[city.ana.pk])
    fields = {"code": "CT", "starts_on": "2026-03-09", "ends_on": "2026-03-10", "half": "", "letter": "850/2"}
    answer, notes = client.post(url, fields | changes), []
    if answer.status_code == 200:
        notes = [str(note) for note in answer.context["touched"].notes]
        answer = client.post(url, fields | changes | {"seen": answer.context["touched"].stamp})
    return notes, answer.status_code


def test_leave_entered_after_the_reports_says_how_many_minutes_lie_in_it_and_marks_them(client, city):
    for day in (MONDAY, TUESDAY, WEDNESDAY):
        activity(city.ana, day)
    activity(city.ana, TUESDAY, status="draft")
    activity(city.budi, MONDAY)

    assert record(client, city) == ([NOTE], 302)

    assert marked() == [MONDAY, TUESDAY, TUESDAY]
    assert set(Activity.objects.filter(flagged=True).values_list("person", flat=True)) == {city.ana.pk}


def test_the_mark_is_the_same_where_the_leave_came_first(client, city):
    assert record(client, city) == ([], 302)

    Activity.objects.enter(
        city.ana, by=city.ana, at=at(2026, 3, 11, 9), token=uuid.uuid4(), report=True, **typed(TUESDAY)
    )

    assert marked() == [TUESDAY]


def test_half_a_day_marks_nothing_and_says_nothing(client, city):
    activity(city.ana, MONDAY)

    assert record(client, city, ends_on="2026-03-09", half="am") == ([], 302)
    assert marked() == []


def test_leave_that_is_ended_or_cancelled_takes_its_mark_away(client, city):
    for day in (MONDAY, TUESDAY):
        activity(city.ana, day)
    leave = factories.leave(city.ana, MONDAY, TUESDAY)
    follow_leave(city.ana, since=MONDAY)
    before = marked()

    def approve(request):
        client.force_login(city.second)
        url = reverse("changes:request", args=["leave-changes", request.pk])
        client.post(url, {"seen": client.get(url).context["touched"].stamp})
        return marked()

    ended = approve(leave.request_change(by=city.first, reason="Kembali lebih awal", ends_on=MONDAY))
    leave.refresh_from_db()
    cancelled = approve(leave.request_change(by=city.first, reason="Salah ketik nama pegawai"))

    assert (before, ended, cancelled) == ([MONDAY, TUESDAY], [MONDAY], [])


def test_rows_of_a_final_month_stay_as_they_are(city):
    row = activity(city.ana, date(2026, 2, 10), status="approved")
    factories.leave(city.ana, date(2026, 2, 10))
    Month.objects.filter(pk=row.month_id).update(
        status="final",
        published_at=at(2026, 3, 1),
        finalised_at=at(2026, 3, 2),
        objections_close_at=at(2026, 3, 2),
    )

    follow_leave(city.ana, since=date(2026, 2, 1))

    assert marked() == []
