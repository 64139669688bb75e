"""A set that the worker decides, as its sender follows it: with and without JavaScript."""

import pytest
import time_machine

from approvals.models import BulkAct
from approvals.tasks import decide_set
from devtools.pytest_browser import PHONE
from tests.factories_approvals import NEXT_MONDAY, WEEK, city, week_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def names(monkeypatch):
    monkeypatch.setattr("approvals.week_pages.ROWS_AT_ONCE", 3)
    monkeypatch.setattr("approvals.models.bulk.BLOCK", 4)
    monkeypatch.setattr(decide_set, "delay", lambda _pk: None)
    with time_machine.travel(NEXT_MONDAY):
        yield city()


@pytest.mark.parametrize("javascript", [True, False])
def test_the_page_of_a_set_follows_it_to_its_end_without_a_click(page_of, names, javascript):
    rows = week_of(names.ana) + week_of(names.budi, rows=2)
    page = page_of(names.supervisor, javascript=javascript, viewport=PHONE)
    page.goto(f"/approvals/{WEEK}/approve/")

    page.get_by_role("button", name="Setujui yang dipilih").click()
    page.get_by_text("0 dari 7 kegiatan.").wait_for()
    act = BulkAct.objects.get()
    act.decide_next(at=NEXT_MONDAY)
    page.get_by_text("4 dari 7 kegiatan. Disetujui: 4, 1.040 menit.").wait_for()
    act.decide_next(at=NEXT_MONDAY)
    page.get_by_role("heading", name="Selesai").wait_for()

    assert page.get_by_text("260 menit").count() == len(rows)
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
