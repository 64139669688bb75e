import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [360, 1366])
def test_axe_finds_nothing_on_the_sign_in_page(page, live_server, settings, width):
    settings.DEMO = True
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{live_server.url}/accounts/login/")

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert Axe().run(page).response["violations"] == []


def test_a_refused_sign_in_puts_the_summary_in_focus_and_keeps_the_nip(page, live_server):
    page.goto(f"{live_server.url}/accounts/login/")
    page.get_by_label("NIP").fill("19000101 200001 1 001")
    page.get_by_label("Kata sandi").fill("salah")
    page.get_by_role("button", name="Masuk").first.click()

    summary = page.get_by_role("alert")
    assert "NIP atau kata sandi tidak benar." in summary.inner_text()
    assert summary.evaluate("it => it === document.activeElement")
    assert page.get_by_label("NIP").input_value() == "19000101 200001 1 001"
    assert page.title() == "Galat: Masuk · E-Kinerja"


def test_the_language_is_switched_in_place(page, live_server):
    page.goto(f"{live_server.url}/accounts/login/")
    page.get_by_role("button", name="English").click()
    english = page.locator("h1").inner_text(), page.locator("html").get_attribute("lang")
    page.get_by_role("button", name="Indonesia").click()

    assert english == ("Sign in", "en")
    assert (page.locator("h1").inner_text(), page.locator("html").get_attribute("lang")) == ("Masuk", "id")
