"""The pages of a day, a week and one activity. Now is Wednesday 11 March 2026, 09.00 WIB."""

from datetime import date, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from calendars.models import Month
from calendars.weeks import Week
from tests import factories, factories_activities
from tests.factories import at
from tests.factories_activities import activity, item

pytestmark = pytest.mark.django_db
WEDNESDAY, TUESDAY, MONDAY, FRIDAY = (date(2026, 3, day) for day in (11, 10, 9, 6))
DAY = reverse("activities:day", args=[TUESDAY])
WEEK = reverse("activities:week", args=[Week(2026, 11)])


@pytest.fixture
def city():
    return factories_activities.city()


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(at(2026, 3, 11), tick=False)
    return time_machine


@pytest.fixture
def ana(client, city):
    client.force_login(city.ana)
    factories.month(city.agency, number=2)
    return city.ana


def queries_of(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def text_of(answer):
    """The page with every run of blanks and line breaks as one blank, as browsers show it."""
    return " ".join(answer.content.decode().split())


def test_a_day_adds_up_what_was_reported_and_not_the_drafts(client, ana):
    activity(ana, TUESDAY, minutes=100, status="approved")
    activity(ana, TUESDAY, minutes=60)
    activity(ana, TUESDAY, minutes=50, status="draft")
    activity(ana, MONDAY, minutes=40)

    sheet = client.get(DAY).context["sheet"]

    assert (sheet.minutes, sheet.target, len(sheet.activities), len(sheet.drafts)) == (160, 300, 3, 1)


def test_a_day_shows_its_work_and_until_when_it_is_open(client, ana):
    row = activity(
        ana,
        TUESDAY,
        starts_at=time(8),
        item=item("Memverifikasi berkas", standard=30),
        minutes=90,
        quantity=2,
    )

    page = text_of(client.get(DAY))

    assert "hari kerja 300 menit · terbuka s.d. Kam, 12 Mar 24.00 WIB" in page
    assert f'href="/activities/{row.pk}/">Memverifikasi berkas</a>' in page
    assert "08.00" in page and "2 berkas" in page and "diakui 60 mnt" in page
    assert f"{reverse('activities:create')}?date=2026-03-10" in page


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (FRIDAY, "terkunci sejak Sel, 10 Mar 24.00 WIB"),
        (date(2026, 3, 8), "libur"),
        (date(2026, 3, 12), "hari kerja 300 menit"),
        (WEDNESDAY, "<h1>Hari ini</h1>"),
    ],
)
def test_a_day_says_what_it_is(client, ana, day, words):
    page = client.get(reverse("activities:day", args=[day]))

    assert words in page.content.decode()
    assert page.context["sheet"].is_open == (day == WEDNESDAY)


def test_a_return_that_waits_stands_first(client, ana):
    waiting = activity(ana, FRIDAY, status="returned", return_due_at=at(2026, 3, 13, 0))
    activity(ana, FRIDAY, status="returned", return_due_at=at(2026, 3, 11, 0))

    page = client.get(DAY)

    assert list(page.context["returns"]) == [waiting]
    assert "Jawab sebelum Kam, 12 Mar 24.00 WIB." in page.content.decode()


def test_a_week_is_a_grid_of_work_by_day_with_last_week_s_rows_after_this_week_s(client, ana):
    files, letters = item("Berkas"), item("Surat")
    activity(ana, MONDAY, item=files, minutes=100)
    activity(ana, TUESDAY, item=files, minutes=50)
    activity(ana, TUESDAY, item=files, minutes=20)
    activity(ana, WEDNESDAY, item=files, minutes=30, status="draft")
    activity(ana, FRIDAY, item=letters, minutes=200)

    week = client.get(WEEK).context["week"]

    assert [(row.title, [cell.minutes for cell in row.cells], row.minutes) for row in week.rows] == [
        ("Berkas", [100, 70, 30, 0, 0, 0, 0], 170),
        ("Surat", [0] * 7, 0),
    ]
    assert [(sheet.minutes, sheet.target, sheet.state) for sheet in week.days] == [
        (100, 300, "terbuka"),
        (70, 300, "terbuka"),
        (0, 300, "hari ini"),
        (0, 300, "nanti"),
        (0, 300, "nanti"),
        (0, 0, "libur"),
        (0, 0, "libur"),
    ]
    assert (week.minutes, week.target) == (170, 1500)


def test_an_empty_cell_of_an_open_day_leads_to_the_form_of_that_work(client, ana):
    files = item("Berkas")
    activity(ana, MONDAY, item=files)

    page = client.get(WEEK).content.decode()

    assert f"?date=2026-03-10&amp;item={files.pk}" in page
    assert "?date=2026-03-12" not in page


def test_d24_a_week_wholly_on_leave_asks_for_nothing(client, ana):
    factories.leave(ana, MONDAY, date(2026, 3, 13))

    week = client.get(WEEK).context["week"]

    assert week.target == 0
    assert [sheet.state for sheet in week.days[:5]] == ["cuti"] * 5


def test_half_a_day_of_leave_halves_the_target(client, ana):
    factories.leave(ana, TUESDAY, half="am")

    sheet = client.get(DAY).context["sheet"]

    assert (sheet.target, sheet.state) == (150, "cuti ½ hari")


def test_d62_the_week_over_new_year_and_its_neighbours_are_reachable(client, ana):
    page = client.get(reverse("activities:week", args=[Week(2026, 53)])).content.decode()

    assert "Sen, 28 Des 2026 – Min, 3 Jan 2027" in page
    assert reverse("activities:week", args=[Week(2027, 1)]) in page
    assert reverse("activities:week", args=[Week(2026, 52)]) in page


def test_d62_on_a_sunday_last_week_is_the_seven_days_before_monday(client, ana, clock):
    clock.move_to(at(2026, 3, 15), tick=False)

    page = text_of(client.get(WEEK))

    assert '<a class="btn btn-secondary" rel="prev" href="/activities/week/2026-W10/"> ‹ 2 Mar </a>' in page


def test_d25_closed_days_of_a_week_stay_closed_and_the_others_open(client, ana, clock):
    clock.move_to(at(2026, 7, 1), tick=False)
    june = factories.month(ana.posting_on(TUESDAY).unit.agency, number=6)
    Month.objects.filter(pk=june.pk).update(entry_closes_at=at(2026, 7, 1, 8))

    week = client.get(reverse("activities:week", args=[Week(2026, 27)])).context["week"]

    assert [sheet.is_open for sheet in week.days] == [False, False, True, False, False, False, False]


@pytest.mark.parametrize("url", ["week/1999-W10", "week/9998-W10", "day/0001-01-01", "day/9999-12-31"])
def test_a_week_nobody_can_reach_is_not_found(client, ana, url):
    assert client.get(f"/activities/{url}/").status_code == 404


def test_d76_the_day_and_the_week_take_the_same_queries_for_one_row_and_for_many(client, ana):
    activity(ana, TUESDAY, item=item("Satu"))
    one = [queries_of(client, url) for url in (DAY, WEEK)]
    for number in range(4):
        activity(ana, TUESDAY, item=item(f"Lagi {number}"))
        activity(ana, FRIDAY, status="returned", return_due_at=at(2026, 3, 13, 0))

    assert [queries_of(client, url) for url in (DAY, WEEK)] == one
    assert one == [6, 5]


def test_leave_and_a_transfer_add_no_query_to_the_week(client, city):
    mover = factories.staff(city.staff_post, ends_on=MONDAY)
    factories.posted(mover, factories.post(city.other), starts_on=TUESDAY)
    factories.leave(mover, WEDNESDAY)
    for agency in (city.agency, city.other):
        factories.month(agency, number=2)
    activity(mover, MONDAY)
    activity(mover, TUESDAY)
    client.force_login(mover)

    assert queries_of(client, WEEK) == 5


def test_one_activity_shows_its_figures_and_every_version(client, ana):
    row = activity(ana, TUESDAY, item=item("Berkas", standard=30), minutes=90, quantity=2)
    row.edit(by=ana, at=at(2026, 3, 11), minutes=45)

    page = client.get(f"/activities/{row.pk}/")

    assert [version.minutes for version, _status in page.context["versions"]] == [45, 90]
    words = page.content.decode()
    assert "paling banyak 2 × 30 menit" in words and "ditinjau oleh: Kepala Bidang, Dinas Contoh" in words


@pytest.mark.parametrize(
    ("status", "allowed"),
    [
        ("draft", {"can_edit", "can_discard"}),
        ("reported", {"can_edit", "can_withdraw"}),
        ("returned", {"can_answer"}),
        ("approved", set()),
        ("rejected", set()),
        ("voided", set()),
    ],
)
def test_one_activity_offers_what_can_be_done_now(client, ana, status, allowed):
    row = activity(ana, TUESDAY, status=status)

    context = client.get(f"/activities/{row.pk}/").context

    names = ("can_edit", "can_answer", "can_withdraw", "can_discard")
    assert {name for name in names if context[name]} == allowed


def test_d37_what_was_typed_is_shown_as_text(client, ana):
    attack = "<script>alert(1)</script><svg onload=alert(1)>"
    row = activity(ana, TUESDAY, description=attack, other_title=attack)

    for url in (
        f"/activities/{row.pk}/",
        f"/activities/{row.pk}/edit/",
        DAY,
        WEEK,
        reverse("activities:create"),
    ):
        page = client.get(url).content.decode()
        assert "<script>alert" not in page and "<svg onload" not in page


def test_d18_days_before_a_transfer_are_still_one_s_own_to_read(client, city):
    mover = factories.staff(city.staff_post, ends_on=MONDAY)
    factories.posted(mover, factories.post(city.other), starts_on=TUESDAY)
    rows = [activity(mover, MONDAY), activity(mover, TUESDAY)]
    client.force_login(mover)

    week = client.get(WEEK).context["week"]

    assert [list(sheet.activities) for sheet in week.days[:2]] == [[rows[0]], [rows[1]]]


@pytest.mark.parametrize("url", [DAY, WEEK])
def test_pages_are_for_who_is_signed_in(client, city, url):
    assert client.get(url).status_code == 302


def test_english_is_english(client, ana):
    activity(ana, TUESDAY)
    client.cookies["django_language"] = "en"

    page = text_of(client.get(DAY))

    assert "working day of 300 minutes · open until Thu, 12 Mar 24.00 WIB" in page
