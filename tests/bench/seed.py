"""5,000 people of one agency and their March 2026: 22 days of 4 activities each, 440,000 rows.

Written by SQL with the triggers switched off: history and locks are not what is measured here.
"""

from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from django.core.management import call_command
from django.db import connection

from calendars.models import Month
from calendars.weeks import MonthKey
from organization.models import EmploymentStatus, JobClass, Post, Posting, Rank, RankHolding, Unit, User

MARCH = MonthKey(2026, 3)
PEOPLE, ROWS_A_DAY, TEAM = 5_000, 4, 20
SINCE = date(2025, 1, 1)
PROFILE = Path(__file__).resolve().parents[2] / "ekinerja" / "profiles" / "sample.json"
TABLES = [
    "organization_user", "organization_posting", "organization_employmentstatus", "activities_activity",
    "assessment_assessment", "calendars_month",
]  # fmt: skip
ACTIVITIES = """
INSERT INTO activities_activity (
    version, performed_on, other_title, description, minutes, quantity, credited_minutes, approved_minutes,
    counted_minutes, status, round, first_reported_at, reported_at, window_closes_at, in_time,
    after_close, flagged, form_token, person_id, post_id, reviewing_post_id, month_id, entered_by_id)
SELECT 2, day, 'Pekerjaan lain', 'Menyelesaikan berkas hari itu.', took, 1, took, took,
       took, 'approved', 1, day + time '16:00', day + time '16:00', day + 3,
       (p.id + extract(day FROM day)::int) %% 13 <> 0, false, false, gen_random_uuid(),
       p.id, g.post_id, t.superior_id, %s, p.id
  FROM organization_user p
  JOIN organization_posting g ON g.person_id = p.id
  JOIN organization_post t ON t.id = g.post_id AND t.level = 'staff'
 CROSS JOIN (SELECT day::date FROM generate_series(date '2026-03-01', date '2026-03-31', '1 day') day
              WHERE extract(isodow FROM day) < 6) days
 CROSS JOIN generate_series(1, %s) n
 CROSS JOIN LATERAL (SELECT 60 + (p.id + n) %% 20 AS took) minutes
"""
WAITING = """
UPDATE activities_activity SET status = 'reported', approved_minutes = 0, counted_minutes = 0, version = 1
 WHERE performed_on BETWEEN '2026-03-23' AND '2026-03-29'
"""


@contextmanager
def triggers_off():
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield cursor
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def seed():
    """Build it once; returns the Month."""
    agency = Unit.objects.establish(code="9", name="Dinas Ukur", short_name="Dinas Ukur")
    with triggers_off() as cursor:
        people = User.objects.bulk_create(
            User(nip=f"1900{1 + n // 1000:02d}012010011{n % 1000:03d}", name=f"Pegawai {n:04d}")
            for n in range(PEOPLE + PEOPLE // TEAM + 2)
        )
        _profile(people)
        _post(agency, people)
        month, *_around = (Month.objects.of(agency, key) for key in (MARCH, MARCH.previous, MARCH.next))
        cursor.execute(ACTIVITIES, [month.pk, ROWS_A_DAY])
        cursor.execute("ANALYZE")
    return month


def leave_a_week_undecided():
    """Take the decisions of the week 2026-W13 back, so that its queue is full."""
    with triggers_off() as cursor:
        cursor.execute(WAITING)
        cursor.execute("ANALYZE")


def _profile(people):
    drafter, approver = people[-1], people[-2]
    call_command("load_profile", PROFILE, drafted_by=drafter.nip, approved_by=approver.nip, verbosity=0)


def _post(agency, people):
    """Teams of twenty under a supervisor each, all under one head."""
    staff, supervisor = JobClass.objects.get(number=5), JobClass.objects.get(number=9)
    head = Post.objects.create(
        title="Kepala", unit=agency, job_class=supervisor, level="executive", sole=True
    )
    rank, rows = Rank.objects.get(code="II/c"), []
    for team in range(PEOPLE // TEAM):
        leads = Post.objects.create(
            title="Kepala Bidang",
            unit=agency,
            job_class=supervisor,
            level="supervisor",
            superior=head,
            sole=True,
        )
        works = Post.objects.create(
            title="Pelaksana", unit=agency, job_class=staff, level="staff", superior=leads
        )
        rows.append((people[PEOPLE + team], leads))
        rows += [(person, works) for person in people[team * TEAM : (team + 1) * TEAM]]
    Posting.objects.bulk_create(
        Posting(person=p, post=post, starts_on=SINCE, sole=post.sole) for p, post in rows
    )
    EmploymentStatus.objects.bulk_create(
        EmploymentStatus(person=p, kind="PNS", starts_on=SINCE) for p, _post in rows
    )
    RankHolding.objects.bulk_create(RankHolding(person=p, rank=rank, starts_on=SINCE) for p, _post in rows)


def finalise(month):
    """A score for everybody from the real facts and formula, and the month FINAL, with the locks off."""
    from assessment.models import Assessment, ScoreRule

    rule, marker = ScoreRule.objects.in_force(MARCH.last_day), User.objects.order_by("pk").last()
    at = datetime(2026, 4, 9, tzinfo=UTC)
    with triggers_off():
        rows = []
        for person, facts in Assessment.objects.facts(month).items():
            row = Assessment(person_id=person, month=month, marked_by=marker, marked_at=at)
            row.freeze(facts, rule, quality=rule.proposal(facts))
            rows.append(row)
        Assessment.objects.bulk_create(rows, batch_size=1000)
        Assessment.objects.freeze_days(month)
        Month.objects.filter(pk=month.pk).update(
            status="final", published_at=at, objections_close_at=at, finalised_at=at
        )
    month.refresh_from_db()
