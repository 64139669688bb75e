from datetime import date
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from activities.models import Activity
from assessment.models import DrawnRow, Verdict
from assessment.models.refusals import AlreadyVerified
from organization.models import Level
from records.refusals import NotAllowed, NotNow
from records.state import StaleVersion
from tests import factories
from tests.at_once import at_once
from tests.factories_assessment import (
    LATER,
    close,
    decide,
    drawn,
    late_row,
    published,
    row,
    rows,
    stage,
    verdict,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return stage()


@pytest.fixture
def found(city):
    rows(city.ana, [9], 180)
    return drawn(city.month, by=city.chief)[0]


def state(activity):
    activity.refresh_from_db()
    return activity.status, activity.approved_minutes, activity.counted_minutes


@pytest.mark.parametrize(
    ("outcome", "minutes", "expected"),
    [
        ("accepted", None, ("approved", 180, 180)),
        ("fewer", 120, ("approved", 180, 120)),
        ("void", None, ("voided", 180, 0)),
    ],
)
def test_an_activity_counts_what_its_verdict_says(city, found, outcome, minutes, expected):
    verdict(found, by=city.nila, outcome=outcome, minutes=minutes)

    assert state(found.activity) == expected
    kept = Verdict.objects.get()
    assert (kept.outcome, kept.counted_before, kept.minutes, kept.by) == (
        outcome,
        180,
        expected[2],
        city.nila,
    )


@pytest.mark.parametrize("minutes", [None, 0, 180, 181])
def test_fewer_minutes_lie_between_0_and_those_counted(city, found, minutes):
    with pytest.raises(ValidationError):
        verdict(found, by=city.nila, outcome="fewer", minutes=minutes)
    assert state(found.activity) == ("approved", 180, 180)


@pytest.mark.parametrize("outcome", ["fewer", "void"])
def test_minutes_are_not_taken_without_a_reason(city, found, outcome):
    with pytest.raises(ValidationError):
        verdict(found, by=city.nila, outcome=outcome, minutes=10, reason_code="")


def test_d20_of_two_assessors_the_first_wins_and_the_second_is_told(city, found):
    verdict(found, by=city.nila)

    with pytest.raises(AlreadyVerified, match="Nila Penilai"):
        verdict(found, by=city.oka, outcome="void")
    assert state(found.activity) == ("approved", 180, 180)


@pytest.mark.django_db(transaction=True)
def test_d20_of_two_verdicts_at_the_same_moment_one_is_kept(city):
    rows(city.ana, [9], 180)
    found = drawn(city.month, by=city.chief)[0]
    record = partial(Verdict.objects.record, version=found.activity.version, at=LATER)

    answers = at_once(
        partial(record, DrawnRow.objects.get(pk=found.pk), outcome="accepted", by=city.nila),
        partial(record, DrawnRow.objects.get(pk=found.pk), outcome="void", reason_code="A1", by=city.oka),
    )

    kept = Verdict.objects.get()
    assert kept in answers
    assert [type(answer) for answer in answers if answer != kept] == [AlreadyVerified]
    assert state(found.activity)[2] == kept.minutes


def test_a_verdict_on_an_older_version_is_refused(city, found):
    with pytest.raises(StaleVersion):
        Verdict.objects.record(
            found, outcome="accepted", version=found.activity.version - 1, by=city.nila, at=LATER
        )


def test_d16_an_assessor_of_the_own_agency_is_refused(city, found):
    insider = factories.assessor(city.agency, name="Orang dalam", office=city.agency)

    with pytest.raises(NotAllowed):
        verdict(found, by=insider)


def test_d16_nobody_verifies_their_own_row_even_after_a_transfer(city):
    mover = factories.staff(city.staff_post, "Pindahan", ends_on=date(2026, 3, 31))
    factories.posted(mover, factories.post(city.unit), date(2026, 4, 1))
    factories.grant(mover, "assessor", city.agency)
    rows(mover, [9])
    own = drawn(city.month, by=city.chief)[0]

    with pytest.raises(NotAllowed):
        verdict(own, by=mover)


def test_an_assessor_outside_the_agencies_assigned_is_refused(city, found):
    stranger = factories.assessor(city.other, office=city.unit)

    with pytest.raises(NotAllowed):
        verdict(found, by=stranger)


def test_the_auditor_gives_no_verdict(city, found):
    with pytest.raises(NotAllowed):
        verdict(found, by=city.auditor)


def test_nobody_verifies_their_own_superior(city):
    """The head of the assessor's agency stands in another agency's house this month: same line."""
    mayor_post = factories.post(city.other, "Sekretaris", number=15, level=Level.EXECUTIVE)
    mayor = factories.staff(mayor_post, "Sekretaris Kota")
    unit_post = factories.post(city.unit, "Penilai", superior=mayor_post)
    below = factories.staff(unit_post, "Bawahan")
    factories.grant(below, "assessor", city.other)
    month = factories.month(city.other)
    row(mayor, date(2026, 3, 9), by=city.other_head)
    found = drawn(month, by=city.chief)[0]

    with pytest.raises(NotAllowed):
        verdict(found, by=below)
    verdict(found, by=city.nila)


def test_who_decided_an_activity_does_not_verify_it(city):
    made = row(city.ana, date(2026, 3, 9), status="reported")
    Activity.objects.filter(pk=made.pk).update(status="approved", approved_minutes=60, counted_minutes=60)
    made.refresh_from_db()
    decide(made, by=city.oka, at=LATER)
    found = drawn(city.month, by=city.chief)[0]

    with pytest.raises(NotAllowed):
        verdict(found, by=city.oka)
    verdict(found, by=city.nila)


def test_who_decided_after_the_close_verifies_nothing_of_that_person_that_month(city):
    row(city.ana, date(2026, 3, 9))
    row(city.budi, date(2026, 3, 9))
    late_row(city.ana, date(2026, 3, 20), by=city.oka)
    of = {found.activity.person: found for found in drawn(city.month, by=city.chief)}

    with pytest.raises(NotAllowed):
        verdict(of[city.ana], by=city.oka)
    verdict(of[city.ana], by=city.nila)
    verdict(of[city.budi], by=city.oka)


def test_a_published_month_takes_no_verdict(city):
    rows(city.ana, [9, 10])
    month = published(city)

    with pytest.raises(NotNow):
        verdict(DrawnRow.objects.filter(draw__month=month)[0], by=city.oka)


def raw(found, by, **broken):
    values = {
        "drawn_row": found,
        "activity": found.activity,
        "outcome": "accepted",
        "counted_before": 180,
        "minutes": 180,
        "by": by,
        "at": LATER,
    }
    with transaction.atomic():
        return Verdict.objects.create(**values | broken)


@pytest.mark.parametrize(
    "broken",
    [
        {"minutes": 179},
        {"outcome": "fewer", "minutes": 180, "reason_code": "A1"},
        {"outcome": "fewer", "minutes": 0, "reason_code": "A1"},
        {"outcome": "void", "minutes": 1, "reason_code": "A1"},
        {"outcome": "void", "minutes": 0},
        {"outcome": "fewer", "minutes": 10},
        {"outcome": "other"},
    ],
)
def test_the_table_refuses_a_verdict_that_cannot_be(city, found, broken):
    with pytest.raises(IntegrityError):
        raw(found, city.nila, **broken)


def test_the_table_refuses_a_second_verdict_on_a_row(city, found):
    raw(found, city.nila)

    with pytest.raises(IntegrityError):
        raw(found, city.oka)


@pytest.mark.parametrize("name", ["ana", "supervisor"])
def test_the_table_refuses_a_verdict_by_the_owner_or_the_decider(city, found, name):
    with pytest.raises(IntegrityError, match="own_work_verified"):
        raw(found, getattr(city, name))


@pytest.mark.parametrize(
    "statement", ["DELETE FROM assessment_verdict", "UPDATE assessment_verdict SET minutes = 0"]
)
def test_a_verdict_is_never_changed(city, found, statement):
    verdict(found, by=city.nila)

    with pytest.raises(IntegrityError, match="append_only"), connection.cursor() as cursor:
        cursor.execute(statement)


def test_an_open_month_has_no_rows_to_verify(city):
    close(city.month)
    assert not DrawnRow.objects.exists()
