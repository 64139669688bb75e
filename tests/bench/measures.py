"""Measures against a floor of the same run; each returns Measures. Times are the median of five."""

import resource
import statistics
import time
from dataclasses import asdict, dataclass
from decimal import Decimal
from itertools import count

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from activities.models import Activity
from bonuses.models import Line, Run
from bonuses.tasks import compute_share
from tests.bench import seed

REPEATS = 5
ATTEMPTS = count(1000)
MONTHLY_FLOOR = """
SELECT person_id, sum(counted_minutes), sum(approved_minutes), count(*),
       bit_or(1 << (extract(day FROM performed_on)::int - 1)) FILTER (WHERE in_time)
  FROM activities_activity done
 WHERE performed_on BETWEEN '2026-03-01' AND '2026-03-31' AND status <> 'draft'
   AND EXISTS (SELECT FROM organization_posting held WHERE held.person_id = done.person_id
                  AND held.starts_on <= performed_on
                  AND (held.ends_on IS NULL OR held.ends_on >= performed_on))
   AND NOT EXISTS (SELECT FROM organization_employmentstatus away
                    WHERE away.person_id = done.person_id AND away.kind = 'SUSPENDED'
                      AND away.starts_on <= performed_on
                      AND (away.ends_on IS NULL OR away.ends_on >= performed_on))
 GROUP BY person_id
"""


@dataclass
class Measure:
    """One line of the report. `ratio` is value / floor; `rows` and `total` must be those of the floor."""

    name: str
    value: str
    floor: str
    ratio: str
    ceiling: str
    ok: bool
    rows: int = 0
    floor_rows: int = 0
    total: int = 0
    floor_total: int = 0

    def line(self):
        return asdict(self)


def median(work):
    """Run it five times; returns the median seconds and the last answer."""
    seconds = []
    for _repeat in range(REPEATS):
        begun = time.perf_counter()
        answer = work()
        seconds.append(time.perf_counter() - begun)
    return statistics.median(seconds), answer


def ratio(name, work, floor, *, ceiling):
    """`work` and `floor` return (rows, total): what they did, so that they are known to do the same."""
    taken, (rows, total) = median(work)
    least, (floor_rows, floor_total) = median(floor)
    found = Decimal(taken) / Decimal(least)
    same = (rows, total) == (floor_rows, floor_total)
    return Measure(
        name, f"{taken * 1000:.0f} ms", f"{least * 1000:.0f} ms", f"{found:.2f}", ceiling,
        same and found <= Decimal(ceiling), rows, floor_rows, total, floor_total,
    )  # fmt: skip


def fetch(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def monthly_facts(world):
    """Monthly facts per person against the same aggregate as bare SQL."""

    def work():
        facts = Activity.objects.month_facts(seed.MARCH)
        return len(facts), sum(f.counted_minutes for f in facts.values())

    def floor():
        rows = fetch(MONTHLY_FLOOR)
        return len(rows), sum(row[1] for row in rows)

    return [ratio("monthly_facts", work, floor, ceiling="1.5")]


def bonus_run(world):
    """A run of 5,000 lines through the task against a bare INSERT … SELECT of the same rows."""
    run = world.run()
    share = run.shares.get()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    def work():
        fresh = Run.objects.get(pk=run.pk)
        if fresh.status != Run.Status.DRAFT:
            fresh.refuse(by=world.checker, at=world.now, reason="dihitung ulang")
        fresh.move_to(Run.Status.REQUESTED, requested_by=world.maker, requested_at=world.now)
        compute_share.apply(args=[share.pk], throw=True)
        lines = Line.objects.filter(share=share, attempt=Run.objects.get(pk=run.pk).attempt)
        return lines.count(), sum(lines.values_list("net", flat=True))

    taken = ratio("bonus_run", work, lambda: insert_select(share), ceiling="12")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    mega = f"{memory // 1024} MB"
    limit = Measure("bonus_run_memory", mega, f"{before // 1024} MB", "", "150 MB", memory < 150 * 1024)
    return [taken, limit]


def insert_select(share):
    """Write the lines of the first attempt once more into the same table, as a later attempt."""
    names = [f.column for f in Line._meta.local_concrete_fields if f.name not in ("id", "attempt")]
    columns, attempt = ", ".join(names), next(ATTEMPTS)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO bonuses_line (attempt, {columns}) "
            f"SELECT %s, {columns} FROM bonuses_line WHERE share_id = %s AND attempt = 1",
            [attempt, share.pk],
        )
    lines = Line.objects.filter(share=share, attempt=attempt)
    return lines.count(), sum(lines.values_list("net", flat=True))


def pages(world):
    """Queries and milliseconds of the weekly queue and of my week."""
    seed.leave_a_week_undecided()
    return [
        page("weekly_queue", world.supervisor, reverse("approvals:week", args=["2026-W13"])),
        page("my_week", world.staff, reverse("activities:week", args=["2026-W13"])),
    ]


def page(name, person, url):
    client = Client(SERVER_NAME="localhost")
    client.force_login(person)
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(url)
    asked = len(queries)
    taken, _answer = median(lambda: client.get(url))
    ok = answer.status_code == 200 and 0 < asked <= 12
    value = f"{asked} queries, {taken * 1000:.0f} ms"
    return Measure(name, value, "", "", "12 queries", ok, rows=answer.content.count(b"K-"))


MEASURES = {"monthly_facts": monthly_facts, "pages": pages, "bonus_run": bonus_run}
