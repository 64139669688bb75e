"""What the people did: activities with their decisions and their history, a month at a time, by SQL."""

from contextlib import contextmanager

from tests.bench.city import ROWS_IN_WEEK, TODAY, WEEK

WHO = """
CREATE TEMPORARY TABLE worker AS
SELECT s.person_id, s.post_id, t.id AS term_id, t.superior_id, u.agency_id, h.person_id AS superior_person_id,
       row_number() OVER (ORDER BY s.person_id) AS number
  FROM organization_posting s
  JOIN organization_postterm t ON t.post_id = s.post_id
  JOIN organization_unit u ON u.id = t.unit_id
  JOIN organization_posting h ON h.post_id = t.superior_id
"""
ITEMS = """
CREATE TEMPORARY TABLE offered AS
SELECT id, coalesce(standard_minutes, 1440) AS standard, standard_minutes,
       row_number() OVER (ORDER BY code) - 1 AS place, count(*) OVER () AS number
  FROM activities_catalogitem WHERE is_active AND job_family = 'administrasi umum'
"""
DAYS = """
CREATE TEMPORARY TABLE worked AS
SELECT d::date AS day, extract(doy FROM d)::int AS place FROM generate_series(%(first)s, %(last)s, '1 day') d
 WHERE extract(isodow FROM d) < 6 AND d <= %(today)s
   AND NOT EXISTS (SELECT 1 FROM calendars_holiday h WHERE h.date = d AND h.unit_id IS NULL)
"""
ACTIVITIES = """
INSERT INTO activities_activity (
    version, performed_on, item_id, other_title, description, starts_at, minutes, quantity, standard_minutes,
    credited_minutes, approved_minutes, counted_minutes, status, round, first_reported_at, reported_at,
    window_closes_at, in_time, after_close, flagged, return_reason, form_token, person_id, post_id,
    term_id, reviewing_post_id, month_id, entered_by_id)
SELECT CASE WHEN waits THEN 1 ELSE 2 END, day, item,
       CASE WHEN item IS NULL THEN 'Pekerjaan lain' ELSE '' END,
       format('Menyelesaikan berkas nomor %%s/%%s/%%s bersama rekan satu bidang.', w.number, w.place, n),
       CASE WHEN n = 1 AND w.number %% 4 = 0 THEN time '08:00' END, took,
       1440 / coalesce(standard, 1440) + took, standard, took,
       CASE WHEN agreed THEN took ELSE 0 END, CASE WHEN agreed THEN took ELSE 0 END,
       CASE WHEN waits THEN 'reported' WHEN agreed THEN 'approved' ELSE 'rejected' END, 1,
       reported, reported, (day + 5)::timestamp AT TIME ZONE 'Asia/Jakarta', true, false, false, '',
       gen_random_uuid(), person_id, post_id, term_id, superior_id, month_id, person_id
  FROM (SELECT w.*, d.day, d.place, n, m.id AS month_id, o.id AS item, o.standard_minutes AS standard,
               d.day >= %(waiting)s AS waits,
               d.day < %(waiting)s AND (w.number + d.place + n) %% 97 <> 0 AS agreed,
               60 + (d.place * 3 + n * 11) %% 40 AS took,
               (d.day + time '15:30' + make_interval(secs => w.number %% 3600))
                   AT TIME ZONE 'Asia/Jakarta' AS reported
          FROM worker w
         CROSS JOIN worked d
          JOIN calendars_month m ON m.agency_id = w.agency_id
               AND m.year = extract(year FROM d.day) AND m.month = extract(month FROM d.day)
         CROSS JOIN LATERAL generate_series(1, CASE
               WHEN d.day = %(today)s THEN (w.number %% 2)::int
               WHEN d.day >= %(waiting)s THEN %(in_week)s
               ELSE %(density)s / 100
                    + ((w.number * 31 + d.place * 17) %% 100 < %(density)s %% 100)::int END) n
          LEFT JOIN offered o ON n %% 5 <> 0 AND o.place = (w.number + d.place * 7 + n * 13) %% o.number
       ) w
 ORDER BY day, w.number, n
"""
DECISIONS = """
INSERT INTO approvals_decision (
    round, version, verdict, minutes, credited_minutes, reason, capacity, after_close, in_bulk, at,
    activity_id, by_id, for_post_id)
SELECT 1, 1, a.status, a.approved_minutes, a.credited_minutes,
       CASE a.status WHEN 'approved' THEN '' ELSE 'Hasil kerja tidak ditemukan pada berkas.' END, 'holder',
       false, a.status = 'approved',
       (date_trunc('week', a.performed_on) + interval '7 days 9 hours') AT TIME ZONE 'Asia/Jakarta'
           + make_interval(secs => a.id %% 7200),
       a.id, w.superior_person_id, w.superior_id
  FROM activities_activity a JOIN worker w USING (person_id)
 WHERE a.status <> 'reported' AND a.performed_on BETWEEN %(first)s AND %(last)s
 ORDER BY a.id
"""
KNOWN = "ANALYZE activities_activity, approvals_decision"  # or the joins below are planned for empty tables
CHANGING = ("version", "status", "approved_minutes", "counted_minutes")
KEPT = (
    *("id", "performed_on", "other_title", "description", "starts_at", "minutes", "quantity"),
    *(
        "standard_minutes",
        "credited_minutes",
        "round",
        "first_reported_at",
        "reported_at",
        "window_closes_at",
    ),
    *("in_time", "return_due_at", "after_close", "flagged", "return_reason", "item_id", "entered_by_id"),
    *("month_id", "person_id", "post_id", "term_id", "reviewing_post_id"),
)
HISTORY = f"""
INSERT INTO activities_activityevent (pgh_created_at, pgh_label, pgh_obj_id, {", ".join(KEPT + CHANGING)})
SELECT {{moment}}, '{{label}}', id, {", ".join(KEPT)}, {{changing}}
  FROM activities_activity a {{of}} WHERE performed_on BETWEEN %(first)s AND %(last)s ORDER BY id
"""
ENTERED = HISTORY.format(moment="reported_at", label="insert", changing="1, 'reported', 0, 0", of="")
DECIDED = HISTORY.format(
    moment="d.at",
    label="update",
    changing=", ".join(f"a.{name}" for name in CHANGING),
    of="JOIN (SELECT activity_id, at FROM approvals_decision) d ON d.activity_id = a.id",
)
# The many indexes of the three tables are made once over all rows, not row by row; those of constraints stay.
INDEXES = """
SELECT indexname, indexdef FROM pg_indexes
 WHERE tablename IN ('activities_activity', 'activities_activityevent', 'approvals_decision')
   AND indexname NOT IN (SELECT conname FROM pg_constraint)
"""


def seed_work(cursor, city, keys):
    """Write the months `keys`; their rows are there."""
    terms = {"today": TODAY, "waiting": WEEK.first_day, "in_week": ROWS_IN_WEEK, "density": city.density}
    cursor.execute(WHO)
    cursor.execute(ITEMS)
    cursor.execute("ANALYZE worker")
    with without_indexes(cursor):
        for key in keys:
            month = terms | {"first": key.first_day, "last": key.last_day}
            cursor.execute(DAYS, month)
            for statement in (ACTIVITIES, KNOWN, DECISIONS, KNOWN, ENTERED, DECIDED):
                cursor.execute(statement, month)
            cursor.execute("DROP TABLE worked")


@contextmanager
def without_indexes(cursor):
    cursor.execute(INDEXES)
    found = cursor.fetchall()
    for name, _definition in found:
        cursor.execute(f"DROP INDEX {name}")
    yield
    cursor.execute("SET maintenance_work_mem = '256MB'")
    for _name, definition in found:
        cursor.execute(definition)
