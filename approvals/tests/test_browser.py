"""The review as a supervisor uses it: on a phone, by the keyboard, with and without JavaScript."""

import pytest
import time_machine

from devtools.pytest_browser import DESK, PHONE
from tests import factories, factories_activities
from tests.factories_approvals import AFTER_CLOSE, NEXT_MONDAY, REASON, WEEK, city, week_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def names():
    with time_machine.travel(NEXT_MONDAY):
        yield city()


def stored(activity):
    activity.refresh_from_db()
    return activity.status, activity.approved_minutes


@pytest.mark.parametrize("javascript", [True, False])
def test_a_refused_row_stays_open_with_what_was_typed_and_is_then_saved(page_of, names, javascript):
    activity = factories_activities.activity(names.ana, minutes=180, flagged=True)
    page = page_of(names.supervisor, javascript=javascript, viewport=PHONE)
    page.goto(f"/approvals/{WEEK}/")
    row = page.locator(f"#k-{activity.pk}")

    row.get_by_text("Kurangi…").click()
    row.get_by_label("Menit yang disetujui").fill("999")
    row.get_by_role("button", name="Setujui sejumlah menit ini").click()

    row.get_by_text("Setujui 1 sampai 180 menit.").wait_for()
    assert row.get_by_label("Menit yang disetujui").input_value() == "999"
    assert stored(activity) == ("reported", 0)

    row.get_by_label("Menit yang disetujui").fill("120")
    row.get_by_label("Alasan pengurangan menit").fill(REASON)
    row.get_by_role("button", name="Setujui sejumlah menit ini").click()
    page.get_by_text(REASON if javascript else "120 menit disetujui").first.wait_for(state="attached")
    assert stored(activity) == ("approved", 120)


def focused(page):
    return page.evaluate("document.activeElement.id || document.activeElement.name")


def test_w17_keys_open_move_decide_and_send_where_everybody_is_folded(page_of, names):
    rows = [*week_of(names.ana, rows=2), *week_of(names.budi, rows=1)]
    page = page_of(names.supervisor, viewport=DESK)
    page.goto(f"/approvals/{WEEK}/")

    page.keyboard.press("j")
    page.locator(f"#k-{rows[0].pk} [data-key=a]").wait_for()
    where = [focused(page)]
    page.keyboard.press("j")
    where.append(focused(page))
    page.keyboard.press("a")
    page.locator(f"#k-{rows[0].pk}:focus").get_by_text("Tarik keputusan…").wait_for()
    page.keyboard.press("j")
    page.keyboard.press("r")
    page.locator("[name='reason']:focus").wait_for()
    page.keyboard.type("Lampirkan notula, jangan a atau r.")
    page.keyboard.press("Control+Enter")
    page.locator(f"#k-{rows[1].pk}:focus").get_by_text("jangan a atau r").wait_for()
    page.keyboard.press("j")
    where.append(focused(page))

    ana, budi = f"walk-{names.ana.pk}", f"walk-{names.budi.pk}"
    assert where == [ana, f"k-{rows[0].pk}", budi]
    assert [stored(row) for row in rows] == [("approved", 260), ("returned", 0), ("reported", 0)]


@pytest.mark.parametrize(("key", "field"), [("f", "minutes"), ("r", "reason"), ("x", "reason")])
def test_w17_a_key_puts_the_focus_into_the_form_and_escape_leads_back(page_of, names, key, field):
    [row] = week_of(names.ana, rows=1)
    page = page_of(names.supervisor, viewport=DESK)
    page.goto(f"/approvals/{WEEK}/people/{names.ana.pk}/")

    page.keyboard.press(key)
    at_first = focused(page)
    page.keyboard.press(key)
    page.locator(f"[name='{field}']:focus").wait_for()
    page.keyboard.press("Escape")

    assert (at_first, focused(page)) == (f"k-{row.pk}", f"k-{row.pk}")
    assert page.locator(f"#k-{row.pk} details[open]").count() == 0
    assert stored(row) == ("reported", 0)


@pytest.mark.parametrize(
    ("path", "keys"),
    [("", ["j", "k", "a", "f", "r", "x", "u"]), ("people/{ana}/", ["j", "k", "a", "f", "r", "x"])],
)
def test_w17_the_help_lists_the_keys_that_work_on_the_page(page_of, names, path, keys):
    week_of(names.ana, rows=1)
    page = page_of(names.supervisor, viewport=DESK)
    page.goto(f"/approvals/{WEEK}/{path.format(ana=names.ana.pk)}")

    page.keyboard.press("?")
    shown = page.locator("[data-keys] .ek-key:visible").all_inner_texts()
    assert shown == ["?", *keys, "Ctrl", "Enter", "Esc", "?"]


def test_w17_where_nobody_is_to_be_reviewed_no_key_is_advertised(page_of, names):
    page = page_of(names.ana)
    page.goto(f"/activities/week/{WEEK}/")
    assert page.locator("[data-keys]").count() == 0


def test_rows_are_walked_and_approved_by_the_keyboard_without_leaving_the_page(page_of, names):
    rows = week_of(names.ana, rows=3)
    page = page_of(names.supervisor, viewport=DESK)
    page.goto(f"/approvals/{WEEK}/people/{names.ana.pk}/")

    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("a")
    page.locator(f"#k-{rows[1].pk}").get_by_text("Tarik keputusan…").wait_for()
    page.keyboard.press("j")
    page.keyboard.press("r")

    assert page.locator(f"#k-{rows[2].pk}").get_by_label("Apa yang perlu diperbaiki").is_visible()
    assert [stored(row) for row in rows] == [("reported", 0), ("approved", 260), ("reported", 0)]


def test_d07_a_reason_typed_before_the_session_ended_is_back_after_sign_in(page_of, names, settings):
    activity = factories_activities.activity(names.ana)
    activity.month.close(at=AFTER_CLOSE)
    assessor = factories.assessor(names.agency)
    left = f"/approvals/left/{activity.month_id}/"
    with time_machine.travel(AFTER_CLOSE):
        page = page_of(assessor)
        page.goto(left)
        page.locator("summary", has_text=names.ana.name).first.click()
        page.get_by_text("Tolak semua…").click()
        page.get_by_label("Alasan").fill(REASON)
        session = page.context.cookies()
        page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
        page.get_by_role("button", name="Tolak kegiatan-kegiatan ini").click()
        page.wait_for_url("**/accounts/login/**")

        assert page.url.endswith(f"?next={left}")
        page.context.add_cookies(session)
        page.goto(left)
        given_back = page.locator("[name=reason]").input_value()
        page.goto(left)

    assert given_back == REASON
    assert page.get_by_label("Alasan").input_value() == REASON
    assert page.get_by_label("Alasan").is_visible()
    assert stored(activity) == ("reported", 0)


@pytest.mark.parametrize("viewport", [PHONE, DESK])
def test_d29_the_review_fits_the_screen_and_axe_finds_nothing(page_of, names, viewport, axe_findings):
    week_of(names.ana)
    activity = factories_activities.activity(names.budi, minutes=180, flagged=True)
    page = page_of(names.supervisor, viewport=viewport)

    for path in (
        f"/approvals/{WEEK}/",
        f"/approvals/{WEEK}/approve/",
        f"/approvals/{activity.pk}/decisions/",
    ):
        page.goto(path)
        page.evaluate("document.querySelectorAll('main details').forEach((part) => (part.open = true))")
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], path
        assert axe_findings(page) == [], path


def test_w16_what_counts_the_waiting_rows_follows_each_decision(page_of, names):
    rows = week_of(names.ana, rows=4)
    page = page_of(names.supervisor, viewport=PHONE)
    page.goto(f"/approvals/{WEEK}/people/{names.ana.pk}/")

    said = [page.locator("#all summary").inner_text()]
    for row in rows[:2]:
        page.locator(f"#k-{row.pk} [data-key=a]").click()
        page.locator(f"#k-{row.pk}").get_by_text("Tarik keputusan…").wait_for()
    page.get_by_text("Setujui semua 2 yang menunggu…").wait_for()
    said.append(page.locator("#all form p").text_content().strip())
    page.locator(f"#k-{rows[2].pk} [data-key=a]").click()
    page.locator("#all summary").wait_for(state="detached")

    assert said == [
        "Setujui semua 4 yang menunggu…",
        "2 kegiatan Ana Pegawai disetujui dengan seluruh 520 menitnya.",
    ]


def test_w16_the_head_of_a_week_counts_again_after_a_decision(page_of, names):
    activity = factories_activities.activity(names.ana, minutes=180, flagged=True)
    page = page_of(names.supervisor, viewport=DESK)
    page.goto(f"/approvals/{WEEK}/")
    before = page.locator("#head").inner_text()

    page.locator(f"#k-{activity.pk} [data-key=a]").click()
    page.locator("#head").get_by_text("0 perlu dilihat").wait_for()

    assert "1 perlu dilihat" in before
