"""Of two deciders the second is told by name, with 409 and the row as it is, by every path (D20)."""

import pytest

from activities.models import Activity
from approvals.models import Decision
from tests import factories, factories_activities
from tests.factories_approvals import AFTER_CLOSE, REASON, WEEK, city, decide, page, send, words

pytestmark = pytest.mark.django_db

OVERDUE, EARLY = factories.at(2026, 3, 19), factories.at(2026, 3, 18)
PATHS = [("week", False), ("person", False), ("week", True), ("person", True)]
TOLD = "Kegiatan ini sudah diputuskan oleh {name}: {verdict}."


@pytest.fixture
def names():
    return city()


@pytest.fixture
def activity(names):
    return factories_activities.activity(names.ana, minutes=180, description="Uraian yang sudah diputuskan.")


def answer_of(client, who, row, *, at=OVERDUE, act="reject", **data):
    return send(client, who, "decide", row.pk, act=act, version=1, reason=REASON, at=at, **data)


def assert_told(answer, sentence):
    assert answer.status_code == 409
    said = words(answer)
    assert sentence in said
    assert "Uraian yang sudah diputuskan." in said


@pytest.mark.parametrize(("back", "htmx"), PATHS)
@pytest.mark.parametrize(
    ("verdict", "said"), [("approved", "disetujui"), ("rejected", "ditolak"), ("returned", "dikembalikan")]
)
def test_d20_the_next_superior_is_told_after_the_holder_decided(
    client, names, activity, back, htmx, verdict, said
):
    decide(activity, names.supervisor, verdict, at=OVERDUE)

    answer = answer_of(client, names.head, activity, back=back, htmx=htmx)

    assert_told(answer, TOLD.format(name="Surya Atasan", verdict=said))
    assert list(Decision.objects.values_list("by", "verdict")) == [(names.supervisor.pk, verdict)]


@pytest.mark.parametrize(("back", "htmx"), PATHS)
def test_d20_the_holder_is_told_after_the_next_superior_decided(client, names, activity, back, htmx):
    decide(activity, names.head, at=OVERDUE)

    answer = answer_of(client, names.supervisor, activity, back=back, htmx=htmx)

    assert_told(answer, TOLD.format(name="Kartika Kepala", verdict="disetujui"))
    assert Decision.objects.count() == 1


@pytest.mark.parametrize(("back", "htmx"), PATHS)
def test_d20_of_two_who_hold_one_post_the_second_is_told(client, names, activity, back, htmx):
    names.supervisor.postings.update(sole=False)
    second = factories.staff(names.supervisor_post, "Dewi Atasan")
    decide(activity, names.supervisor)

    answer = answer_of(client, second, activity, back=back, htmx=htmx)

    assert_told(answer, TOLD.format(name="Surya Atasan", verdict="disetujui"))


@pytest.mark.parametrize("htmx", [False, True])
def test_d20_of_two_assessors_the_second_is_told_of_what_was_left(client, names, activity, htmx):
    activity.month.close(at=AFTER_CLOSE)
    first, second = factories.assessor(names.agency, name="Penilai Satu"), factories.assessor(names.agency)
    decide(activity, first, at=AFTER_CLOSE)

    answer = answer_of(client, second, activity, at=AFTER_CLOSE, back="left", htmx=htmx)

    assert_told(answer, TOLD.format(name="Penilai Satu", verdict="disetujui"))
    assert Decision.objects.count() == 1


@pytest.mark.parametrize("first", ["supervisor", "head"])
def test_d20_in_bulk_the_second_is_told_the_row_and_who_was_first(client, names, activity, first):
    second = {"supervisor": names.head, "head": names.supervisor}[first]
    decide(activity, getattr(names, first), at=OVERDUE)

    answer = send(client, second, "approve_many", WEEK, rows=[f"{activity.pk}:1"], at=OVERDUE)

    assert answer.status_code == 409
    told = TOLD.format(name=getattr(names, first), verdict="disetujui")
    assert f"Belum diputuskan: K-{activity.pk}, Ana Pegawai – {told}" in words(answer)
    assert Decision.objects.count() == 1


def test_d20_in_bulk_the_second_assessor_is_told_the_row_and_who_was_first(client, names, activity):
    activity.month.close(at=AFTER_CLOSE)
    first, second = factories.assessor(names.agency, name="Penilai Satu"), factories.assessor(names.agency)
    decide(activity, first, at=AFTER_CLOSE)
    data = {"rows": [f"{activity.pk}:1"], "act": "approve"}

    answer = send(client, second, "left_many", activity.month_id, at=AFTER_CLOSE, **data)

    assert answer.status_code == 409
    told = TOLD.format(name="Penilai Satu", verdict="disetujui")
    assert f"Belum diputuskan: K-{activity.pk}, Ana Pegawai – {told}" in words(answer)


def test_a_row_that_never_stood_on_their_page_is_not_there_for_the_next_superior(client, names, activity):
    decide(activity, names.supervisor, at=EARLY)

    assert answer_of(client, names.head, activity, at=EARLY).status_code == 404
    bulk = send(client, names.head, "approve_many", WEEK, rows=[f"{activity.pk}:1"], at=EARLY)
    assert "Surya" not in words(bulk) and "Ana" not in words(bulk)


@pytest.mark.parametrize("htmx", [False, True])
def test_a_strangers_id_is_not_there_also_once_it_is_decided(client, names, activity, htmx):
    foreign = factories_activities.activity(names.zul)
    decide(foreign, names.other_head)
    decide(activity, names.supervisor)

    for who, row in [(names.supervisor, foreign), (names.head, foreign), (names.other_head, activity)]:
        assert answer_of(client, who, row, htmx=htmx).status_code == 404
    assert set(Activity.objects.values_list("status", flat=True)) == {"approved"}


def test_what_they_were_told_of_stands_on_no_later_page(client, names, activity):
    decide(activity, names.supervisor, "rejected", at=OVERDUE)
    assert answer_of(client, names.head, activity).status_code == 409

    assert "Uraian yang sudah diputuskan." not in words(page(client, names.head, "week", WEEK, at=OVERDUE))
