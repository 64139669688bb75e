"""Long pages of groups are folded: short on a phone, open where a link leads, usable without JavaScript."""

import pytest

from devtools.pytest_browser import PHONE
from tests import factories_reports

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SCREENS_OF_A_PHONE = 3


@pytest.fixture
def ana():
    return factories_reports.city().ana


@pytest.mark.parametrize("path", ["/rules/", "/calendar/2026/"])
def test_w21_a_page_of_groups_is_a_few_screens_high_on_a_phone(page_of, ana, path):
    page = page_of(ana, viewport=PHONE)
    page.goto(path)

    assert page.evaluate("document.documentElement.scrollHeight") < SCREENS_OF_A_PHONE * PHONE["height"]


def test_w21_a_jump_opens_its_group_from_the_page_and_from_elsewhere(page_of, ana):
    page = page_of(ana, viewport=PHONE)
    page.goto("/rules/")
    table, shown = page.locator("#tariff table"), []
    shown.append(table.is_visible())
    page.locator("a[href='#tariff']").click()
    table.wait_for(state="visible")
    page.locator("details:has(#tariff) > summary").click()
    shown.append(table.is_visible())
    page.locator("a[href='#tariff']").click()
    table.wait_for(state="visible")
    page.goto("/")
    page.goto("/rules/#tariff")
    table.wait_for(state="visible")

    assert shown == [False, False]


def test_w21_without_javascript_a_group_opens_by_a_tap(page_of, ana):
    page = page_of(ana, viewport=PHONE, javascript=False)
    page.goto("/rules/")
    page.locator("details:has(#tariff) > summary").click()

    assert page.locator("#tariff table").is_visible()
