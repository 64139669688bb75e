"""A final month is locked for every path: for SQL of the tables' owner too, and on a page with a sentence."""

from datetime import date

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction

from activities.models import Activity
from calendars.models import Month
from tests import factories, factories_activities, factories_assessment

pytestmark = pytest.mark.django_db(transaction=True)
IN_MARCH = "month_id = (SELECT id FROM calendars_month WHERE status = 'final')"
SENTENCE = "Bulan ini sudah final: tidak ada lagi yang dapat diubah di dalamnya."
STATEMENTS = {
    "update of an activity": f"UPDATE activities_activity SET counted_minutes = 1 WHERE {IN_MARCH}",
    "update that changes nothing": f"UPDATE activities_activity SET minutes = minutes WHERE {IN_MARCH}",
    "delete of an activity": f"DELETE FROM activities_activity WHERE {IN_MARCH}",
    "move to an open month": "UPDATE activities_activity SET month_id ="
    f" (SELECT id FROM calendars_month WHERE status = 'open') WHERE {IN_MARCH}",
    "update of a score": f"UPDATE assessment_assessment SET score = 100 WHERE {IN_MARCH}",
    "update of a step": f"UPDATE assessment_closing SET confirmed_at = now() WHERE {IN_MARCH}",
    "reopening of the month": "UPDATE calendars_month SET status = 'open' WHERE status = 'final'",
}


@pytest.fixture
def city():
    """The city in its March, still open; Ana has a draft of that month."""
    city = factories_assessment.stage()
    factories_activities.entry_rule()
    factories_assessment.rows(city.ana, [9, 10, 11])
    city.draft = factories_activities.activity(city.ana, date(2026, 3, 12), status="draft")
    return city


@pytest.fixture
def march(city):
    """The city after its March became final by its own steps."""
    return made_final(city)


def made_final(city):
    factories_assessment.final(city)
    factories.month(city.agency, number=5)
    return city


def test_sql_of_the_tables_owner_changes_nothing_in_a_final_month(march):
    before = stored()

    refusals = {name: refusal(statement) for name, statement in STATEMENTS.items()}

    assert refusals == dict.fromkeys(STATEMENTS, "month_is_final")
    assert (owner_of_the_activities(), stored()) == (connection.settings_dict["USER"], before)


def test_the_queryset_changes_nothing_in_a_final_month(march):
    with pytest.raises(IntegrityError, match="month_is_final"):
        Activity.objects.of(march.ana).update(counted_minutes=1)

    assert sorted(Activity.objects.of(march.ana).values_list("counted_minutes", flat=True)) == [0, 60, 60, 60]


@pytest.mark.browser
@pytest.mark.parametrize("act", ["change", "discard"])
def test_on_a_page_the_refusal_of_a_final_month_reads_as_a_sentence(city, page_of, act):
    """The page was opened while the month was open, and is sent after it became final."""
    page = page_of(city.ana)
    with time_machine.travel(factories.at(2026, 3, 13)):
        button = {"change": change, "discard": discard}[act](page, city.draft)
    made_final(city)
    with time_machine.travel(factories_assessment.AFTER_OBJECTIONS):
        status = answer_to(page, button)

    assert (status, SENTENCE in page.locator("main").inner_text()) == (409, True)
    kept = Activity.objects.get(pk=city.draft.pk)
    assert (kept.description, kept.version) == (city.draft.description, 1)


def change(page, draft):
    """Write another text into the draft; the button that keeps it."""
    page.goto(f"/activities/{draft.pk}/edit/")
    page.get_by_label("Uraian").fill("Teks yang ditulis sesudah bulan itu final.")
    return page.get_by_role("button", name="Simpan sebagai draf")


def discard(page, draft):
    """Come to throw the draft away; the button that does it."""
    page.goto(f"/activities/{draft.pk}/")
    page.locator("summary", has_text="Buang draf ini…").click()
    return page.get_by_role("button", name=f"Buang K-{draft.pk}")


def answer_to(page, button):
    with page.expect_navigation() as answered:
        button.click()
    return answered.value.status


def refusal(statement):
    """The first line of what the database says to `statement`; "" where it does it."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except IntegrityError as refused:
        return str(refused).split("\n")[0]
    return ""


def stored():
    """Every activity and month, as the database has it."""
    return [list(model.objects.order_by("pk").values()) for model in (Activity, Month)]


def owner_of_the_activities():
    with connection.cursor() as cursor:
        cursor.execute("SELECT tableowner FROM pg_tables WHERE tablename = 'activities_activity'")
        return cursor.fetchone()[0]
