"""The catalogue as a form offers it: whose rows are read for it."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activities.models import Activity
from tests import factories_activities
from tests.factories_activities import activity, item
from tests.plans import others_rows, rows_read

pytestmark = pytest.mark.django_db
TUESDAY = date(2026, 3, 10)


def test_what_a_person_uses_most_is_asked_of_their_own_rows_alone():
    city = factories_activities.city()
    usual, rare = item("Biasa"), item("Jarang")
    own = [activity(city.ana, TUESDAY, item=usual), activity(city.ana, TUESDAY, item=usual)]
    own += [activity(city.ana, TUESDAY, item=rare)]
    of_another = activity(city.budi, TUESDAY, item=rare)
    others_rows(of_another, 3000, person=city.budi)

    with CaptureQueriesContext(connection) as captured:
        used = Activity.objects.of(city.ana).use_of_items(since=TUESDAY - timedelta(days=60), day=TUESDAY)

    assert [rows_read(query["sql"], "activities_activity") for query in captured] == [len(own)]
    assert used == {usual.pk: (2, 180), rare.pk: (1, 90)}
