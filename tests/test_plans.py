"""No page reads rows of people whom it does not show: the plan of each of its queries tells.

600 people of another agency have 60,000 activities with decisions and history. A page of the access table may
read, in any node of a plan, 20 rows for each row that its query gives, and 500 more; the live board the rows
that it adds up (decision 63).
"""

import json
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from activities.models import Activity
from calendars.models import Month
from calendars.weeks import MonthKey
from organization.models import EmploymentStatus, Posting, User
from tests import access_world, factories, factories_reports
from tests.browser.test_axe import opened, url_of

PEOPLE, ROWS_EACH = 600, 100
EACH_ROW, BESIDE = 20, 500
WATCHED = {
    "activities_activity",
    "activities_activityevent",
    "approvals_decision",
    "assessment_verdict",
    "assessment_in_force",
    "assessment_withdrawal",
}
READ = ("Actual Rows", "Rows Removed by Filter", "Rows Removed by Index Recheck")
PREFIX = re.compile(r"^\s*SELECT set_config\(.*?\);\s*", re.DOTALL)
OLDER = [MonthKey(2025, 12), MonthKey(2026, 1), MonthKey(2026, 2), MonthKey(2026, 3)]
ROWS = """
INSERT INTO activities_activity ({names})
SELECT {values}
  FROM activities_activity model, generate_series(1, %(each)s) AS n
 CROSS JOIN unnest(%(people)s::bigint[]) AS who
 CROSS JOIN LATERAL (SELECT date '2026-03-13' - (n - 1) AS day) d
  JOIN calendars_month m ON m.agency_id = %(agency)s
       AND m.year = extract(year FROM d.day) AND m.month = extract(month FROM d.day)
 WHERE model.id = %(model)s
"""
DECISIONS = """
INSERT INTO approvals_decision (
    round, version, verdict, minutes, credited_minutes, reason, capacity, after_close, in_bulk, at,
    activity_id, by_id, for_post_id)
SELECT 1, 1, 'approved', credited_minutes, credited_minutes, '', 'holder', false, true,
       reported_at + interval '3 days', id, %(by)s, reviewing_post_id
  FROM activities_activity WHERE status = 'approved' AND person_id = ANY (%(people)s)
"""
HISTORY = """
INSERT INTO activities_activityevent (pgh_created_at, pgh_label, pgh_obj_id, {names})
SELECT reported_at, 'insert', id, {names} FROM activities_activity WHERE person_id = ANY (%(people)s)
"""


COUNTED = "CASE WHEN d.day >= '2026-03-01' THEN 0 ELSE model.credited_minutes END"
MOMENT = "(d.day + time '16:00') AT TIME ZONE 'Asia/Jakarta'"
OWN = {
    "person_id": "who",
    "entered_by_id": "who",
    "month_id": "m.id",
    "performed_on": "d.day",
    "form_token": "gen_random_uuid()",
    "reported_at": MOMENT,
    "first_reported_at": MOMENT,
    "status": "CASE WHEN d.day >= '2026-03-01' THEN 'reported' ELSE 'approved' END",
    "approved_minutes": COUNTED,
    "counted_minutes": COUNTED,
}


def strangers(world):
    """600 people of agency B with 100 activities each, written as a city of years leaves them."""
    lead = world.other_head.posting_on(access_world.FRIDAY).post
    post = factories.post(world.other, "Pelaksana", superior=lead)
    since = {"starts_on": factories.LONG_AGO}
    people = User.objects.bulk_create(
        User(nip=factories.nip(), name=f"Orang Lain {number}") for number in range(PEOPLE)
    )
    EmploymentStatus.objects.bulk_create(EmploymentStatus(person=who, kind="PNS", **since) for who in people)
    Posting.objects.bulk_create(Posting(person=who, post=post, **since) for who in people)
    for key in OLDER:
        Month.objects.of(world.other, key)
    own = OWN | {"post_id": str(post.pk), "reviewing_post_id": str(lead.pk)}
    terms = {"people": [who.pk for who in people], "agency": world.other.pk, "by": world.other_head.pk}
    write(own, terms | {"model": world.march[world.zul].pk, "each": ROWS_EACH})


def write(own, terms):
    """The activities, each as the model but for its `own` columns, their decisions and their history."""
    names = [field.column for field in Activity._meta.concrete_fields if not field.primary_key]
    values = [own.get(name, f"model.{name}") for name in names]
    kept = [field.column for field in Activity.pgh_event_model._meta.concrete_fields]
    kept = [name for name in kept if not name.startswith("pgh_")]
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(ROWS.format(names=", ".join(names), values=", ".join(values)), terms)
        cursor.execute(DECISIONS, terms)
        cursor.execute(HISTORY.format(names=", ".join(kept)), terms)
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("ANALYZE")


def nodes(plan):
    yield plan
    for below in plan.get("Plans", []):
        yield from nodes(below)


def plan_of(sql):
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (ANALYZE, FORMAT JSON) " + sql.replace("%", "%%"), [])
        found = cursor.fetchone()[0]
    return (json.loads(found) if isinstance(found, str) else found)[0]["Plan"]


def reads(plan):
    """{table: the most rows that one node of the plan reads of it}, of the watched tables."""
    found = {}
    for node in nodes(plan):
        table = node.get("Relation Name")
        if table in WATCHED:
            rows = sum(node.get(name, 0) for name in READ)
            found[table] = max(found.get(table, 0), rows * node["Actual Loops"])
    return found


def too_much(sql, *, counted=0):
    """{table: (rows read, rows given)} where a query reads more than it may; `counted` rows are added up."""
    plan = plan_of(sql)
    given = plan["Actual Rows"]
    most = max(EACH_ROW * given, counted) + BESIDE
    return {table: (rows, given) for table, rows in reads(plan).items() if rows > most}


def asked(client, url):
    """The statements of a page that only read."""
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(url)
    assert answer.status_code == 200
    texts = [PREFIX.sub("", query["sql"]).strip() for query in queries.captured_queries]
    return [text for text in texts if text.upper().startswith(("SELECT", "WITH"))]


@pytest.mark.long
@pytest.mark.django_db
def test_no_page_reads_rows_of_people_whom_it_does_not_show(monkeypatch):
    world = access_world.build()
    strangers(world)
    factories_reports.freeze(monkeypatch, *access_world.NOW)
    assert Activity.objects.count() > PEOPLE * ROWS_EACH
    assert too_much("SELECT id FROM activities_activity WHERE minutes = 0")  # what a page must not do
    present = Activity.objects.filter(month__in=Month.objects.filter(year=2026, month=3))
    added_up = {"reports:board": present.count()}

    found = {}
    for name, role, relation in opened():
        client = Client()
        client.force_login(world.actors[role])
        for sql in asked(client, url_of(world, name, role, relation)):
            over = too_much(sql, counted=added_up.get(name, 0))
            if over:
                found.setdefault(f"{name} {role}", []).append((over, sql))
    assert found == {}
