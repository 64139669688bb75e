"""Approving the clean weeks: a page that lists names and minutes, then exactly those rows."""

from datetime import time

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from activities.models import Activity
from approvals.models import Decision
from tests import factories, factories_activities
from tests.factories_approvals import NEXT_MONDAY, WEEK, city, decide, page, send, week_of, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def names():
    return city()


def chosen(rows):
    return ",".join(f"{row.pk}:{row.version}" for row in rows)


def statuses():
    return list(Activity.objects.order_by("pk").values_list("status", flat=True))


def test_the_page_lists_names_and_minutes_of_the_clean_only(client, names):
    ana, budi = week_of(names.ana), week_of(names.budi, rows=2)
    factories_activities.activity(factories.staff(names.staff_post, "Cahya"), flagged=True)

    answer = page(client, names.supervisor, "approve_many", WEEK)

    said, text = words(answer), answer.content.decode()
    assert "Ana Pegawai 5 kegiatan, 1.300 menit Budi Pegawai 2 kegiatan, 520 menit" in said
    assert "Cahya" not in said
    assert "Seluruhnya 7 kegiatan, 1.820 menit." in said
    assert f'value="{chosen(ana)}" checked' in text and f'value="{chosen(budi)}" checked' in text
    assert statuses() == ["reported"] * 8


def test_exactly_the_chosen_people_are_approved_in_bulk(client, names):
    ana, _budi = week_of(names.ana), week_of(names.budi, rows=2)

    answer = send(client, names.supervisor, "approve_many", WEEK, rows=[chosen(ana)])

    assert (answer.status_code, answer["Location"]) == (302, f"/approvals/{WEEK}/")
    assert statuses() == ["approved"] * 5 + ["reported"] * 2
    assert list(Decision.objects.values_list("in_bulk", flat=True)) == [True] * 5
    assert "Tersimpan: 5 kegiatan disetujui, 1.300 menit." in words(
        page(client, names.supervisor, "week", WEEK)
    )


def test_a_row_that_changed_is_left_waiting_and_named(client, names):
    ana = week_of(names.ana)
    listed = chosen(ana)
    Activity.objects.filter(pk=ana[2].pk).update(version=2)

    send(client, names.supervisor, "approve_many", WEEK, rows=[listed])

    said = words(page(client, names.supervisor, "week", WEEK))
    assert "Tersimpan: 4 kegiatan disetujui, 1.040 menit." in said
    assert f"Belum diputuskan: K-{ana[2].pk}, Ana Pegawai –" in said
    assert statuses() == ["approved", "approved", "reported", "approved", "approved"]


def test_where_nothing_could_be_approved_the_answer_is_409_and_claims_nothing(client, names):
    [row] = week_of(names.ana, rows=1)
    listed = chosen([row])
    decide(row, names.supervisor)

    answer = send(client, names.supervisor, "approve_many", WEEK, rows=[listed])

    assert answer.status_code == 409
    assert "Kegiatan ini sudah diputuskan oleh Surya Atasan: disetujui." in words(answer)
    assert "kegiatan disetujui" not in words(answer)
    assert Decision.objects.count() == 1


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([], "Pilih sedikitnya satu orang."),
        (["x"], "tidak terbaca"),
        (["1:a"], "tidak terbaca"),
        (["1"], "tidak terbaca"),
    ],
)
def test_a_list_that_cannot_be_read_is_refused(client, names, rows, sentence):
    week_of(names.ana)
    answer = send(client, names.supervisor, "approve_many", WEEK, rows=rows)
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert set(statuses()) == {"reported"}


def test_d16_d33_own_and_foreign_rows_in_the_list_stay_as_they_are_and_foreign_names_unsaid(client, names):
    ana = week_of(names.ana, rows=1)
    own, foreign = factories_activities.activity(names.supervisor), factories_activities.activity(names.zul)

    send(client, names.supervisor, "approve_many", WEEK, rows=[chosen([*ana, own, foreign])])

    said = words(page(client, names.supervisor, "week", WEEK))
    assert statuses() == ["approved", "reported", "reported"]
    assert f"Belum diputuskan: K-{own.pk}. Tidak seorang pun memutuskan kegiatannya sendiri." in said
    assert f"Belum diputuskan: K-{foreign.pk}. Kegiatan ini bukan wewenang Anda untuk diputuskan." in said
    assert "Zul" not in said


def test_at_most_twenty_rows_are_named_and_the_rest_counted(client, names):
    foreign = [factories_activities.activity(names.zul) for _ in range(23)]
    answer = send(client, names.supervisor, "approve_many", WEEK, rows=[chosen(foreign)])
    assert words(answer).count("Belum diputuskan: K-") == 20
    assert "3 kegiatan lagi belum diputuskan." in words(answer)


@pytest.mark.parametrize("who", ["ana", "budi"])
def test_staff_may_not_open_it(client, names, who):
    assert page(client, getattr(names, who), "approve_many", WEEK).status_code == 403


def test_without_clean_rows_the_page_says_so(client, names):
    assert "Tidak ada kegiatan tanpa catatan" in words(page(client, names.supervisor, "approve_many", WEEK))


def test_the_list_of_1_and_of_4_people_takes_the_same_queries(client, names):
    def queries():
        client.force_login(names.supervisor)
        with time_machine.travel(NEXT_MONDAY, tick=False), CaptureQueriesContext(connection) as captured:
            assert client.get(f"/approvals/{WEEK}/approve/").status_code == 200
        return len(captured)

    week_of(names.ana)
    one = queries()
    for name in ("Cahya", "Dian", "Eka"):
        week_of(factories.staff(names.staff_post, name))
    assert queries() == one <= 12


def test_d115_more_rows_than_one_request_takes_are_refused_before_any_is_read(client, names):
    pairs = ",".join(f"{number}:1" for number in range(1, 13_700))
    client.force_login(names.supervisor)

    with CaptureQueriesContext(connection) as queries:
        answer = client.post(reverse("approvals:approve_many", args=[WEEK]), {"rows": pairs})

    assert answer.status_code == 422
    assert "Paling banyak 600 kegiatan diputuskan sekaligus" in words(answer)
    assert not [query for query in queries if "FOR NO KEY UPDATE" in query["sql"]]


@pytest.mark.parametrize("pairs", ["1:2:3", "1", ":", "1:-2", "9" * 40 + ":1", "1:" + "9" * 40, "a:b"])
def test_pairs_that_are_none_are_refused_with_a_sentence(client, names, pairs):
    client.force_login(names.supervisor)

    answer = client.post(reverse("approvals:approve_many", args=[WEEK]), {"rows": pairs})

    assert answer.status_code == 422


def test_d115_what_one_request_does_not_take_is_listed_and_left_to_the_worker(client, names, monkeypatch):
    monkeypatch.setattr("approvals.week_pages.ROWS_AT_ONCE", 3)
    for who in (names.ana, names.budi):
        for hour in (8, 10):
            factories_activities.activity(who, minutes=60, starts_at=time(hour))

    answer = page(client, names.supervisor, "approve_many", WEEK)

    assert [someone.person for someone in answer.context["people"]] == [names.ana, names.budi]
    assert "persetujuan berjalan bertahap" in words(answer)
