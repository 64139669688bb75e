"""What a query reads by the plan that PostgreSQL carried out, and rows of others to be read past."""

import json
import uuid
from datetime import timedelta

from django.db import connection

from activities.models import Activity


def others_rows(row, number, *, person):
    """Store copies of a row for another person, thirty a day back from its own day."""
    fields = {field.attname: getattr(row, field.attname) for field in row._meta.fields}
    copies = []
    for copy in range(number):
        day = row.performed_on - timedelta(days=copy // 30 % 9)
        own = {"id": None, "person_id": person.pk, "form_token": uuid.uuid4(), "performed_on": day}
        copies.append(Activity(**fields | own))
    Activity.objects.bulk_create(copies)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE activities_activity, activities_catalogitem")


def rows_read(sql, table):
    """How many rows of a table a query takes up, also those that it throws away again."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}")
        ((plan,),) = cursor.fetchall()
    plan = json.loads(plan) if isinstance(plan, str) else plan
    return sum(
        (node["Actual Rows"] + node.get("Rows Removed by Filter", 0)) * node["Actual Loops"]
        for node in nodes(plan[0]["Plan"])
        if node.get("Relation Name") == table
    )


def nodes(plan):
    """Every node of a plan, the outermost first."""
    yield plan
    for part in plan.get("Plans", ()):
        yield from nodes(part)
