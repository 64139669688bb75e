"""Reporting one activity. Today is Wednesday 11 March 2026, 09.00 WIB."""

import uuid
from datetime import date

import pytest
from django.urls import reverse

from activities.models import Activity
from tests import factories_activities
from tests.factories import at

pytestmark = pytest.mark.django_db
WEDNESDAY, TUESDAY, MONDAY = date(2026, 3, 11), date(2026, 3, 10), date(2026, 3, 9)
NEW = reverse("activities:create")


@pytest.fixture
def city():
    return factories_activities.city()


@pytest.fixture(autouse=True)
def now(time_machine):
    time_machine.move_to(at(2026, 3, 11))
    return time_machine


@pytest.fixture
def ana(client, city):
    client.force_login(city.ana)
    return city.ana


def body(**fields):
    """What the browser sends for a form of other work on Wednesday."""
    values = {
        "performed_on": "2026-03-11",
        "item": "other",
        "other_title": "Pekerjaan lain",
        "description": factories_activities.TEXT,
        "starts_at": "",
        "minutes": "90",
        "quantity": "1",
        "form_token": str(uuid.uuid4()),
    }
    return values | fields


def test_a_report_is_saved_and_named_with_its_number(client, ana):
    answer = client.post(NEW, body(), follow=True)

    row = Activity.objects.get()
    assert answer.redirect_chain == [(f"/activities/day/2026-03-11/#activity-{row.pk}", 302)]
    assert f"K-{row.pk}" in answer.content.decode()
    assert (row.person, row.status, row.minutes, row.performed_on) == (ana, "reported", 90, WEDNESDAY)
