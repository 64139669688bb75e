"""What was left undecided at review close: the assessors' pages."""

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activities.models import Activity
from approvals.models import Decision
from organization.models import Role
from tests import factories, factories_activities
from tests.factories_approvals import AFTER_CLOSE, REASON, WEEK, city, page, send, week_of, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def names():
    names = city()
    names.rows = week_of(names.ana)
    names.month = names.rows[0].month
    names.month.close(at=AFTER_CLOSE)
    names.assessor = factories.assessor(names.agency)
    return names


def chosen(rows):
    return ",".join(f"{row.pk}:{row.version}" for row in rows)


def stored():
    return list(Activity.objects.order_by("pk").values_list("status", "after_close"))


def test_it_lists_by_person_and_week(client, names):
    said = words(page(client, names.assessor, "left", names.month.pk, at=AFTER_CLOSE))

    assert "Dinas Contoh · 5 kegiatan, 1.300 menit · tinjauan ditutup Sel, 7 Apr 24.00 WIB" in said
    assert "Ana Pegawai Pengadministrasi 9 Mar–15 Mar 5 kegiatan 1.300 menit" in said


def test_one_person_and_week_opens_with_buttons_but_without_return(client, names):
    query = f"?person={names.ana.pk}&week={WEEK}"
    said = words(page(client, names.assessor, "left", names.month.pk, at=AFTER_CLOSE, query=query))

    assert said.count("Kurangi…") == 5
    assert "Tolak…" in said
    assert "Kembalikan…" not in said


@pytest.mark.parametrize(
    "query", ["?person=x&week=2026-W11", "?person=1&week=mars", "?week=2026-W11", "?person=1&week=9999-W52"]
)
def test_an_address_that_names_nobody_shows_all(client, names, query):
    answer = page(client, names.assessor, "left", names.month.pk, at=AFTER_CLOSE, query=query)
    assert "5 kegiatan, 1.300 menit" in words(answer)


def test_all_of_a_week_is_approved_and_marked_after_close(client, names):
    data = {"rows": [chosen(names.rows)], "act": "approve"}
    answer = send(client, names.assessor, "left_many", names.month.pk, at=AFTER_CLOSE, **data)

    assert (answer.status_code, answer["Location"]) == (302, f"/approvals/left/{names.month.pk}/")
    assert stored() == [("approved", True)] * 5
    assert set(Decision.objects.values_list("capacity", "after_close", "in_bulk")) == {
        ("assessor", True, True)
    }
    said = words(page(client, names.assessor, "left", names.month.pk, at=AFTER_CLOSE))
    assert "Tersimpan: 5 kegiatan disetujui, 1.300 menit." in said
    assert "Tidak ada lagi yang belum diputuskan di sini." in said


def test_all_of_a_week_is_rejected_only_with_a_reason(client, names):
    data = {"rows": [chosen(names.rows)], "act": "reject"}

    without = send(client, names.assessor, "left_many", names.month.pk, at=AFTER_CLOSE, **data)
    assert without.status_code == 422
    assert "Tuliskan alasannya; pelapor membacanya." in words(without)
    assert stored() == [("reported", False)] * 5

    send(client, names.assessor, "left_many", names.month.pk, at=AFTER_CLOSE, **data, reason=REASON)
    assert stored() == [("rejected", True)] * 5


@pytest.mark.parametrize(
    ("data", "status", "minutes"),
    [
        ({"act": "approve"}, "approved", 260),
        ({"act": "fewer", "minutes": "100", "reason": REASON}, "approved", 100),
        ({"act": "reject", "reason": REASON}, "rejected", 0),
    ],
)
def test_one_row_is_decided_and_leads_back_to_its_part(client, names, data, status, minutes):
    row = names.rows[0]
    answer = send(client, names.assessor, "decide", row.pk, at=AFTER_CLOSE, version=1, back="left", **data)

    assert answer.status_code == 302
    assert answer["Location"] == (
        f"/approvals/left/{names.month.pk}/?person={names.ana.pk}&week={WEEK}#k-{row.pk}"
    )
    row.refresh_from_db()
    assert (row.status, row.approved_minutes, row.after_close) == (status, minutes, True)


def test_after_close_nothing_is_returned_even_when_asked_by_hand(client, names):
    row = names.rows[0]
    asked = {"act": "return", "version": 1, "back": "left", "reason": REASON, "due_on": "2026-04-10"}
    answer = send(client, names.assessor, "decide", row.pk, at=AFTER_CLOSE, **asked)
    assert answer.status_code == 403
    assert "tidak dikembalikan" in words(answer)
    assert stored()[0] == ("reported", False)


def test_a_rejected_form_stays_open_in_its_part(client, names):
    row = names.rows[0]
    data = {"act": "fewer", "minutes": "999", "reason": "Alasan saya", "back": "left", "version": 1}
    answer = send(client, names.assessor, "decide", row.pk, at=AFTER_CLOSE, **data)

    assert answer.status_code == 422
    assert "Setujui 1 sampai 260 menit." in words(answer)
    assert 'value="999"' in answer.content.decode()
    assert stored()[0] == ("reported", False)


def test_d33_only_assessors_of_the_agency_open_it(client, names):
    people = {
        "assessor elsewhere": (factories.assessor(names.other), 404),
        "assessor of their own agency": (factories.assessor(names.agency, office=names.agency), 404),
        "supervisor": (names.supervisor, 403),
        "owner": (names.ana, 403),
        "auditor": (factories.with_role(Role.AUDITOR), 403),
    }
    for who, (person, status) in people.items():
        opened = page(client, person, "left", names.month.pk, at=AFTER_CLOSE)
        sent = send(
            client,
            person,
            "left_many",
            names.month.pk,
            at=AFTER_CLOSE,
            rows=[chosen(names.rows)],
            act="approve",
        )
        assert (who, opened.status_code) == (who, status)
        assert (who, sent.status_code) == (who, status)
    assert stored() == [("reported", False)] * 5


def test_the_queue_leads_an_assessor_to_what_waits_with_the_unit(client, names):
    assert page(client, names.assessor, "queue", at=AFTER_CLOSE)["Location"] == "/approvals/unit/"
    said = words(page(client, names.assessor, "unit", at=AFTER_CLOSE))
    assert "Dinas Contoh, Maret 2026, tersisa saat penutupan tinjauan 5 kegiatan" in said
    other = words(page(client, factories.assessor(names.other), "unit", at=AFTER_CLOSE))
    assert "Tidak ada yang menunggu unit penilai." in other


def test_own_work_is_never_left_to_oneself(client, names):
    moved = factories.assessor(names.agency, office=names.other)
    other_post = moved.posting_on(AFTER_CLOSE.date()).post
    moved.postings.update(starts_on=factories.at(2026, 4, 1).date())
    factories.posted(moved, names.staff_post, factories.LONG_AGO, factories.at(2026, 3, 31).date())
    moved = type(moved).objects.get(pk=moved.pk)
    assert other_post.terms.get().unit == names.other
    with_own = Activity.objects.filter(pk=names.rows[0].pk)
    with_own.update(person=moved)

    query = f"?person={moved.pk}&week={WEEK}"
    assert "Tidak ada lagi" in words(page(client, moved, "left", names.month.pk, at=AFTER_CLOSE, query=query))
    send(client, moved, "left_many", names.month.pk, at=AFTER_CLOSE, rows=[chosen(names.rows)], act="approve")
    assert stored() == [("reported", False)] + [("approved", True)] * 4


def test_the_pages_of_one_and_of_many_people_take_the_same_queries(client, names):
    def queries():
        client.force_login(names.assessor)
        with time_machine.travel(AFTER_CLOSE, tick=False), CaptureQueriesContext(connection) as captured:
            assert client.get(f"/approvals/left/{names.month.pk}/").status_code == 200
        return len(captured)

    one = queries()
    Activity.objects.filter(pk__in=[row.pk for row in names.rows[2:]]).update(person=names.budi)
    assert queries() == one


def test_a_month_still_open_has_nothing_left(client, names):
    april = factories_activities.activity(names.ana, factories.at(2026, 4, 6).date())
    said = words(page(client, names.assessor, "left", april.month_id, at=AFTER_CLOSE))
    assert "Tidak ada lagi yang belum diputuskan di sini." in said
