"""The workbench as an assessor uses it: texts and verdict on one screen, by key, and without JavaScript."""

from datetime import date

import pytest
import time_machine

from assessment.models import DrawnRow, Verdict
from devtools.pytest_browser import DESK, PHONE
from tests.factories_assessment import LATER, drawn, row, rows, stage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TEXT = (
    "Mengawasi pekerjaan drainase di tiga lokasi bersama pengawas lapangan, mencatat volume galian dan "
    "pasangan batu, memeriksa mutu adukan, lalu menyusun laporan kemajuan mingguan beserta foto."
)
BOXES = """selectors => Object.fromEntries(selectors.map(name => {
    const box = document.querySelector(name).getBoundingClientRect();
    return [name, {left: box.left, right: box.right, top: box.top, bottom: box.bottom}];
}))"""
COVERED = """selector => [...document.querySelectorAll(selector)].filter(quote => {
    const box = quote.getBoundingClientRect();
    return [box.top + 2, (box.top + box.bottom) / 2, box.bottom - 2].some(
        y => !quote.contains(document.elementFromPoint(box.left + box.width / 2, y)));
}).length"""
COMPARED, DECIDED, DOCK = "[aria-labelledby=texts]", "[aria-labelledby=row]", ".ek-dock"


@pytest.fixture
def city():
    with time_machine.travel(LATER):
        yield stage()


def compared(city):
    """A drawn row whose text is like an earlier one of the same person."""
    row(city.ana, date(2026, 3, 2), description=TEXT.replace("tiga", "dua"), status="rejected")
    made = row(city.ana, date(2026, 3, 9), 180, description=TEXT)
    drawn(city.month, by=city.chief)
    return DrawnRow.objects.get(activity=made)


def inside(box, screen):
    return box["top"] >= 0 and box["left"] >= 0 and box["bottom"] <= screen["height"]


def apart(one, other):
    return one["right"] <= other["left"] or one["bottom"] <= other["top"] or other["bottom"] <= one["top"]


def test_w19_texts_decision_and_verdict_fit_one_screen_without_scrolling(page_of, city):
    found = compared(city)
    page = page_of(city.nila, viewport=DESK)
    page.goto(f"/assessment/rows/{found.pk}/")

    boxes = page.evaluate(BOXES, [COMPARED, DECIDED, DOCK])

    assert [name for name, box in boxes.items() if not inside(box, DESK)] == []
    assert apart(boxes[COMPARED], boxes[DOCK]) and apart(boxes[DECIDED], boxes[DOCK])
    assert page.evaluate(COVERED, ".ek-quote") == 0 and page.locator(".ek-quote").count() == 2


@pytest.mark.parametrize(
    "screen", [DESK, {"width": 1366, "height": 650}, PHONE], ids=["desk", "low", "phone"]
)
def test_w19_a_long_comparison_is_never_under_the_verdict(page_of, city, screen):
    found = compared(city)
    page = page_of(city.nila, viewport=screen)
    page.goto(f"/assessment/rows/{found.pk}/")
    page.evaluate(
        "document.querySelectorAll('.ek-quote').forEach(it => it.textContent = 'kata '.repeat(200))"
    )

    height = page.evaluate("document.documentElement.scrollHeight")
    for top in range(0, height, 200):
        page.evaluate("top => window.scrollTo(0, top)", top)
        boxes = page.evaluate(BOXES, [COMPARED, DOCK])
        assert apart(*boxes.values()), top


def test_w11_key_u_takes_the_last_verdict_back_and_the_row_is_judged_anew(page_of, city):
    rows(city.ana, [9, 10], 180)
    first = drawn(city.month, by=city.chief)[0]
    page = page_of(city.nila, viewport=DESK)
    page.goto(f"/assessment/rows/{first.pk}/")

    page.keyboard.press("1")
    page.get_by_text("Putusan terakhir Anda:").wait_for()
    page.wait_for_load_state()  # keys work once their script has run
    page.keyboard.press("u")
    page.get_by_text("Putusan yang dibatalkan").wait_for()
    page.wait_for_load_state()
    assert page.url.endswith(f"/assessment/rows/{first.pk}/")
    page.locator("#id_reason_code").select_option("A1")
    page.keyboard.press("Escape")
    page.keyboard.press("3")
    page.get_by_text("Putusan terakhir Anda:").wait_for()

    given = Verdict.objects.order_by("pk").values_list("outcome", "in_force")
    assert [(outcome, stands is not None) for outcome, stands in given] == [
        ("accepted", False),
        ("void", True),
    ]


def test_w11_a_verdict_is_taken_back_without_javascript_on_a_phone(page_of, city):
    rows(city.ana, [9, 10], 180)
    first = drawn(city.month, by=city.chief)[0]
    page = page_of(city.nila, javascript=False, viewport=PHONE)
    page.goto(f"/assessment/rows/{first.pk}/")

    page.get_by_role("button", name="Terima").click()
    page.get_by_role("button", name="Batalkan putusan terakhir").click()

    page.get_by_text("Putusan yang dibatalkan").wait_for()
    assert Verdict.objects.in_force().count() == 0
