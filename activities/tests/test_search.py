"""One's own past: a month is one choice away, words find the work. Now is 11 March 2026, 09.00 WIB."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import factories_activities
from tests.factories import at
from tests.factories_activities import activity, item
from tests.plans import others_rows, rows_read

pytestmark = pytest.mark.django_db
SEARCH = reverse("activities:search")
TUESDAY, WEDNESDAY = date(2026, 3, 10), date(2026, 3, 11)


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(at(2026, 3, 11), tick=False)


@pytest.fixture
def city():
    return factories_activities.city()


@pytest.fixture
def ana(client, city):
    client.force_login(city.ana)
    return city.ana


def found(client, **query):
    return [row.pk for row in client.get(SEARCH, query).context["page"]]


def test_w20_each_word_is_looked_for_in_title_and_description_and_the_newest_stands_first(client, ana):
    letter = activity(ana, TUESDAY, item=item("Konsep surat"), description="Undangan rapat koordinasi.")
    minutes = activity(ana, WEDNESDAY, item=item("Notula"), description="Rapat anggaran.")

    assert found(client) == [minutes.pk, letter.pk]
    assert found(client, q="RAPAT") == [minutes.pk, letter.pk]
    assert found(client, q="rapat surat") == [letter.pk]
    assert found(client, q="100%") == []


def test_w20_nobody_finds_what_somebody_else_did(client, city, ana):
    activity(city.budi, TUESDAY, description="Rahasia Budi.")
    assert found(client, q="Rahasia") == []


def test_the_search_reads_the_own_rows_alone_however_many_others_there_are(client, city, ana):
    own = [activity(ana, TUESDAY, description=f"Kerja hari ke-{number}.") for number in range(3)]
    others_rows(activity(city.budi, TUESDAY, description="Kerja milik Budi."), 3000, person=city.budi)

    with CaptureQueriesContext(connection) as captured:
        assert found(client, q="kerja") == [row.pk for row in reversed(own)]

    asked = [query["sql"] for query in captured if "description" in query["sql"]]
    assert [rows_read(sql, "activities_activity") for sql in asked] == [3, 3]


def test_w20_the_search_takes_the_same_queries_for_one_row_and_for_pages_of_them(client, ana):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(SEARCH, {"q": "kerja"}).status_code == 200
        return len(captured)

    activity(ana, TUESDAY, description="Satu kerja.")
    queries()
    one = queries()
    for number in range(35):
        activity(ana, TUESDAY, item=item(f"Lain {number}"), description="Lebih banyak kerja.")

    assert (queries(), len(found(client, q="kerja")), len(found(client, q="kerja", page=2))) == (one, 30, 6)


def test_w20_an_activity_found_leads_back_to_the_search(client, ana):
    row = activity(ana, TUESDAY, description="Rapat bulanan.")
    page = client.get(SEARCH, {"q": "rapat"}).content.decode()
    detail = client.get(row.get_absolute_url(), {"q": "rapat", "page": 1}).content.decode()

    assert f'href="/activities/{row.pk}/?q=rapat&amp;page=1"' in page
    assert '<a class="ek-tap" href="/activities/?q=rapat&amp;page=1" rel="up">' in detail


@pytest.mark.parametrize(
    ("address", "leads_to"),
    [
        ("/activities/week/?month=2025-08", "/activities/week/2025-W31/"),
        ("/activities/day/?month=2025-08", "/activities/day/2025-08-01/"),
        ("/activities/week/?month=2025-11", "/activities/week/2025-W45/"),
        ("/activities/day/?month=2025-11", "/activities/day/2025-11-03/"),
        ("/activities/week/?month=agustus", "/activities/week/2026-W11/"),
        ("/activities/day/", "/activities/day/2026-03-11/"),
        ("/scores/?month=2025-08", "/scores/2025-08/"),
        ("/scores/?month=1492-01", "/scores/2026-03/"),
        ("/bonus/?month=2025-08", "/bonus/2025-08/"),
    ],
)
def test_w20_a_chosen_month_is_opened_at_its_first_weekday(client, ana, address, leads_to):
    assert client.get(address).headers["location"] == leads_to


def test_w20_the_months_since_the_first_report_are_offered_and_the_shown_one_is_chosen(client, ana):
    activity(ana, date(2025, 12, 30))
    page = client.get("/activities/week/2026-W06/").content.decode()
    options = [f'<option value="2026-{month:02}"' for month in (3, 2, 1)] + ['<option value="2025-12"']
    places = [page.index(option) for option in options]

    assert places == sorted(places)
    assert '<option value="2026-02" selected>Februari 2026</option>' in page
    assert page.count("<option") == 4
