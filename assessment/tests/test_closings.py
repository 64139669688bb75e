from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from activities.models import Activity
from assessment.models import Assessment, Closing, Draw, ScoreRule, checklist
from assessment.models.homes import HomeMonth
from assessment.models.person_months import State, person_months
from calendars.models import Month
from records.refusals import NotAllowed, NotNow
from tests import factories
from tests.factories import at
from tests.factories_assessment import (
    AFTER_OBJECTIONS,
    LATER,
    close,
    drawn,
    final,
    mark,
    published,
    ready,
    row,
    rows,
    score_rule,
    stage,
    verdict,
)

pytestmark = pytest.mark.django_db
DAYS = [2, 3, 4, 5, 6, 9]


@pytest.fixture
def city():
    return stage()


def blocked(month):
    month.refresh_from_db()
    return [check.name for check in checklist.publication(month) if not check.ok]


def test_the_checklist_is_worked_off_in_its_order(city):
    rows(city.ana, DAYS, 300)
    left = row(city.budi, date(2026, 3, 31), status="reported")
    assert blocked(city.month) == ["closed", "decided", "drawn", "scored"]

    close(city.month)
    assert blocked(city.month) == ["decided", "drawn", "scored"]

    Activity.objects.filter(pk=left.pk).update(status="rejected", after_close=True)
    Draw.objects.draw(city.month, by=city.chief, at=LATER)
    assert blocked(city.month) == ["verified", "scored"]

    for found in Draw.objects.get(stratum="sample").rows.select_related("draw", "activity"):
        verdict(found, by=city.nila)
    for who in (city.ana, city.budi, city.supervisor, city.head):
        mark(city.month, who, by=city.nila)
    assert blocked(city.month) == []


def test_d13_rows_left_undecided_hold_publication_and_are_never_zero_by_silence(city):
    row(city.ana, date(2026, 3, 9), 300, status="reported")
    month = ready(city)

    with pytest.raises(NotNow, match="1 "):
        Closing.objects.propose(month, "publish", by=city.chief, at=LATER)
    assert Closing.objects.count() == 0


def test_a_row_left_in_the_agency_somebody_came_from_holds_the_publication(city):
    mover = factories.staff(city.zul.posting_on(date(2026, 3, 1)).post, "Pindahan", ends_on=date(2026, 3, 15))
    factories.posted(mover, city.staff_post, date(2026, 3, 16))
    month = ready(city)
    mark(month, mover, by=city.nila)
    assert blocked(month) == []

    before = row(mover, date(2026, 3, 9), status="reported", in_time=False)
    assert blocked(month) == ["decided", "elsewhere"]
    Activity.objects.filter(pk=before.pk).update(status="rejected")
    assert blocked(month) == ["decided", "elsewhere"]  # it may be recalled until the review there closes
    Month.objects.filter(pk=before.month_id).update(status="verifying")
    assert blocked(month) == []


def test_facts_that_changed_after_the_mark_hold_the_publication(city):
    rows(city.ana, DAYS, 300)
    month = ready(city)
    Activity.objects.filter(person=city.ana, performed_on=date(2026, 3, 9)).update(counted_minutes=299)

    assert blocked(month) == ["scored"]
    with pytest.raises(NotNow):
        Closing.objects.propose(month, "publish", by=city.chief, at=LATER)


def test_too_many_refused_rows_hold_the_publication_until_the_draw_is_extended(city):
    score_rule(valid_from=date(2026, 1, 1), error=Decimal("0.50"))
    rows(city.ana, DAYS, 300)
    found = drawn(city.month, by=city.chief)
    for each in found:
        verdict(each, by=city.nila, outcome="void")

    assert "tolerable" in blocked(city.month)
    Draw.objects.extend(city.month, by=city.chief, at=LATER)
    assert "tolerable" not in blocked(city.month) and "verified" in blocked(city.month)


def test_a_month_is_published_by_two_and_scores_stand(city):
    rows(city.ana, DAYS, 300)
    month = ready(city)
    step = Closing.objects.propose(month, "publish", by=city.chief, at=LATER)
    month.refresh_from_db()
    assert month.status == Month.Status.VERIFYING

    Closing.objects.confirm(step, by=city.nila, at=LATER)

    month.refresh_from_db()
    step.refresh_from_db()
    # 9 April is a Thursday: five working days after it end on Thursday 16 April, 24.00
    assert (month.status, month.published_at, month.objections_close_at) == (
        Month.Status.PUBLISHED,
        LATER,
        at(2026, 4, 17, 0),
    )
    assert (step.proposed_by, step.proposed_as, step.confirmed_by, step.confirmed_as) == (
        city.chief,
        "head",
        city.nila,
        "assessor",
    )
    assert {each.state for each in person_months(month).values()} == {State.CONFIRMED}


def test_people_without_target_are_published_with_their_reason_and_no_mark(city):
    factories.leave(city.ana, date(2026, 3, 1), date(2026, 3, 31))
    close(city.month)
    Draw.objects.draw(city.month, by=city.chief, at=LATER)
    for who in (city.budi, city.supervisor, city.head):
        mark(city.month, who, by=city.nila)
    step = Closing.objects.propose(city.month, "publish", by=city.chief, at=LATER)
    Closing.objects.confirm(step, by=city.nila, at=LATER)

    kept = Assessment.objects.get(person=city.ana)
    assert (kept.score, kept.band, kept.not_assessed_reason, kept.marked_by) == (None, "", "on_leave", None)
    assert Assessment.objects.count() == 4


def test_a_mark_of_somebody_who_is_scored_elsewhere_by_now_is_taken_out(city):
    rows(city.ana, DAYS, 300)
    month = ready(city)
    city.ana.postings.update(ends_on=date(2026, 3, 15))
    factories.posted(city.ana, city.zul.posting_on(date(2026, 3, 1)).post, date(2026, 3, 16))
    step = Closing.objects.propose(month, "publish", by=city.chief, at=LATER)
    Closing.objects.confirm(step, by=city.nila, at=LATER)

    assert not Assessment.objects.filter(person=city.ana).exists()


def move(who, city):
    """A transfer to the other agency from the middle of March, known from now on."""
    who.postings.update(ends_on=date(2026, 3, 15))
    factories.posted(who, city.zul.posting_on(date(2026, 3, 1)).post, date(2026, 3, 16))


def elsewhere(month):
    return [(row.person, str(row)) for row in HomeMonth(month, Assessment.objects).elsewhere()]


def test_nobody_is_published_in_two_agencies(city):
    month = published(city)
    move(city.budi, city)

    other = close(factories.month(city.other))

    assert city.budi.pk not in Assessment.objects.facts(other)
    assert elsewhere(other) == [(city.budi, "dinilai di Dinas Contoh")]
    assert elsewhere(month) == []
    with pytest.raises(IntegrityError, match="one_home_month_per_person"), transaction.atomic():
        row = Assessment.objects.get(month=month, person=city.budi)
        row.pk, row.month = None, other
        row.save(force_insert=True)


def test_d105_who_moves_after_the_new_agency_published_is_scored_in_the_old_one_once(city):
    other = factories.month(city.other)
    Month.objects.filter(pk=other.pk).update(
        status="published", published_at=LATER, objections_close_at=LATER
    )
    move(city.budi, city)

    month = close(factories.month(city.agency))

    assert city.budi.pk in Assessment.objects.facts(month)
    other.refresh_from_db()
    assert elsewhere(month) == []
    assert dict(elsewhere(other))[city.budi] == "akan dinilai di Dinas Contoh"


def test_d105_whom_every_agency_published_without_stands_in_no_month(city):
    for agency in (city.agency, city.other):
        month = factories.month(agency)
        moments = {"published_at": LATER, "objections_close_at": LATER}
        Month.objects.filter(pk=month.pk).update(status="published", **moments)
    month = Month.objects.get(agency=city.agency)

    said = dict(elsewhere(month))

    assert said[city.budi] == "tidak masuk bulan mana pun: semua perangkat daerah sudah mengumumkan tanpa dia"


def test_d16_the_second_person_is_another_one(city):
    step = Closing.objects.propose(ready(city), "publish", by=city.chief, at=LATER)

    with pytest.raises(NotAllowed):
        Closing.objects.confirm(step, by=city.chief, at=LATER)
    city.month.refresh_from_db()
    assert city.month.status == Month.Status.VERIFYING


def test_one_of_the_two_is_the_head(city):
    step = Closing.objects.propose(ready(city), "publish", by=city.nila, at=LATER)

    with pytest.raises(NotAllowed):
        Closing.objects.confirm(step, by=city.oka, at=LATER)
    Closing.objects.confirm(step, by=city.chief, at=LATER)
    city.month.refresh_from_db()
    assert city.month.status == Month.Status.PUBLISHED


@pytest.mark.parametrize("name", ["auditor", "supervisor", "ana"])
def test_a_month_belongs_to_the_assessment_unit(city, name):
    with pytest.raises(NotAllowed):
        Closing.objects.propose(ready(city), "publish", by=getattr(city, name), at=LATER)


def test_proposing_twice_is_one_proposal_and_a_second_proposer_is_told(city):
    month = ready(city)
    first = Closing.objects.propose(month, "publish", by=city.chief, at=LATER)

    assert Closing.objects.propose(month, "publish", by=city.chief, at=LATER) == first
    with pytest.raises(NotNow, match="Citra Ketua|Petugas head"):
        Closing.objects.propose(month, "publish", by=city.nila, at=LATER)


def test_d69_confirming_again_changes_nothing(city):
    step = Closing.objects.propose(ready(city), "publish", by=city.chief, at=LATER)
    Closing.objects.confirm(step, by=city.nila, at=LATER)
    version = Month.objects.get(pk=city.month.pk).version

    Closing.objects.confirm(step, by=city.oka, at=AFTER_OBJECTIONS)

    assert Month.objects.get(pk=city.month.pk).version == version
    assert Closing.objects.get().confirmed_by == city.nila


def test_a_month_is_not_final_before_the_time_for_objections_is_over(city):
    month = published(city)

    with pytest.raises(NotNow):
        Closing.objects.propose(month, "finalise", by=city.chief, at=at(2026, 4, 16, 23))
    Closing.objects.propose(month, "finalise", by=city.chief, at=at(2026, 4, 17, 0))


def test_a_month_is_not_final_before_it_is_published(city):
    with pytest.raises(NotNow):
        Closing.objects.propose(ready(city), "finalise", by=city.chief, at=AFTER_OBJECTIONS)


TABLES = [
    "assessment_draw",
    "assessment_drawnrow",
    "assessment_verdict",
    "assessment_assessment",
    "assessment_closing",
]


@pytest.mark.parametrize("table", TABLES)
def test_d21_a_final_month_is_locked_for_the_owner_of_the_database(city, table):
    rows(city.ana, DAYS[:2], 300)
    assert final(city).status == Month.Status.FINAL

    for statement in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}"):
        with pytest.raises(IntegrityError, match="month_is_final|append_only"), transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(statement)


def test_d21_nothing_is_added_to_a_final_month(city):
    rows(city.ana, DAYS[:2], 300)
    month = final(city)
    kept = Assessment.objects.get(person=city.ana)
    kept.pk, kept.person = None, city.zul

    with pytest.raises(IntegrityError, match="month_is_final"), transaction.atomic():
        kept.save(force_insert=True)
    with pytest.raises(IntegrityError, match="month_is_final"), transaction.atomic():
        Draw.objects.create(
            month=month,
            stratum="always",
            number=2,
            rule=ScoreRule.objects.get(),
            seed=month.seed,
            population=0,
            size=0,
            drawn_by=city.chief,
            at=LATER,
        )


@pytest.mark.parametrize(
    "broken",
    [
        {"confirmed_by": "chief"},
        {"confirmed_as": ""},
        {"confirmed_at": None},
        {"proposed_as": "assessor"},
    ],
)
def test_the_table_refuses_a_step_that_cannot_be(city, broken):
    if "confirmed_by" in broken:
        broken = {"confirmed_by": city.chief}
    values = {
        "month": city.month,
        "kind": "publish",
        "proposed_by": city.chief,
        "proposed_as": "head",
        "proposed_at": LATER,
        "confirmed_by": city.nila,
        "confirmed_as": "assessor",
        "confirmed_at": LATER,
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Closing.objects.create(**values | broken)
    Closing.objects.create(**values)
    with pytest.raises(IntegrityError), transaction.atomic():
        Closing.objects.create(**values)
