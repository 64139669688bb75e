"""What people do on the pages, one function each. They find things by the words on the screen.

`said` gives the Indonesian of a message id, so that a better translation does not break a step.
"""

import re

from django.utils import translation
from django.utils.translation import gettext

from tests.browser.january import PASSWORD

A_BOARD, A_RUN = re.compile(r"/assessment/\d+/$"), re.compile(r"/bonuses/\d+/$")


def said(message):
    with translation.override("id"):
        return gettext(message)


def sign_in(page, person, *, to):
    """Sign in by NIP and password on the way to the page `to`."""
    page.goto(f"/accounts/login/?next={to}")
    page.get_by_label("NIP").fill(person.nip)
    page.get_by_label(said("Password")).fill(PASSWORD)
    with page.expect_navigation(url=lambda url: "/accounts/login/" not in url):
        press(page, said("Sign in"))


def press(page, name):
    """Press the button with these words in the main part of the page."""
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def follow(page, name):
    page.get_by_role("main").get_by_role("link", name=name, exact=True).click()


def receipt(page):
    """The words of the message that answers what was just sent."""
    return page.locator(".ek-messages [role=status]").first.inner_text().strip()


def fits(page):
    """Whether nothing reaches beyond the width of the screen."""
    return page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def report(page, *, day, item, description, minutes, quantity):
    """Fill the form of a report and send it; returns the message."""
    page.locator(f"input[name=performed_on][value='{day:%Y-%m-%d}']").check()
    page.get_by_label(said("Catalogue item")).select_option(value=str(item.pk))
    page.get_by_label(said("Description")).fill(description)
    page.get_by_label(said("Minutes"), exact=True).fill(str(minutes))
    page.get_by_label(said("Quantity"), exact=True).fill(str(quantity))
    press(page, said("Send report"))
    page.wait_for_url(f"**/activities/day/{day}/**")
    return receipt(page)


def reject_week(page, week, person, *, reason):
    """Reject each row of one person's week by its own button and reason; returns how many."""
    page.goto(f"/approvals/{week}/people/{person.pk}/")
    rows = [row.get_attribute("id") for row in page.locator("li[id^='k-']").all()]
    for number in rows:
        row = page.locator(f"#{number}")
        row.locator("[data-opens=reject]").click()
        act = row.locator("[data-act=reject]")
        act.get_by_label(said("Reason")).fill(reason)
        act.get_by_role("button", name=re.compile(f"^{re.escape(said('Reject the activity'))}")).click()
        page.locator(f"#{number}", has_text=f"“{reason}”").wait_for()
    return len(rows)


def approve_clean(page, week):
    """Approve the clean rows of a week on the page that lists them; returns the message."""
    page.goto(f"/approvals/{week}/")
    page.locator(f"main a[href='/approvals/{week}/approve/']").click()
    press(page, said("Approve the chosen"))
    page.wait_for_url(f"**/approvals/{week}/")
    return receipt(page)


def close_review(page, agency, *, reason):
    """Open the month of an agency from the list, and close its review; lands on its board."""
    follow(page, agency.name)
    page.locator(".ek-head a", has_text=said("Close the review…")).click()
    page.get_by_label(said("Reason")).fill(reason)
    press(page, said("Close the review"))
    page.wait_for_url(A_BOARD)


def draw(page):
    """Draw the sample from the board of a month; returns how many rows are listed."""
    page.locator(".ek-head a", has_text=said("Draw the sample…")).click()
    press(page, said("Draw these rows"))
    page.locator("tbody a[href*='/assessment/rows/']").first.wait_for()
    return page.locator("tbody a[href*='/assessment/rows/']").count()


def verify_all(page):
    """Accept row after row on the workbench until none is left; returns how many."""
    page.locator(".ek-head a", has_text=said("Verify the next row")).click()
    read = 0
    while "/assessment/rows/" in page.url:
        here = page.url
        page.locator("button[name=outcome][value=accepted]").click()
        page.wait_for_url(lambda url: url != here)  # noqa: B023 (asked within this turn only)
        read += 1
    return read


def confirm_marks(page):
    """Confirm every proposed mark of the month at once; returns {name: their figures as shown after it}."""
    page.locator(".ek-head a", has_text=said("Confirm marks…")).click()
    press(page, said("Confirm the ticked marks"))
    page.locator(".ek-messages [role=status]").wait_for()
    rows = page.locator("tbody tr").all()
    return {row.locator("th a").inner_text(): row.locator("td.ek-num").all_inner_texts() for row in rows}


def step_of_two(page, agency, act):
    """Propose or confirm what comes next for the month of an agency, from the list of months."""
    follow(page, agency.name)
    page.locator(".ek-head a.btn-primary").click()
    page.locator(f"main button[name=act][value={act}]").click()
    page.wait_for_url(A_BOARD)
    return receipt(page)


def make_list(page):
    """Draft a list of last month with every agency offered, and ask for its computation."""
    page.locator(".ek-head a.btn-primary").click()
    press(page, said("Save the draft"))
    page.wait_for_url(A_RUN)
    page.locator(".ek-head a.btn-primary").click()
    press(page, said("Request the computation"))
    page.wait_for_url(A_RUN)
    return receipt(page)


def look_again(page, *, javascript):
    """Let the page of a run ask where it stands: by itself, or loaded again without JavaScript."""
    if not javascript:
        page.reload()
        return
    with page.expect_response(lambda response: re.search(A_RUN, response.url)):
        pass  # the page asks every two seconds


def wait_for_lines(page, *, javascript):
    """Wait until the page of a run shows its lines; nothing is clicked."""
    if javascript:
        page.locator("#baris").wait_for()
        return
    for _attempt in range(60):
        page.reload()
        if page.locator("#baris").count():
            return
        page.wait_for_timeout(500)
    raise AssertionError("the list was not computed within half a minute")


def take_run_step(page):
    """Check or release the newest list by the one main button of its page; returns the message."""
    page.locator("tbody a").first.click()
    page.locator(".ek-head a.btn-primary").click()
    page.locator("main form button.btn-primary").click()
    page.wait_for_url(A_RUN)
    return receipt(page)


def reasons_without_line(page):
    """{name: reason} of the people listed without a line."""
    rows = page.locator("#tanpa-baris tbody tr").all()
    return {row.locator("th").inner_text(): row.locator("td").inner_text() for row in rows}


def download(page, name):
    """The bytes of the file behind the link that begins with `name`."""
    with page.expect_download() as started:
        page.get_by_role("link", name=re.compile(f"^{name}")).click()
    return started.value.path().read_bytes()
