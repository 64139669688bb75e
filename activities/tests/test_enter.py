"""What a day takes, and what it refuses with which sentence. Today is Wednesday 11 March 2026, 09.00 WIB."""

import uuid
from datetime import date, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from activities.models import Activity
from calendars.models import Month
from organization.models import Role
from tests import factories, factories_activities
from tests.factories import at
from tests.factories_activities import typed

pytestmark = pytest.mark.django_db
NOW = at(2026, 3, 11)
WEDNESDAY, TUESDAY, MONDAY = date(2026, 3, 11), date(2026, 3, 10), date(2026, 3, 9)


@pytest.fixture
def city():
    return factories_activities.city()


def enter(who, day=WEDNESDAY, *, now=NOW, report=True, by=None, token=None, **fields):
    return Activity.objects.enter(
        who, by=by or who, at=now, token=token or uuid.uuid4(), report=report, **typed(day, **fields)
    )


def refusal(who, day=WEDNESDAY, **fields):
    """The sentences by field with which the entry is refused."""
    with pytest.raises(ValidationError) as refused:
        enter(who, day, **fields)
    return refused.value.message_dict


def test_a_report_fixes_its_place_its_month_and_its_window(city):
    row = enter(city.ana)

    assert (row.post, row.reviewing_post, row.entered_by) == (city.staff_post, city.supervisor_post, city.ana)
    assert (row.month.agency, row.month.year, row.month.month) == (city.agency, 2026, 3)
    assert (row.status, row.round, row.version) == ("reported", 1, 1)
    assert row.window_closes_at == at(2026, 3, 14, 0)
    assert (row.first_reported_at, row.reported_at, row.in_time) == (NOW, NOW, True)
    assert (row.credited_minutes, row.approved_minutes, row.counted_minutes) == (90, 0, 0)
