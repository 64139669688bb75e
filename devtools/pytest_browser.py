"""Pytest plugin: Chromium for tests marked `browser`.

`page` and `nojs_page` are strangers' pages, `page_of(person)` opens one signed in; `viewport` is their size,
1366 x 768 unless the test parametrizes it. A page that logs an error or misses a file fails its test.
"""

import shutil

import pytest

PHONE, DESK = {"width": 360, "height": 740}, {"width": 1366, "height": 768}
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
FLAGS += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
BROWSERS = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"]
PARTS = {"script", "stylesheet", "image", "font"}
BROWSER_FIXTURES = {"browser", "page", "nojs_page", "page_of"}
NOT_RUN = "browser tests: not run, no Chromium"


def chromium():
    """The browser to start; the one without windows opens a context in a quarter of the time."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def pytest_collection_modifyitems(items):
    missing = pytest.mark.skip(reason="no Chromium")
    for item in items:
        if BROWSER_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.browser)
        if item.get_closest_marker("browser") and not chromium():
            item.add_marker(missing)


def pytest_terminal_summary(terminalreporter):
    if not chromium():
        terminalreporter.write_line(NOT_RUN)
        return
    skipped = [report for report in terminalreporter.stats.get("skipped", []) if "browser" in report.keywords]
    if skipped:
        terminalreporter.write_line(f"browser tests: {len(skipped)} skipped")


@pytest.fixture(scope="session")
def browser():
    from playwright.sync_api import sync_playwright

    # Playwright keeps an event loop in this thread, which Django would take for asynchronous code.
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        running = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield running
        running.close()


@pytest.fixture
def viewport():
    return DESK


@pytest.fixture
def open_page(browser, live_server, viewport):
    """A function that opens a page in a context of its own; its faults are counted at the end of the test."""
    contexts, faults = [], []

    def open_one(*, javascript=True, cookies=(), viewport=viewport, **options):
        contexts.append(
            context := browser.new_context(
                base_url=live_server.url, viewport=viewport, java_script_enabled=javascript, **options
            )
        )
        context.set_default_timeout(10_000)
        context.add_cookies(
            [{"url": live_server.url, "name": name, "value": value} for name, value in cookies]
        )
        page = context.new_page()
        watch(page, faults)
        return page

    yield open_one
    for context in contexts:
        context.close()
    if faults:
        pytest.fail("\n".join(faults))


def watch(page, faults):
    """Add to `faults` what the page logs as an error and each of its own files that does not arrive.

    An answer of 4xx to a form is logged too, and is no fault.
    """

    def heard(message):
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            faults.append(message.text)

    def answered(response):
        if response.status >= 500 or (response.status >= 400 and response.request.resource_type in PARTS):
            faults.append(f"{response.status} {response.url}")

    page.on("console", heard)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("response", answered)


@pytest.fixture
def page(open_page):
    return open_page()


@pytest.fixture
def nojs_page(open_page):
    return open_page(javascript=False)


@pytest.fixture
def page_of(open_page):
    """A function that opens a page on which `person` has signed in already."""

    def open_for(person, **options):
        from django.conf import settings
        from django.test import Client

        client = Client()
        client.force_login(person)
        return open_page(
            cookies=[(settings.SESSION_COOKIE_NAME, client.cookies["sessionid"].value)], **options
        )

    return open_for


@pytest.fixture(scope="session")
def axe_findings():
    """A function that returns what axe finds on a page, one line for each rule."""
    from axe_playwright_python.sync_playwright import Axe

    def find(page):
        violations = Axe().run(page).response["violations"]
        return [
            f"{rule['id']}: {', '.join(str(node['target']) for node in rule['nodes'])}" for rule in violations
        ]

    return find
