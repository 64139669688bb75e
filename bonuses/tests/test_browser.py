"""The sheet of a bonus list in Chromium: what somebody is paid stays in sight while the table scrolls."""

import pytest

from devtools.pytest_browser import DESK, PHONE
from tests.factories_bonuses import final_city, run_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
IN_SIGHT = """() => [...document.querySelectorAll("#baris tbody tr > :last-child")].map(cell => {
  const box = cell.getBoundingClientRect()
  return box.left >= 0 && box.right <= window.innerWidth && box.width > 0
})"""
WIDER = """table => {
  table.style.minWidth = "1800px"
  const around = table.closest(".ek-scroll")
  return around.scrollWidth > around.clientWidth
}"""
SCROLL = "(it, to) => { it.scrollLeft = to * it.scrollWidth }"


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_w18_the_net_is_in_sight_wherever_the_table_is_scrolled(page_of, viewport):
    city = final_city()
    run = run_in("computed", city=city)
    page = page_of(city.checker, viewport=viewport)
    page.goto(f"/bonuses/{run.pk}/")
    table = page.locator("#baris table")

    if viewport == DESK:
        assert table.evaluate(WIDER)
    seen = []
    for part in (0, 0.5, 1):
        page.locator("#baris .ek-scroll").evaluate(SCROLL, part)
        seen.append(page.evaluate(IN_SIGHT))

    assert seen[0] and all(all(cells) for cells in seen)
