"""One week of everybody a reviewer decides for."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from activities.models import Activity
from approvals.models import Decision
from approvals.queue import ReviewScope
from approvals.week_pages import WeekReview
from calendars.weeks import Week
from organization.models import Role
from tests import factories, factories_activities
from tests.factories_approvals import (
    AFTER_CLOSE,
    MONDAY,
    NEXT_MONDAY,
    WEEK,
    city,
    decide,
    page,
    send,
    week_of,
    words,
)

pytestmark = pytest.mark.django_db
FLAG = "dilaporkan pada hari cuti atau dinas penuh"


@pytest.fixture
def names():
    return city()


def review(who, week=WEEK, at=NEXT_MONDAY):
    return WeekReview(ReviewScope(who, at), week, back="week")


def rows_of(client, who, owner, query=""):
    """The rows of one person as the opened fold fetches them."""
    return page(client, who, "rows", WEEK, owner.pk, query=query, headers={"HX-Request": "true"})


def parts(found):
    """Who stands in which part of the page."""
    return {
        part: [str(someone.person) for someone in getattr(found, part)]
        for part in ("to_look_at", "clean", "done", "silent")
    }


def test_people_stand_where_they_need_it(names):
    cahya, dian, eka = (factories.staff(names.staff_post, name) for name in ("Cahya", "Dian", "Eka"))
    week_of(names.ana)
    week_of(names.budi, rows=2)
    factories_activities.activity(cahya, flagged=True)
    for row in week_of(dian, rows=3):
        decide(row, names.supervisor)
    factories.leave(eka, MONDAY, date(2026, 3, 13))

    found = review(names.supervisor)

    assert parts(found) == {
        "to_look_at": ["Cahya"],
        "clean": ["Ana Pegawai", "Budi Pegawai"],
        "done": ["Dian"],
        "silent": ["Eka"],
    }
    assert [(someone.day_count, someone.minutes, someone.target_minutes) for someone in found.people] == [
        (5, 1300, 1500), (2, 520, 1500), (1, 90, 1500), (3, 780, 1500), (0, 0, 0),
    ]  # fmt: skip
    assert (found.clean_rows, found.clean_minutes, found.due_at) == (7, 1820, factories.at(2026, 3, 19, 0))


def spaced(answer):
    """The markup of a page with single spaces."""
    return " ".join(answer.content.decode().split())


def test_only_rows_that_need_a_look_are_read_the_others_are_counted_and_fetched_when_opened(client, names):
    plain = [*week_of(names.ana), *week_of(names.budi, rows=3)]
    flagged = week_of(names.budi, rows=2, flagged=True)

    found = review(names.supervisor)
    shown = spaced(page(client, names.supervisor, "week", WEEK))
    others = words(rows_of(client, names.supervisor, names.budi, query="?part=others"))

    assert [row.activity for row in found.rows] == flagged
    assert [(len(p.counted), p.other_count, p.waiting_minutes) for p in found.people] == [
        (5, 5, 1300),
        (5, 3, 1300),
    ]
    assert [f"K-{row.pk}" in shown for row in [*plain, *flagged]] == [False] * 8 + [True] * 2
    assert [f"K-{row.pk}" in others for row in [*plain, *flagged]] == [False] * 5 + [True] * 3 + [False] * 2


def test_the_rows_of_somebody_of_another_line_are_not_there(client, names):
    stranger = factories.staff(factories.post(names.agency, "Pelaksana"), "Orang Lain")
    week_of(stranger)

    assert rows_of(client, names.supervisor, stranger).status_code == 404


def test_the_address_of_the_rows_leads_a_browser_to_the_page_of_the_person(client, names):
    answer = page(client, names.supervisor, "rows", WEEK, names.ana.pk)

    assert (answer.status_code, answer["Location"]) == (302, f"/approvals/{WEEK}/people/{names.ana.pk}/")


def test_a_target_follows_leave_half_days_and_suspension(names):
    factories.leave(names.ana, MONDAY)
    factories.leave(names.ana, date(2026, 3, 10), half="am")
    factories.suspended(names.budi, date(2026, 3, 12))

    assert {str(p.person): p.target_minutes for p in review(names.supervisor).people} == {
        "Ana Pegawai": 1050,
        "Budi Pegawai": 900,
    }


def test_d24_weeks_wholly_on_leave_read_not_required_and_block_nothing(client, names):
    factories.leave(names.ana, MONDAY, date(2026, 3, 20))
    later = week_of(names.ana, monday=date(2026, 3, 23), rows=1)[0]

    for week in (Week(2026, 11), Week(2026, 12)):
        said = words(page(client, names.supervisor, "week", week, at=factories.at(2026, 3, 30)))
        assert "Ana Pegawai Pengadministrasi tidak wajib" in said
        assert "Budi Pegawai Pengadministrasi belum ada laporan" in said

    send(client, names.supervisor, "decide", later.pk, act="approve", version=1, at=factories.at(2026, 3, 30))
    later.refresh_from_db()
    assert later.status == "approved"


def test_d29_every_activity_is_readable_without_leaving_the_queue(client, names):
    rows = week_of(names.ana, item=factories_activities.item("Rapat koordinasi", unit="rapat"))
    text = "Menyusun konsep surat undangan rapat koordinasi."
    Activity.objects.filter(pk=rows[0].pk).update(description=text)

    queue = page(client, names.supervisor, "week", WEEK)
    opened = rows_of(client, names.supervisor, names.ana)
    said = words(opened)

    assert f'hx-get="{opened.request["PATH_INFO"]}" hx-trigger="toggle from:closest details' in spaced(queue)
    for row, day in zip(
        rows, ["Sen 9 Mar", "Sel 10 Mar", "Rab 11 Mar", "Kam 12 Mar", "Jum 13 Mar"], strict=True
    ):
        assert f"Rapat koordinasi 260 mnt {day} · 1 rapat · K-{row.pk}" in said
    assert text in said


def test_the_head_says_how_many_wait_until_when(client, names):
    week_of(names.ana)
    factories_activities.activity(names.budi, flagged=True)

    said = words(page(client, names.supervisor, "week", WEEK))

    assert "Tinjauan minggu 9–15 Mar 2026" in said
    assert "jatuh tempo Rab, 18 Mar 24.00 WIB · menunggu Anda sejak" in said
    assert "· 2 orang · 1 tanpa catatan · 1 perlu dilihat" in said
    assert "Setujui 1 yang tanpa catatan…" in said
    assert FLAG in said


def test_after_the_due_moment_the_head_says_overdue(client, names):
    week_of(names.ana)
    said = words(page(client, names.supervisor, "week", WEEK, at=factories.at(2026, 3, 19)))
    assert "lewat jatuh tempo sejak Rab, 18 Mar 24.00 WIB" in said


def test_d37_script_text_is_shown_as_text(client, names):
    evil = "<script>alert(1)</script><svg onload=alert(2)>"
    factories_activities.activity(names.ana, description=evil)
    factories_activities.activity(names.budi, description=evil, flagged=True, other_title=evil)

    page_text = page(client, names.supervisor, "week", WEEK).content.decode()
    page_text += rows_of(client, names.supervisor, names.ana).content.decode()

    assert "<script>alert" not in page_text
    assert "<svg onload" not in page_text
    assert page_text.count("&lt;script&gt;alert(1)&lt;/script&gt;&lt;svg onload=alert(2)&gt;") == 3


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_d30_reading_the_review_decides_nothing(client, names, method):
    activity = factories_activities.activity(names.ana)
    client.force_login(names.supervisor)

    for path in (
        "/approvals/",
        f"/approvals/{WEEK}/",
        f"/approvals/{WEEK}/people/{names.ana.pk}/",
        f"/approvals/{WEEK}/approve/",
        f"/approvals/{activity.pk}/decisions/",
        f"/approvals/{activity.pk}/decision/?act=approve&version=1",
    ):
        getattr(client, method)(path, headers={"Purpose": "prefetch", "Sec-Purpose": "prefetch"})

    activity.refresh_from_db()
    assert (activity.status, activity.version, Decision.objects.count()) == ("reported", 1, 0)


def test_a_decision_needs_a_token_of_the_page(names):

    strict = Client(enforce_csrf_checks=True)
    activity = factories_activities.activity(names.ana)
    answer = send(strict, names.supervisor, "decide", activity.pk, act="approve", version=1)
    assert answer.status_code == 403
    assert not Decision.objects.exists()


def test_a_week_over_a_month_border_is_due_at_the_earlier_review_close(names):
    week = Week.of(date(2026, 3, 31))
    factories_activities.activity(names.ana, date(2026, 3, 31))
    factories_activities.activity(names.ana, date(2026, 4, 1))
    factories.holiday(date(2026, 4, 6))

    assert review(names.supervisor, week, factories.at(2026, 4, 3)).due_at == factories.at(2026, 4, 8, 0)


def test_a_closed_month_shows_its_rows_without_buttons(client, names):
    activity = factories_activities.activity(names.ana)
    activity.month.close(at=AFTER_CLOSE)

    answer = page(client, names.supervisor, "person", WEEK, names.ana.pk, at=AFTER_CLOSE)

    assert "menunggu, tetapi bukan pada Anda lagi" in words(answer)
    assert f"/approvals/{activity.pk}/decision/" not in answer.content.decode()


def test_overdue_work_of_the_level_below_says_so(client, names):
    week_of(names.ana, rows=2)
    at = factories.at(2026, 3, 19)

    answer = page(client, names.head, "week", WEEK, at=at)

    assert "Ana Pegawai Pengadministrasi 2 lewat jatuh tempo di atasan langsung" in words(answer)
    before = page(client, names.head, "week", WEEK, at=factories.at(2026, 3, 18))
    assert "Ana Pegawai" not in words(before)


def test_work_of_a_vacant_post_names_the_post(client, names):
    names.supervisor.postings.update(ends_on=date(2026, 3, 10))
    factories_activities.activity(names.ana)

    said = words(page(client, names.head, "week", WEEK))

    assert "Bertindak juga untuk jabatan kosong: Kepala Bidang" in said
    assert "Ana Pegawai" in said


def test_an_empty_week_says_what_to_do(client, names):
    lonely = factories.staff(factories.post(names.agency, "Kepala UPT", number=9, level="supervisor"), "Sepi")
    factories.post(names.agency, superior=lonely.posting_on(MONDAY).post)
    said = words(page(client, lonely, "week", WEEK))
    assert "Tidak ada orang di bawah jabatan Anda di minggu ini." in said


def team(names, size):
    for number in range(size):
        member = factories.staff(names.staff_post, f"Anggota {number:02d}")
        week_of(member, flagged=number % 4 == 0)
        if number % 5 == 0:
            decide(member.activities.first(), names.supervisor)


def queries_of_the_week(client, who):
    client.force_login(who)
    with time_machine.travel(NEXT_MONDAY, tick=False), CaptureQueriesContext(connection) as captured:
        answer = client.get(f"/approvals/{WEEK}/")
    assert answer.status_code == 200
    return len(captured)


def test_d76_a_queue_of_5_and_of_60_people_takes_the_same_queries_at_most_12(client, names):
    team(names, 5)
    with_five = queries_of_the_week(client, names.supervisor)
    team(names, 55)
    with_sixty = queries_of_the_week(client, names.supervisor)

    assert with_five == with_sixty
    assert with_sixty <= 12


def test_d76_holds_for_a_supervisor_who_also_assesses(client, names):
    factories.grant(names.supervisor, Role.ASSESSOR, names.other)
    team(names, 5)
    assert queries_of_the_week(client, names.supervisor) <= 12


def test_a_week_of_12_people_with_20_rows_each_stays_under_150_kilobytes(client, names):
    for number in range(12):
        member = factories.staff(names.staff_post, f"Anggota {number:02d}")
        week_of(member, rows=3, flagged=number < 3)
        for rows in (2, 5, 5, 5):
            week_of(member, rows=rows)

    assert len(page(client, names.supervisor, "week", WEEK).content) < 150_000


def test_a_week_of_100_people_with_20_rows_each_stays_under_300_kilobytes(client, names):
    for number in range(100):
        member = factories.staff(names.staff_post, f"Anggota {number:03d}")
        for rows in (5, 5, 5, 5):
            week_of(member, rows=rows)

    answer = page(client, names.supervisor, "week", WEEK)

    assert len(answer.content) < 300_000
    assert words(answer).count("5 hari 5.200 / 1.500") == 100
