"""A check of what there is nothing of is neither ticked nor in the way."""

import pytest

from assessment.models import checklist
from records.checks import CheckState
from tests.factories_assessment import LATER, close, drawn, published, ready, rows, stage, verdict

pytestmark = pytest.mark.django_db
HOLDS, EMPTY, BLOCKS = CheckState.HOLDS, CheckState.EMPTY, CheckState.BLOCKS


def states(month):
    month.refresh_from_db()
    return {check.name: check.state for check in checklist.publication(month)}


def test_a_month_without_rows_has_nothing_decided_drawn_or_read():
    city = stage()
    close(city.month)
    before = states(city.month)
    drawn(city.month, by=city.chief)

    empty = {"decided": EMPTY, "drawn": EMPTY, "verified": EMPTY, "tolerable": EMPTY}
    assert {name: before[name] for name in empty} == empty | {"drawn": BLOCKS}
    assert {name: states(city.month)[name] for name in empty} == empty


def test_the_share_of_refused_rows_is_ticked_only_once_some_are_read():
    city = stage()
    rows(city.ana, [2, 3, 4], 300)
    first, *_others = drawn(city.month, by=city.chief)
    before = states(city.month)
    verdict(first, by=city.nila)
    after = states(city.month)

    assert [(found["verified"], found["tolerable"]) for found in (before, after)] == [
        (BLOCKS, EMPTY),
        (BLOCKS, HOLDS),
    ]


def test_a_month_that_is_ready_fulfils_every_check():
    city = stage()
    rows(city.ana, [2, 3, 4, 5, 6, 9], 300)
    month = ready(city)

    assert set(states(month).values()) == {HOLDS}


def test_the_waiting_time_is_fulfilled_only_once_it_is_over():
    city = stage()
    month = published(city)

    assert [check.state for check in checklist.finalisation(month, at=LATER)] == [HOLDS, BLOCKS]


def test_the_page_says_each_state_in_words(client):
    city = stage()
    close(city.month)
    client.force_login(city.chief)

    page = client.get(f"/assessment/{city.month.pk}/publish/").content.decode()

    line = next(part for part in page.split("<li>") if "Semua kegiatan sampel sudah ada putusannya" in part)
    assert ("#s-kosong" in line, "#centang" in line) == (True, False)
    assert "(belum ada yang diperiksa)" in " ".join(line.split())
