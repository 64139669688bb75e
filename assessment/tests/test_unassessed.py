"""Why a month has no score: a reason each on every page that shows it, kept at publication. Case D111."""

from datetime import date

import pytest
from django.db import connection, transaction
from django.db.models import Count
from django.test.utils import CaptureQueriesContext
from django.utils.text import capfirst

from assessment.models import Assessment, Closing, Draw, closings
from assessment.models.person_months import person_months
from calendars.models import Month, WorkPattern
from organization.models import Unit
from tests import factories
from tests.factories_assessment import LATER, close, mark

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
FIRST, LAST = date(2026, 3, 1), date(2026, 3, 31)
Reason = Assessment.Unassessed


@pytest.fixture
def people(city):
    """A person for each reason, all of them in the agency of the city."""
    factories.without_rules(WorkPattern)
    factories.signed(WorkPattern, scope="5", minutes=[300] * 5 + [0, 0])
    office = Unit.objects.establish(
        code="KANTOR-JAUH", parent=city.agency, name="Kantor Jauh", short_name="Kantor Jauh", pattern="6"
    )
    factories.leave_type("DL", reduces=False)
    factories.leave_type("RT", excuses=False)
    who = {
        Reason.ON_LEAVE: city.ana,
        Reason.NO_OBLIGED_DAY: city.budi,
        Reason.NO_CALENDAR: factories.staff(factories.post(office), "Orang Kantor Jauh"),
        Reason.NO_WORKING_DAY: factories.staff(city.staff_post, "Orang Minggu", ends_on=FIRST),
        Reason.SUSPENDED: factories.staff(city.staff_post, "Orang Skors"),
        Reason.NO_TARGET: factories.staff(city.staff_post, "Orang Tanpa Target"),
    }
    factories.leave(who[Reason.ON_LEAVE], FIRST, LAST)
    factories.leave(who[Reason.NO_OBLIGED_DAY], FIRST, LAST, code="DL")
    factories.leave(who[Reason.NO_TARGET], FIRST, LAST, code="RT")
    factories.suspended(who[Reason.SUSPENDED], factories.LONG_AGO)
    return who


def publish(city, *, marked):
    close(city.month)
    Draw.objects.draw(city.month, by=city.chief, at=LATER)
    for who in marked:
        mark(city.month, who, by=city.nila)
    step = Closing.objects.propose(city.month, "publish", by=city.chief, at=LATER)
    Closing.objects.confirm(step, by=city.nila, at=LATER)


def reasons(city, people):
    city.month.refresh_from_db()
    found = person_months(city.month)
    return {reason: found[who.pk].reason for reason, who in people.items()}


def test_d111_each_reason_is_told_apart_and_kept_at_publication(city, people):
    each = {reason: reason.value for reason in people}
    assert reasons(city, people) == each

    publish(city, marked=(city.supervisor, city.head))

    kept = dict(
        Assessment.objects.exclude(not_assessed_reason="").values_list("person", "not_assessed_reason")
    )
    assert kept == {who.pk: reason.value for reason, who in people.items()}
    assert reasons(city, people) == each


def test_d111_a_frozen_reason_stays_when_the_facts_are_others_later(city, people):
    publish(city, marked=(city.supervisor, city.head))

    city.ana.leaves.all().delete()

    assert reasons(city, people)[Reason.ON_LEAVE] == "on_leave"


def test_d111_the_list_and_the_page_of_each_person_give_their_own_sentence(city, people, open_as):
    listed = open_as(city.nila, "people", city.month.pk).content.decode()
    sentences = {reason: capfirst(str(reason.label)) for reason in people}
    assert [listed.count(sentence) for sentence in set(sentences.values())] == [1] * 6

    for reason, who in people.items():
        page = open_as(city.nila, "person", city.month.pk, who.pk).content.decode()
        assert [each for each in sentences.values() if each in page] == [sentences[reason]]


def test_d111_the_person_reads_their_own_reason_once_published(city, open_as):
    factories.leave(city.ana, FIRST, LAST)
    publish(city, marked=(city.budi, city.supervisor, city.head))

    page = open_as(city.ana, "mine", city.month.key).content.decode()
    assert "On leave on every working day of this month" in page


def test_a_month_of_few_and_of_many_people_is_frozen_in_as_many_statements(city):
    def frozen():
        """How many people a publication freezes, in how many statements; then all is as it was."""
        month, people = Month.objects.get(pk=city.month.pk), person_months(city.month)
        with transaction.atomic(), CaptureQueriesContext(connection) as captured:
            closings.publish(month, people, at=LATER)
            kept = Assessment.objects.exclude(days={}).values("not_assessed_reason").annotate(n=Count("pk"))
            found = {row["not_assessed_reason"]: row["n"] for row in kept.order_by()}
            transaction.set_rollback(True)
        return found, len(captured)

    close(city.month)
    Draw.objects.draw(city.month, by=city.chief, at=LATER)
    factories.leave(city.ana, FIRST, LAST)
    mark(city.month, city.budi, by=city.nila)
    few, statements = frozen()
    for number in range(60):
        who = factories.staff(city.staff_post, f"Pegawai {number}")
        if number % 2:
            factories.leave(who, FIRST, LAST)
        else:
            mark(city.month, who, by=city.nila)

    assert few == {"on_leave": 1, "": 1}
    assert frozen() == ({"on_leave": 31, "": 31}, statements)
    assert statements <= 16
