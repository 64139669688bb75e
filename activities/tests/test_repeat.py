"""Copying another day's work as drafts. Now is Wednesday 11 March 2026, 09.00 WIB."""

from datetime import date, time

import pytest
from django.urls import reverse

from activities.models import Activity
from tests import factories_activities
from tests.factories import at
from tests.factories_activities import activity, item

pytestmark = pytest.mark.django_db
WEDNESDAY, TUESDAY, FRIDAY = date(2026, 3, 11), date(2026, 3, 10), date(2026, 3, 6)
TODAY = reverse("activities:day", args=[WEDNESDAY])


@pytest.fixture
def city():
    return factories_activities.city()


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(at(2026, 3, 11), tick=False)


@pytest.fixture
def ana(client, city):
    client.force_login(city.ana)
    return city.ana


def copies():
    rows = Activity.objects.on_day(WEDNESDAY).order_by("pk")
    return list(rows.values_list("status", "minutes", "quantity", "starts_at", "description", "version"))


def test_what_was_reported_is_copied_as_drafts_that_do_not_count(client, ana, city):
    files = item(standard=30)
    activity(ana, FRIDAY, item=files, minutes=60, quantity=2, starts_at=time(8), status="approved")
    activity(ana, FRIDAY, minutes=45, description="Menyusun nota dinas.", status="rejected")
    activity(ana, FRIDAY, status="draft")
    activity(city.budi, FRIDAY)

    answer = client.post(TODAY, {"source": "2026-03-06"}, follow=True)

    assert copies() == [
        ("draft", 60, 2, time(8), factories_activities.TEXT, 1),
        ("draft", 45, 1, None, "Menyusun nota dinas.", 1),
    ]
    assert "2 draf disalin dari Jum, 6 Mar 2026." in answer.content.decode()
    assert answer.context["sheet"].minutes == 0


def test_asking_twice_copies_once(client, ana):
    activity(ana, TUESDAY)

    for _time in range(2):
        client.post(TODAY, {"source": "2026-03-10"})

    assert len(copies()) == 1


def test_work_that_left_the_catalogue_is_left_out(client, ana):
    activity(ana, TUESDAY, item=item(is_active=False))
    activity(ana, TUESDAY, minutes=30)

    client.post(TODAY, {"source": "2026-03-10"})

    assert [minutes for _status, minutes, *_rest in copies()] == [30]


def test_the_newest_day_with_a_report_is_offered(client, ana):
    activity(ana, FRIDAY)
    activity(ana, TUESDAY, status="draft")

    page = client.get(TODAY)

    assert page.context["source"] == FRIDAY
    assert "Ulangi Jum, 6 Mar 2026 sebagai draf" in page.content.decode()


def test_a_day_that_is_not_open_takes_no_copies(client, ana):
    activity(ana, date(2026, 3, 5))

    answer = client.post(reverse("activities:day", args=[FRIDAY]), {"source": "2026-03-05"})

    assert answer.status_code == 422
    assert "sekarang sudah terkunci" in answer.content.decode()
    assert not Activity.objects.on_day(FRIDAY).exists()


@pytest.mark.parametrize("source", ["", "kemarin", "2026-13-01"])
def test_a_source_that_is_no_day_copies_nothing(client, ana, source):
    activity(ana, TUESDAY)

    assert client.post(TODAY, {"source": source}).status_code == 422
    assert copies() == []
