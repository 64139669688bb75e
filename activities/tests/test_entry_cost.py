"""What one activity costs: how many queries, and of how many days. Now is Wednesday 11 March 2026, 09.00 WIB.

The person has forty items to choose from, six weeks of work behind them, a leave before and one to come.
"""

import uuid
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from activities.models import Activity
from calendars.weeks import OfficeCalendar
from tests import factories, factories_activities
from tests.factories import at
from tests.factories_activities import TEXT, activity, item

pytestmark = pytest.mark.django_db
NEW = reverse("activities:create")


@pytest.fixture
def items(client, time_machine):
    time_machine.move_to(at(2026, 3, 11), tick=False)
    city = factories_activities.city()
    factories.leave(city.ana, date(2026, 2, 16), date(2026, 2, 18))
    factories.leave(city.ana, date(2026, 3, 13))
    found = [item(f"Butir {number}", standard=30) for number in range(40)]
    for back in range(42):
        day = date(2026, 3, 10) - timedelta(days=back)
        if day.weekday() < 5:
            activity(city.ana, day, item=found[back % 12])
    client.force_login(city.ana)
    return found


@pytest.fixture
def read(monkeypatch):
    """The days of which an office's calendar is asked."""
    days, minutes_on = set(), OfficeCalendar.minutes_on

    def asked(self, day):
        days.add(day)
        return minutes_on(self, day)

    monkeypatch.setattr(OfficeCalendar, "minutes_on", asked)
    return days


def body(items, **fields):
    values = {"performed_on": "2026-03-11", "item": items[0].pk, "description": TEXT, "starts_at": "13.00"}
    values |= {"minutes": "30", "quantity": "1", "form_token": str(uuid.uuid4())}
    return values | fields


def days(first, last):
    """Days of March 2026."""
    return {date(2026, 3, number) for number in range(first, last + 1)}


def test_a_report_reads_its_day_and_those_that_its_window_counts(client, items, read):
    with CaptureQueriesContext(connection) as queries:
        answer = client.post(NEW, body(items))

    assert (answer.status_code, len(queries)) == (302, 12)
    assert read <= days(11, 16)  # Thursday and Monday are counted, Friday is leave


def test_a_change_of_what_is_reported_reads_no_more(client, items, read):
    client.post(NEW, body(items))
    row = Activity.objects.latest("pk")
    read.clear()

    with CaptureQueriesContext(connection) as queries:
        answer = client.post(row.get_absolute_url() + "edit/", body(items, minutes="60", version=1))

    assert (answer.status_code, len(queries)) == (302, 13)
    assert read <= days(11, 16)


def test_a_change_of_the_text_reads_no_day(client, items, read):
    client.post(NEW, body(items))
    row = Activity.objects.latest("pk")
    read.clear()

    with CaptureQueriesContext(connection) as queries:
        answer = client.post(row.get_absolute_url() + "edit/", body(items, description=TEXT * 2, version=1))

    assert (answer.status_code, len(queries)) == (302, 11)
    assert read == set()


def test_a_new_form_reads_back_to_the_last_day_that_is_over(client, items, read):
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(NEW)

    assert (answer.status_code, len(queries)) == (200, 6)
    assert read <= days(5, 16)


def test_a_refused_report_reads_no_more_days_than_a_new_form(client, items, read):
    with CaptureQueriesContext(connection) as queries:
        answer = client.post(NEW, body(items, performed_on="2026-03-03"))

    assert (answer.status_code, len(queries)) == (422, 15)
    assert read <= days(3, 16)


@pytest.mark.parametrize(("rows", "asked"), [(1, 7), (2, 7), (4, 7)])
def test_the_copies_of_a_day_share_what_is_read_of_it(items, read, rows, asked):
    ana, sunday, today = Activity.objects.latest("pk").person, date(2026, 3, 8), date(2026, 3, 11)
    for _row in range(rows):
        activity(ana, sunday)

    with CaptureQueriesContext(connection) as queries:
        made = Activity.objects.repeat(ana, by=ana, at=at(2026, 3, 11), source=sunday, day=today)

    assert (len(made), len(queries)) == (rows, asked)
    assert read <= days(11, 16)
