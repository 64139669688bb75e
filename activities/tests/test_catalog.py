"""The catalogue as a form offers it: whose rows are read for it."""

import json
import uuid
from datetime import date, timedelta

import pytest
from django.db import connection

from activities.models import Activity, CatalogItem
from tests import factories_activities
from tests.factories_activities import activity, item

pytestmark = pytest.mark.django_db
TUESDAY = date(2026, 3, 10)


def copies(row, number, *, person):
    """Copies of a row for another person, thirty a day back from its own day."""
    fields = {field.attname: getattr(row, field.attname) for field in row._meta.fields}
    for copy in range(number):
        day = row.performed_on - timedelta(days=copy // 30 % 9)
        own = {"id": None, "person_id": person.pk, "form_token": uuid.uuid4(), "performed_on": day}
        yield Activity(**fields | own)


def nodes(plan):
    """Every node of a plan, the outermost first."""
    yield plan
    for part in plan.get("Plans", ()):
        yield from nodes(part)


def rows_read(queryset, table):
    """How many rows of a table a query takes up, also those that it throws away again."""
    plan = json.loads(queryset.explain(format="json", analyze=True))[0]["Plan"]
    return sum(
        (node["Actual Rows"] + node.get("Rows Removed by Filter", 0)) * node["Actual Loops"]
        for node in nodes(plan)
        if node.get("Relation Name") == table
    )


def test_what_a_person_uses_most_is_asked_of_their_own_rows_alone():
    city = factories_activities.city()
    usual, rare = item("Biasa"), item("Jarang")
    own = [activity(city.ana, TUESDAY, item=usual), activity(city.ana, TUESDAY, item=usual)]
    own += [activity(city.ana, TUESDAY, item=rare)]
    of_another = activity(city.budi, TUESDAY, item=rare)
    Activity.objects.bulk_create(copies(of_another, 3000, person=city.budi))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE activities_activity, activities_catalogitem")

    used = CatalogItem.objects.most_used_by(city.ana, since=TUESDAY - timedelta(days=60))

    assert rows_read(used, "activities_activity") == len(own)
    assert list(used) == [usual, rare]
