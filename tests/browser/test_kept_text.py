"""What one types is kept in this browser for its person alone, and not after the sign-out."""

import pytest
from django.urls import reverse

from tests import factories_activities
from tests.factories_activities import TEXT

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
KEPT = "Object.keys(localStorage).filter(key => key.startsWith('ek-keep:')).map(key => localStorage[key])"
AGED = """
for (const key of Object.keys(localStorage).filter(key => key.startsWith('ek-keep:'))) {
  const draft = JSON.parse(localStorage[key]);
  localStorage[key] = JSON.stringify({ ...draft, at: Date.now() - 25 * 3600 * 1000 });
}
"""
NEW = reverse("activities:create")
PASSWORD = "kata-sandi-contoh"


@pytest.fixture
def city():
    names = factories_activities.city()
    for who in (names.ana, names.budi):
        who.set_password(PASSWORD)
        who.save(update_fields=["password"])
    return names


def sign_in(page, who):
    page.goto(reverse("account_login"))
    page.get_by_label("NIP").fill(who.nip)
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk").first.click()
    page.wait_for_url(lambda address: "login" not in address)


def type_text(page):
    page.goto(NEW)
    page.locator("[name=description]").fill(TEXT)
    page.locator("[data-shown=ek-kept]").wait_for()
    assert len(page.evaluate(KEPT)) == 1


def sign_out(page):
    page.goto(reverse("account_logout"))
    page.locator("main").get_by_role("button", name="Keluar").click()
    page.wait_for_url(lambda address: "login" in address)


def test_d121_nothing_is_left_after_the_sign_out_also_by_a_page_that_stays_open(page, city):
    sign_in(page, city.ana)
    type_text(page)
    other = page.context.new_page()
    sign_out(other)

    assert other.evaluate(KEPT) == []
    page.locator("[name=description]").fill(f"{TEXT} Lagi.")
    page.wait_for_timeout(600)
    assert page.evaluate(KEPT) == []


def test_d121_nothing_is_left_when_another_person_signs_in_and_all_is_when_the_same_does(page, city):
    sign_in(page, city.ana)
    type_text(page)
    page.context.clear_cookies()
    sign_in(page, city.ana)
    page.goto(NEW)
    assert page.locator("[name=description]").input_value() == TEXT

    page.context.clear_cookies()
    sign_in(page, city.budi)
    assert page.evaluate(KEPT) == []


def test_d121_nothing_is_kept_longer_than_a_day(page, city):
    sign_in(page, city.ana)
    type_text(page)
    page.evaluate(AGED)
    page.goto("/")

    assert page.evaluate(KEPT) == []


def test_d97_the_form_open_in_the_first_tab_is_sent_after_a_sign_in_in_the_second(page, city):
    sign_in(page, city.ana)
    type_text(page)
    page.context.clear_cookies(name="sessionid")
    other = page.context.new_page()
    sign_in(other, city.ana)

    page.locator("form[data-keep] button:not([type=button])").first.click()

    page.get_by_role("heading", name="Kirim sekali lagi").wait_for()
    assert page.locator("textarea[name=description]").input_value() == TEXT
    page.get_by_role("button", name="Kirim lagi").click()
    page.wait_for_url(lambda address: "activities" in address)
    assert page.get_by_role("heading", name="Kirim sekali lagi").count() == 0
