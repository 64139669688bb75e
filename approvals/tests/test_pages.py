"""The queue, one person's week, and the decisions of one activity."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from calendars.weeks import Week
from organization.models import Role
from tests import factories, factories_activities
from tests.factories_approvals import (
    AFTER_CLOSE,
    NEXT_MONDAY,
    REASON,
    WEEK,
    city,
    decide,
    page,
    send,
    week_of,
    words,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def names():
    return city()


def test_the_queue_leads_to_the_oldest_week_that_waits(client, names):
    factories_activities.activity(names.ana, date(2026, 3, 12))
    factories_activities.activity(names.budi, date(2026, 3, 3))
    assert page(client, names.supervisor, "queue")["Location"] == "/approvals/2026-W10/"


def test_the_queue_leads_to_the_present_week_where_nothing_waits(client, names):
    factories_activities.activity(names.ana, status="approved")
    assert page(client, names.supervisor, "queue")["Location"] == "/approvals/2026-W12/"


def test_the_queue_skips_what_is_not_yet_overdue_below(client, names):
    factories_activities.activity(names.ana)
    assert page(client, names.head, "queue")["Location"] == "/approvals/2026-W12/"
    assert (
        page(client, names.head, "queue", at=factories.at(2026, 3, 19))["Location"] == f"/approvals/{WEEK}/"
    )


def test_the_pages_of_a_week_say_since_when_the_oldest_row_waits_for_the_reader(client, names):
    factories_activities.activity(names.ana, date(2026, 3, 11))
    factories_activities.activity(names.budi, date(2026, 3, 10))
    says = "menunggu Anda sejak"

    week = words(page(client, names.supervisor, "week", WEEK))
    person = words(page(client, names.supervisor, "person", WEEK, names.ana.pk))
    early = words(page(client, names.supervisor, "week", Week(2026, 10)))

    assert f"{says} Sel, 10 Mar 2026 16.00 WIB" in week
    assert f"{says} Rab, 11 Mar 2026 16.00 WIB" in person
    assert says not in early


def test_a_person_s_week_says_for_whom_else_its_rows_wait_and_since_when(client, names):
    row = factories_activities.activity(names.ana, date(2026, 3, 11))
    here = page(client, names.supervisor, "person", WEEK, names.ana.pk)
    row.month.move_to("verifying")

    later = page(client, names.supervisor, "person", WEEK, names.ana.pk, at=AFTER_CLOSE)

    assert here.context["waits"] == []
    assert [(wait.reviewer, wait.since) for wait in later.context["waits"]] == [("", row.reported_at)]
    assert "Menunggu keputusan unit penilai" in words(later)


def test_d62_weeks_over_new_year_are_reachable(client, names):
    week = page(client, names.supervisor, "week", Week(2025, 52))
    assert 'href="/approvals/2026-W01/"' in week.content.decode()
    assert "29 Des 2025–4 Jan 2026" in words(page(client, names.supervisor, "week", Week(2026, 1)))
    assert page(client, names.supervisor, "week", Week(2026, 53)).status_code == 200
    client.force_login(names.supervisor)
    assert client.get("/approvals/2026-W54/").status_code == 404
    assert client.get("/approvals/2025-W53/").status_code == 404


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("supervisor", 200), ("head", 200), ("ana", 403), ("budi", 403), ("other_head", 200),
        (Role.HR, 403), (Role.AUDITOR, 403), (Role.MAKER, 403), (Role.ASSESSOR, 200), (Role.LEADERSHIP, 403),
    ],
)  # fmt: skip
def test_who_may_open_the_week(client, names, role, status):
    who = factories.with_role(role) if isinstance(role, Role) else getattr(names, role)
    assert page(client, who, "week", WEEK).status_code == status


@pytest.mark.parametrize(
    ("whose", "status"), [("ana", 200), ("zul", 404), ("supervisor", 404), ("head", 404)]
)
def test_whose_week_a_supervisor_opens(client, names, whose, status):
    factories_activities.activity(getattr(names, whose))
    assert page(client, names.supervisor, "person", WEEK, getattr(names, whose).pk).status_code == status


def test_a_person_without_any_row_reads_as_waiting_or_not_required(client, names):
    assert "Belum ada laporan untuk minggu ini." in words(
        page(client, names.supervisor, "person", WEEK, names.ana.pk)
    )
    factories.leave(names.ana, date(2026, 3, 9), date(2026, 3, 13))
    assert "tidak wajib" in words(page(client, names.supervisor, "person", WEEK, names.ana.pk))


def test_all_rows_of_a_person_are_approved_from_their_page(client, names):
    rows = week_of(names.ana)
    answer = page(client, names.supervisor, "person", WEEK, names.ana.pk)
    listed = ",".join(f"{row.pk}:1" for row in rows)

    assert f'name="rows" value="{listed}"' in answer.content.decode()
    assert "5 kegiatan Ana Pegawai disetujui dengan seluruh 1.300 menitnya." in words(answer)
    assert send(client, names.supervisor, "approve_many", WEEK, rows=[listed]).status_code == 302


def test_keys_are_offered_on_rows_and_buttons(client, names):
    [row] = week_of(names.ana, rows=1)
    text = page(client, names.supervisor, "person", WEEK, names.ana.pk).content.decode()
    assert f'<li id="k-{row.pk}" data-walk' in text
    for key in "afrx":
        assert f'data-key="{key}"' in text


def test_the_page_of_a_person_takes_the_same_queries_for_1_and_20_rows(client, names):
    def queries():
        client.force_login(names.supervisor)
        with time_machine.travel(NEXT_MONDAY, tick=False), CaptureQueriesContext(connection) as captured:
            assert client.get(f"/approvals/{WEEK}/people/{names.ana.pk}/").status_code == 200
        return len(captured)

    week_of(names.ana, rows=1)
    one = queries()
    for _ in range(4):
        week_of(names.ana)
    assert queries() == one <= 12


@pytest.fixture
def decided(names):
    """An activity of Ana that was cut to 300 minutes, recalled and approved in full."""
    activity = factories_activities.activity(names.ana, minutes=420)
    decide(activity, names.supervisor, minutes=300, reason="Bukti baru untuk 300 menit.")
    decide(activity, names.supervisor, "recalled", reason="Bukti sisanya sudah saya lihat.")
    decide(activity, names.supervisor)
    return activity


@pytest.mark.parametrize("reader", ["ana", "supervisor", "assessor", "auditor"])
def test_d88_both_decisions_reasons_and_names_are_read_by_staff_supervisor_and_assessor(
    client, names, decided, reader
):
    who = {
        "assessor": lambda: factories.assessor(names.agency),
        "auditor": lambda: factories.with_role(Role.AUDITOR),
    }.get(reader, lambda: getattr(names, reader))()

    said = words(page(client, who, "decisions", decided.pk))

    assert "disetujui 300 dari 420 menit Surya Atasan, atasan langsung (Kepala Bidang)" in said
    assert "“Bukti baru untuk 300 menit.”" in said
    assert "keputusan ditarik Surya Atasan" in said
    assert "“Bukti sisanya sudah saya lihat.”" in said
    assert "disetujui 420 dari 420 menit" in said


def test_d33_nobody_else_reads_the_decisions(client, names, decided):
    people = [names.budi, names.zul, names.other_head, factories.assessor(names.other), factories.person()]
    people += [factories.with_role(role) for role in (Role.HR, Role.MAKER, Role.IT, Role.LEADERSHIP)]
    assert {page(client, who, "decisions", decided.pk).status_code for who in people} == {404}


def test_the_fragment_of_the_decisions_is_in_the_page(client, names, decided):
    whole = page(client, names.ana, "decisions", decided.pk).content.decode()
    fragment = page(
        client, names.ana, "decisions", decided.pk, headers={"HX-Request": "true"}
    ).content.decode()
    assert fragment.strip().startswith("<section")
    assert fragment.strip() in whole


def test_the_decisions_of_1_and_of_3_take_the_same_queries(client, names, decided):
    once = factories_activities.activity(names.ana, minutes=420)
    decide(once, names.supervisor)

    def queries(activity):
        client.force_login(names.ana)
        with time_machine.travel(NEXT_MONDAY, tick=False), CaptureQueriesContext(connection) as captured:
            assert client.get(f"/approvals/{activity.pk}/decisions/").status_code == 200
        return len(captured)

    assert queries(once) == queries(decided) <= 12


def test_what_waits_with_the_unit_takes_the_same_queries_for_1_and_for_3_agencies(client, names):
    assessor = factories.assessor()

    def queries():
        client.force_login(assessor)
        with time_machine.travel(AFTER_CLOSE, tick=False), CaptureQueriesContext(connection) as captured:
            assert client.get("/approvals/unit/").status_code == 200
        return len(captured)

    agencies = [factories.agency() for _ in range(3)]
    counts = []
    for agency in agencies:
        top = factories.post(agency, "Kepala", number=14, level="executive")
        row = factories_activities.activity(factories.staff(factories.post(agency, superior=top)))
        row.month.close(at=AFTER_CLOSE)
        counts.append(queries())
    assert counts == [counts[0]] * 3


def test_d23_both_reasons_of_a_row_returned_twice_stand_in_the_review(client, names):
    row = factories_activities.activity(names.ana)
    decide(row, names.supervisor, "returned", reason="Lampirkan notulen.")
    row.answer(by=names.ana, at=factories.at(2026, 3, 17), description="Notulen rapat sudah dilampirkan.")
    decide(row, names.supervisor, "returned", reason="Belum ditandatangani.", at=factories.at(2026, 3, 17))
    row.answer(
        by=names.ana, at=factories.at(2026, 3, 18, 8), description="Notulen sudah ditandatangani pimpinan."
    )

    said = words(page(client, names.supervisor, "week", WEEK, at=factories.at(2026, 3, 18)))

    assert "Ana Pegawai Pengadministrasi 1 berubah sesudah diputuskan" in said
    assert "dijawab sesudah dikembalikan, putaran 3" in said
    assert "“Lampirkan notulen.”" in said and "“Belum ditandatangani.”" in said


def test_english_is_spoken_by_the_switch(client, names):
    week_of(names.ana)
    client.cookies["django_language"] = "en"
    said = words(page(client, names.supervisor, "week", WEEK))
    assert "Review of 9–15 Mar 2026" in said
    assert "due Wed, 18 Mar 24.00 WIB · waiting for you since Mon, 9 Mar 2026 16.00 WIB ·" in said
    assert "2 people · 1 clean · 0 to look at" in said


def test_rejecting_is_not_offered_as_reduction_of_a_single_minute(client, names):
    factories_activities.activity(names.ana, minutes=1)
    said = words(page(client, names.supervisor, "person", WEEK, names.ana.pk))
    assert "Kurangi…" not in said
    assert "Tolak…" in said


def test_a_decided_row_offers_only_its_recall(client, names):
    row = factories_activities.activity(names.ana)
    decide(row, names.supervisor, "rejected", reason=REASON)

    said = words(page(client, names.supervisor, "person", WEEK, names.ana.pk))

    assert f"“{REASON}”" in said
    assert "Tarik keputusan…" in said
    assert "Setujui" not in said.split("Kegiatan (1)")[1]
