"""The pages of a set too large for one request: listed, sent, followed, and nobody else's."""

import os
import signal
import time
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from activities.models import Activity
from approvals.models import BulkAct, BulkBlock, BulkSet, Decision
from approvals.tasks import decide_set, resume_bulk_acts
from calendars.weeks import Week
from tests import factories, factories_activities
from tests.factories_approvals import NEXT_MONDAY, WEEK, city, decide, page, send, week_of, words

pytestmark = pytest.mark.django_db
PATIENCE = 60


@pytest.fixture
def names(monkeypatch):
    monkeypatch.setattr("approvals.week_pages.ROWS_AT_ONCE", 3)
    monkeypatch.setattr("approvals.models.bulk.BLOCK", 4)
    names = city()
    names.rows = week_of(names.ana) + week_of(names.budi, rows=2)
    names.handed = []
    monkeypatch.setattr(decide_set, "delay", names.handed.append)
    return names


@pytest.fixture
def listed(client, names):
    """The set that the supervisor's page has listed."""
    page(client, names.supervisor, "approve_many", WEEK)
    return BulkSet.objects.get()


@pytest.fixture
def act(names, listed):
    return listed.send(people=[names.ana.pk, names.budi.pk], verdict="approved", at=NEXT_MONDAY)


def test_the_page_lists_all_of_them_and_names_the_set(client, names):
    answer = page(client, names.supervisor, "approve_many", WEEK)

    listed, text = BulkSet.objects.get(), answer.content.decode()
    assert (listed.person, listed.week, listed.activities) == (
        names.supervisor,
        WEEK,
        [r.pk for r in names.rows],
    )
    assert f'action="/approvals/sets/{listed.pk}/send/"' in text
    assert 'name="rows"' not in text
    assert all(f'name="people" value="{who.pk}"' in text for who in (names.ana, names.budi))
    said = words(answer)
    assert "Ana Pegawai 5 kegiatan, 1.300 menit Budi Pegawai 2 kegiatan, 520 menit" in said
    assert "Seluruhnya 7 kegiatan, 1.820 menit." in said


def test_what_one_request_takes_is_not_kept(client, names):
    Activity.objects.filter(person=names.ana).update(flagged=True)
    page(client, names.supervisor, "approve_many", WEEK)
    assert not BulkSet.objects.exists()


def test_it_is_handed_to_the_worker_once_it_is_stored_and_leads_to_its_page(
    client, names, listed, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        answer = send(client, names.supervisor, "send_set", listed.pk, people=[names.budi.pk])

    act = BulkAct.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/approvals/sets/{listed.pk}/")
    assert (act.people, act.verdict, act.at, names.handed) == (
        [names.budi.pk],
        "approved",
        NEXT_MONDAY,
        [act.pk],
    )
    assert not Decision.objects.exists()


def test_sent_twice_it_is_one_act_and_with_others_chosen_it_is_told(client, names, listed):
    for _ in range(2):
        answer = send(client, names.supervisor, "send_set", listed.pk, people=[names.ana.pk])
        assert answer.status_code == 302
    answer = send(client, names.supervisor, "send_set", listed.pk, people=[names.budi.pk])

    assert answer.status_code == 409
    assert "Daftar ini sudah dikirim. Hasilnya tampil di bawah." in words(answer)
    assert list(BulkAct.objects.values_list("people", flat=True)) == [[names.ana.pk]]


@pytest.mark.parametrize(
    ("people", "sentence"),
    [
        ([], "Pilih sedikitnya satu orang."),
        (["x"], "tidak terbaca"),
        (["999999"], "Pilih sedikitnya satu orang."),
    ],
)
def test_who_is_chosen_must_be_readable_and_of_the_set(client, names, listed, people, sentence):
    answer = send(client, names.supervisor, "send_set", listed.pk, people=people)
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert not BulkAct.objects.exists()


def test_only_who_was_shown_a_set_sends_it_and_reads_what_became_of_it(client, names, listed):
    for who in (names.head, factories.assessor(names.agency)):
        assert send(client, who, "send_set", listed.pk, people=[names.ana.pk]).status_code == 404
    assert send(client, names.ana, "send_set", listed.pk, people=[names.ana.pk]).status_code == 403
    assert page(client, names.supervisor, "set", listed.pk).status_code == 404

    listed.send(people=[names.ana.pk], verdict="approved", at=NEXT_MONDAY)
    assert page(client, names.head, "set", listed.pk).status_code == 404
    assert page(client, names.supervisor, "set", listed.pk).status_code == 200


def test_its_page_tells_how_far_it_is_and_what_became_of_each_row(client, names, listed, act):
    decide(names.rows[1], names.supervisor, "rejected")
    act.decide_next(at=NEXT_MONDAY)

    answer = page(client, names.supervisor, "set", listed.pk)

    said, text = words(answer), answer.content.decode()
    assert "4 dari 7 kegiatan. Disetujui: 3, 780 menit. Tidak diubah: 1." in said
    first = f"K-{names.rows[1].pk} Ana Pegawai Sel, 10 Mar 2026, Pekerjaan lain tidak diubah"
    assert f"{first} Kegiatan ini sudah diputuskan oleh Surya Atasan: ditolak." in said
    assert said.count("disetujui 260 menit") == 3
    assert said.count("menunggu giliran") == 3
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in text


def test_the_part_that_is_asked_again_stands_in_the_page(client, names, listed, act):
    act.decide_next(at=NEXT_MONDAY)
    part = page(client, names.supervisor, "set", listed.pk, headers={"HX-Request": "true"})
    whole = page(client, names.supervisor, "set", listed.pk)
    assert part.content.decode().strip() in whole.content.decode()


def test_once_done_nothing_is_asked_again(client, names, listed, act):
    while act.decide_next(at=NEXT_MONDAY):
        continue

    part = page(client, names.supervisor, "set", listed.pk, headers={"HX-Request": "true"})
    whole = page(client, names.supervisor, "set", listed.pk)

    assert (part.status_code, part["HX-Refresh"], part.content) == (200, "true", b"")
    assert "Selesai" in words(whole)
    assert (
        "http-equiv" not in whole.content.decode()
        and "hx-trigger" not in whole.content.decode().split("<main")[1]
    )


def test_the_week_leads_to_what_was_sent_for_it(client, names, listed, act):
    answer = page(client, names.supervisor, "approve_many", WEEK)
    assert f'href="/approvals/sets/{listed.pk}/"' in answer.content.decode()
    assert "Anda mengirim 7 kegiatan minggu ini untuk disetujui" in words(answer)


def test_its_pages_of_few_and_of_many_rows_take_the_same_queries(client, names, listed, act):
    counts = []
    for _ in range(3):
        with CaptureQueriesContext(connection) as captured:
            assert page(client, names.supervisor, "set", listed.pk).status_code == 200
        counts.append(len(captured))
        act.decide_next(at=NEXT_MONDAY)
    assert counts[0] == counts[1] == counts[2] <= 18  # the frame, and two of signing in


@pytest.mark.django_db(transaction=True)
def test_d115_a_killed_worker_leaves_whole_blocks_and_the_next_decides_the_rest_once(client, start_worker):
    names, today = city(), timezone.localdate()
    row = factories_activities.activity(names.ana, today, minutes=4)
    copies = [Activity.objects.get(pk=row.pk) for _ in range(2999)]
    for copy in copies:
        copy.pk, copy.form_token = None, uuid.uuid4()
    rows = [row, *Activity.objects.bulk_create(copies)]
    shown = [(one.pk, 1, names.ana.pk) for one in rows]
    listed = BulkSet.objects.show(shown, to=names.supervisor, week=Week.of(today), at=timezone.now())
    act = listed.send(people=[names.ana.pk], verdict="approved", at=timezone.now())
    worker = start_worker()
    decide_set.delay(act.pk)
    _until(BulkBlock.objects.exists)

    _kill(worker)
    seen = BulkAct.objects.get().outcome["seen"]
    assert seen == Decision.objects.count() and seen % 1000 == 0

    start_worker()
    resume_bulk_acts()
    _until(lambda: BulkAct.objects.get().is_done)
    assert BulkAct.objects.get().outcome == {
        "seen": 3000,
        "decided": 3000,
        "minutes": 12000,
        "refused": 0,
        "left": 0,
    }
    assert Decision.objects.values("activity").distinct().count() == Decision.objects.count() == 3000


def _kill(worker):
    """End the worker and its child without a word, as the kernel does where memory is short."""
    os.killpg(worker.process.pid, signal.SIGKILL)
    worker.process.wait()


def _until(reached):
    for _ in range(PATIENCE * 10):
        if reached():
            return
        time.sleep(0.1)
    raise AssertionError("the worker did not get there in time")
