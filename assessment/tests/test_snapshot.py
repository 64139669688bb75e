"""Publication is one reading of the facts: what is committed meanwhile is in none of it. Case D109."""

from datetime import date
from functools import partial
from time import sleep

import pytest
from django.db import connection

from assessment.models import Assessment, Closing
from assessment.models.person_months import person_months
from calendars.segments import PaidDays
from records.refusals import NotNow
from tests import factories
from tests.at_once import at_once
from tests.factories_assessment import LATER, ready, rows, stage

pytestmark = pytest.mark.django_db(transaction=True)
SLOWLY = """
    CREATE FUNCTION wait_a_second() RETURNS trigger LANGUAGE plpgsql AS
        'BEGIN PERFORM pg_sleep(1); RETURN COALESCE(NEW, OLD); END';
    CREATE TRIGGER slowly BEFORE {act} ON {table} FOR EACH STATEMENT EXECUTE FUNCTION wait_a_second();
"""
DELAYS = [
    ("UPDATE", "assessment_closing"),
    ("DELETE", "assessment_assessment"),
    ("UPDATE", "assessment_assessment"),
    ("UPDATE", "calendars_month"),
]


@pytest.fixture(params=DELAYS, ids="-".join)
def slow(request):
    """A second of delay at one of the writes of a publication."""
    act, table = request.param
    with connection.cursor() as cursor:
        cursor.execute(SLOWLY.format(act=act, table=table))
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP FUNCTION wait_a_second() CASCADE")


def late(act):
    sleep(0.5)
    return act()


@pytest.mark.usefixtures("slow")
def test_d109_leave_committed_while_publication_runs_is_in_none_of_it():
    city = stage()
    rows(city.ana, [2, 3, 4, 5, 6, 9], 300)
    step = Closing.objects.propose(ready(city), "publish", by=city.chief, at=LATER)
    leave = partial(factories.leave, city.ana, date(2026, 3, 23), date(2026, 3, 31))

    answers = at_once(partial(Closing.objects.confirm, step, by=city.nila, at=LATER), partial(late, leave))

    assert [type(answer).__name__ for answer in answers] == ["Closing", "Leave"]
    kept = Assessment.objects.get(person=city.ana)
    (segment,) = PaidDays.of(kept.days).segments
    assert (kept.obliged_days, segment.worked_days, segment.excused_paid_days) == (22, 22, 0)


def test_d109_facts_that_change_between_the_checks_and_the_reading_refuse_publication(monkeypatch):
    """The reading comes after the checks, so that what it freezes is what was checked."""
    city = stage()
    step = Closing.objects.propose(ready(city), "publish", by=city.chief, at=LATER)

    def reading(month, **beside):
        found = person_months(month, **beside)
        factories.leave(city.ana, date(2026, 3, 23))
        return found

    monkeypatch.setattr("assessment.models.checklist.person_months", reading)
    with pytest.raises(NotNow, match="1 "):
        Closing.objects.confirm(step, by=city.nila, at=LATER)
    city.month.refresh_from_db()
    assert (city.month.status, Closing.objects.get().confirmed_at) == ("verifying", None)
