"""What the measures are measured against: a bare page, set-based SQL, and a bare INSERT … SELECT."""

from django.db import connection, transaction
from django.shortcuts import render

from activities.models import Activity
from bonuses.models import Line

ROWS = 100
APPROVAL = """
WITH moved AS (
    UPDATE activities_activity
       SET status = 'approved', version = version + 1, approved_minutes = credited_minutes,
           counted_minutes = credited_minutes, after_close = %(after_close)s
     WHERE id = ANY(%(ids)s) AND status = 'reported' RETURNING *
)
INSERT INTO approvals_decision (
    round, version, verdict, minutes, credited_minutes, reason, capacity, after_close, in_bulk, at,
    activity_id, by_id, for_post_id)
SELECT round, version - 1, 'approved', credited_minutes, credited_minutes, '', %(capacity)s, %(after_close)s,
       true, %(at)s, id, %(by)s, CASE WHEN %(after_close)s THEN NULL ELSE reviewing_post_id END
  FROM moved
"""


def bare_page(request):
    """A hundred rows of one query in a plain table, for whoever is signed in."""
    rows = Activity.objects.select_related("item", "month").order_by("pk")[:ROWS]
    return render(request, "bare.html", {"rows": rows})


@transaction.atomic
def approve(ids, *, by, at, after_close):
    """Approve these rows by one statement, with every trigger on."""
    capacity = "assessor" if after_close else "holder"
    terms = {"ids": ids, "by": by.pk, "at": at, "after_close": after_close, "capacity": capacity}
    with connection.cursor() as cursor:
        cursor.execute(APPROVAL, terms)


def copy_lines(run, attempt, other):
    """Write the lines of one attempt of the run once more, as those of another, by INSERT … SELECT."""
    names = [f.column for f in Line._meta.local_concrete_fields if f.name not in ("id", "attempt")]
    columns = ", ".join(names)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO bonuses_line (attempt, {columns}) SELECT %s, {columns} FROM bonuses_line "
            "WHERE attempt = %s AND share_id IN (SELECT id FROM bonuses_share WHERE run_id = %s)",
            [other, attempt, run.pk],
        )
