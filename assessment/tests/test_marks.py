from datetime import date
from decimal import Decimal
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from activities.models import Activity
from assessment.models import Assessment, ScoreRule
from assessment.models.marks import Listed
from assessment.models.person_months import State, person_months, tally
from assessment.models.refusals import FactsChanged
from assessment.scoring import MonthFacts
from calendars.models import Holiday
from records.refusals import NotAllowed, NotNow
from records.state import StaleVersion
from tests import factories
from tests.at_once import at_once
from tests.factories import at
from tests.factories_assessment import (
    LATER,
    approve_late,
    drawn,
    mark,
    published,
    read,
    row,
    rows,
    score_rule,
    stage,
    verdict,
)

pytestmark = pytest.mark.django_db
WORKDAYS = [2, 3, 4, 5, 6, 9, 10, 11, 12, 13, 16, 17, 18, 19, 20, 23, 24, 25, 26, 27, 30, 31]


@pytest.fixture
def city():
    return stage()


def test_the_facts_are_minutes_and_days_of_the_whole_month(city):
    rows(city.ana, [2, 3], 300)
    row(city.ana, date(2026, 3, 4), 200, in_time=False)
    row(city.ana, date(2026, 3, 5), 100, status="rejected")
    row(city.ana, date(2026, 3, 6), 100, status="draft", in_time=False)

    facts = Assessment.objects.facts(city.month)

    assert facts == {
        city.ana.pk: MonthFacts(6600, 800, 22, 3, approved_minutes=800),
        city.budi.pk: MonthFacts(6600, 0, 22, 0),
        city.supervisor.pk: MonthFacts(6600, 0, 22, 0),
        city.head.pk: MonthFacts(6600, 0, 22, 0),
    }


def test_only_obliged_days_count_as_reported_in_time(city):
    factories.leave(city.ana, date(2026, 3, 9))
    row(city.ana, date(2026, 3, 9))
    row(city.ana, date(2026, 3, 10))

    assert Assessment.objects.facts(city.month)[city.ana.pk] == MonthFacts(
        6300, 120, 21, 1, approved_minutes=120
    )


def test_minutes_earned_elsewhere_count_where_the_last_working_day_lies(city):
    mover = factories.staff(city.staff_post, "Pindahan", ends_on=date(2026, 3, 15))
    factories.posted(mover, city.zul.posting_on(date(2026, 3, 1)).post, date(2026, 3, 16))
    row(mover, date(2026, 3, 9), 200)
    row(mover, date(2026, 3, 16), 100)

    assert mover.pk not in Assessment.objects.facts(city.month)
    there = Assessment.objects.facts(factories.month(city.other))
    assert there[mover.pk] == MonthFacts(6600, 300, 22, 2, approved_minutes=300)


def test_verified_rows_and_minutes_are_counted_from_the_verdicts(city):
    rows(city.ana, WORKDAYS[:6], 100)
    found = drawn(city.month, by=city.chief)
    for each in found[:5]:
        verdict(each, by=city.nila)
    verdict(found[5], by=city.nila, outcome="fewer", minutes=70)

    facts = Assessment.objects.facts(city.month)[city.ana.pk]

    assert facts == MonthFacts(6600, 570, 22, 6, approved_minutes=600, verified_minutes=600, verified_rows=6)
    assert ScoreRule.objects.get().proposal(facts) == Decimal("95.00")


def test_a_suspension_known_late_takes_its_days_out_of_minutes_verified_rows_and_days(city):
    rows(city.ana, WORKDAYS[:6], 100)
    for each in drawn(city.month, by=city.chief):
        verdict(each, by=city.nila)
    factories.suspended(city.ana, date(2026, 3, 3), date(2026, 3, 5))

    assert Assessment.objects.facts(city.month)[city.ana.pk] == MonthFacts(
        5700, 300, 19, 3, approved_minutes=300, verified_minutes=300, verified_rows=3
    )


def test_the_facts_take_as_many_queries_for_one_person_as_for_many(city):
    rows(city.ana, WORKDAYS[:2])
    with CaptureQueriesContext(connection) as few:
        Assessment.objects.facts(city.month)
    for number in range(6):
        rows(factories.staff(city.staff_post, f"Orang {number}"), WORKDAYS[:3])
    with CaptureQueriesContext(connection) as many:
        assert len(Assessment.objects.facts(city.month)) == 10

    assert len(few) == len(many) <= 9


def test_d60_the_last_day_of_the_month_belongs_to_it_and_the_next_day_does_not(city):
    row(city.ana, date(2026, 3, 31), 100)
    row(city.ana, date(2026, 4, 1), 200)

    facts = [Assessment.objects.facts(factories.month(city.agency, 2026, n))[city.ana.pk] for n in (3, 4)]

    assert [(f.counted_minutes, f.days_in_time) for f in facts] == [(100, 1), (200, 1)]


def test_d43_a_day_added_as_joint_leave_lowers_the_target_of_an_open_month_only(city):
    rows(city.ana, WORKDAYS[:3])
    published(city)
    april = factories.month(city.agency, 2026, 4)
    before = Assessment.objects.facts(april)[city.ana.pk]

    for day in (date(2026, 3, 20), date(2026, 4, 20)):
        factories.holiday(day, kind=Holiday.Kind.JOINT_LEAVE)

    after = Assessment.objects.facts(april)[city.ana.pk]
    assert (before.target_minutes - after.target_minutes, before.obliged_days - after.obliged_days) == (
        300,
        1,
    )
    assert person_months(city.month)[city.ana.pk].facts.target_minutes == 6600


def test_a_confirmed_mark_keeps_what_it_came_from(city):
    rows(city.ana, WORKDAYS, 300)
    read(city)

    kept = mark(city.month, city.ana, by=city.nila)

    assert (
        kept.facts,
        kept.quality_proposed,
        (kept.productivity, kept.quality, kept.discipline, kept.score, kept.band),
        (kept.refused_minutes, kept.base_minutes, kept.rule, kept.marked_by, kept.marked_at),
    ) == (
        MonthFacts(6600, 6600, 22, 22, approved_minutes=6600, verified_minutes=6600, verified_rows=22),
        Decimal("100.00"),
        (Decimal("100.00"), Decimal("100.00"), Decimal("100.00"), Decimal("100.00"), "A"),
        (0, 6600, ScoreRule.objects.get(), city.nila, LATER),
    )


def test_d90_another_mark_than_the_proposal_needs_a_reason(city):
    rows(city.ana, WORKDAYS, 300)
    read(city)

    with pytest.raises(ValidationError) as refused:
        mark(city.month, city.ana, by=city.nila, quality="60")
    assert list(refused.value.message_dict) == ["reason"]
    assert not Assessment.objects.exists()

    kept = mark(city.month, city.ana, by=city.nila, quality="60", reason="Uraian tidak menjelaskan hasil.")
    assert (kept.quality, kept.quality_proposed, kept.score) == (
        Decimal("60.00"),
        Decimal("100.00"),
        Decimal("92.00"),
    )


@pytest.mark.parametrize("quality", ["-1", "100.01"])
def test_a_mark_outside_0_to_100_is_refused(city, quality):
    read(city)

    with pytest.raises(ValidationError) as refused:
        mark(city.month, city.ana, by=city.nila, quality=quality, reason="Uraian kurang.")
    assert list(refused.value.message_dict) == ["quality"]


def test_a_mark_on_facts_that_changed_is_refused(city):
    read(city)
    with pytest.raises(FactsChanged):
        Assessment.objects.confirm(
            city.month, city.ana.pk, quality=Decimal(100), stamp="1-2-3", by=city.nila, at=LATER
        )


def test_facts_that_change_after_the_mark_ask_for_it_again(city):
    rows(city.ana, WORKDAYS[:5], 300)
    left = row(city.ana, date(2026, 3, 31), 300, status="reported")
    read(city, void=1)
    mark(city.month, city.ana, by=city.nila)
    assert person_months(city.month)[city.ana.pk].state == State.CONFIRMED

    approve_late(left, by=city.nila)

    person_month = person_months(city.month)[city.ana.pk]
    assert (person_month.state, person_month.facts.counted_minutes, person_month.version) == (
        State.CHANGED,
        1500,
        1,
    )
    kept = mark(city.month, city.ana, by=city.oka)
    assert (kept.version, kept.counted_minutes, kept.quality, kept.marked_by) == (
        2,
        1500,
        Decimal("80.00"),
        city.oka,
    )


def test_a_new_rule_for_the_month_asks_for_the_mark_again(city):
    read(city)
    mark(city.month, city.budi, by=city.nila)

    score_rule(valid_from=date(2026, 3, 1), verified_rows=3)

    assert person_months(city.month)[city.budi.pk].state == State.CHANGED


def test_d66_a_published_month_keeps_the_rule_it_was_scored_under(city):
    rows(city.ana, WORKDAYS[:5], 300)
    month = published(city)
    before = person_months(month)[city.ana.pk]

    score_rule(
        valid_from=date(2026, 3, 1), band_a=Decimal(20), band_b=Decimal(15), band_c=Decimal(10), band_d=5
    )

    assert person_months(month)[city.ana.pk] == before


@pytest.mark.parametrize("name", ["ana", "chief", "auditor", "supervisor"])
def test_d16_marks_are_given_by_assessors_of_the_agency_only(city, name):
    if name == "chief":
        factories.posted(factories.person(), city.staff_post)
        city.chief.postings.update(post=city.staff_post)  # the head of assessment stands in this agency
    read(city)

    with pytest.raises(NotAllowed):
        mark(city.month, city.budi, by=getattr(city, name))


def test_d16_nobody_marks_themselves(city):
    mover = factories.staff(city.staff_post, "Pindahan", ends_on=date(2026, 3, 31))
    factories.posted(mover, factories.post(city.unit), date(2026, 4, 1))
    factories.grant(mover, "assessor", city.agency)
    read(city)

    with pytest.raises(NotAllowed):
        mark(city.month, mover, by=mover)


def test_d68_one_counted_minute_more_changes_the_score_that_is_kept(city):
    rows(city.ana, WORKDAYS, 150)
    read(city)
    before = mark(city.month, city.ana, by=city.nila).score
    Activity.objects.filter(person=city.ana, performed_on=date(2026, 3, 2)).update(
        minutes=151, credited_minutes=151, approved_minutes=151, counted_minutes=151
    )

    assert (before, mark(city.month, city.ana, by=city.nila).score) == (Decimal("70.00"), Decimal("70.01"))


def test_bulk_marks_the_listed_rows_and_names_those_that_changed(city):
    rows(city.ana, WORKDAYS[:5], 300)
    read(city)
    shown = {person: person_month for person, person_month in person_months(city.month).items()}
    listed = [
        Listed(city.ana.pk, shown[city.ana.pk].facts.stamp, 0),
        Listed(city.budi.pk, "0-0-0-0-0-0-0", 0),
        Listed(city.zul.pk, "0-0-0-0-0-0-0", 0),
    ]

    results = Assessment.objects.confirm_many(city.month, listed, by=city.nila, at=LATER)

    assert [(r.person_id, bool(r.sentence)) for r in results] == [
        (city.ana.pk, False),
        (city.budi.pk, True),
        (city.zul.pk, True),
    ]
    assert list(Assessment.objects.values_list("person", flat=True)) == [city.ana.pk]


def test_a_month_without_obliged_day_is_not_marked_and_says_why(city):
    factories.leave(city.ana, date(2026, 3, 1), date(2026, 3, 31))
    read(city)

    person_month = person_months(city.month)[city.ana.pk]
    assert (person_month.state, person_month.score) == (State.UNASSESSED, None)
    assert person_month.unassessed == Assessment.Unassessed.ON_LEAVE.label
    with pytest.raises(NotNow):
        mark(city.month, city.ana, by=city.nila, quality="0")


def test_an_open_month_takes_no_mark(city):
    with pytest.raises(NotNow):
        mark(city.month, city.ana, by=city.nila)


def test_the_tally_counts_every_state(city):
    factories.leave(city.ana, date(2026, 3, 1), date(2026, 3, 31))
    read(city)
    mark(city.month, city.budi, by=city.nila)

    assert tally(person_months(city.month)) == {
        "people": 4,
        "waiting": 2,
        "changed": 0,
        "confirmed": 1,
        "unassessed": 1,
    }


def test_a_mark_over_a_newer_one_is_refused(city):
    read(city)
    stamp = Assessment.objects.facts(city.month)[city.ana.pk].stamp
    mark(city.month, city.ana, by=city.nila)

    with pytest.raises(StaleVersion):
        Assessment.objects.confirm(
            city.month,
            city.ana.pk,
            quality=Decimal(50),
            reason="Uraian kurang.",
            stamp=stamp,
            version=0,
            by=city.oka,
            at=LATER,
        )


@pytest.mark.django_db(transaction=True)
def test_d05_two_who_confirm_a_first_mark_together_both_get_the_one_row(city):
    read(city)
    stamp = Assessment.objects.facts(city.month)[city.ana.pk].stamp
    terms = {"quality": Decimal(0), "stamp": stamp, "version": 0, "at": LATER}
    confirm = partial(Assessment.objects.confirm, city.month, city.ana.pk, **terms)

    kept = at_once(partial(confirm, by=city.nila), partial(confirm, by=city.oka))

    assert kept == [Assessment.objects.get()] * 2


SCORED = {
    "quality_proposed": Decimal(100),
    "quality": Decimal(100),
    "productivity": Decimal(100),
    "discipline": Decimal(100),
    "score": Decimal(100),
    "band": "A",
}
UNSCORED = dict.fromkeys(["quality", "productivity", "discipline", "score"])


@pytest.mark.parametrize(
    "broken",
    [
        {"quality": Decimal(99)},
        {"quality": Decimal(101), "quality_reason": "x"},
        {"score": Decimal(101)},
        {"productivity": Decimal(-1)},
        {"discipline": Decimal("100.01")},
        {"band": "F"},
        {"band": ""},
        {"score": None},
        {"not_assessed_reason": "no_target"},
        {"marked_by": None, "marked_at": None},
        {"marked_at": None},
        UNSCORED | {"band": "", "marked_by": None, "marked_at": None},
        UNSCORED | {"band": "", "not_assessed_reason": "no_target"},
    ],
)
def test_the_table_refuses_a_score_that_cannot_be(city, broken):
    inputs = {name: 0 for name in Assessment.FROZEN[:7]} | {"refused_minutes": 0, "base_minutes": 0}
    values = {
        "person": city.ana,
        "month": city.month,
        "rule": ScoreRule.objects.get(),
        "marked_by": city.nila,
        "marked_at": at(2026, 4, 9),
        **inputs,
        **SCORED,
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Assessment.objects.create(**values | broken)
    with pytest.raises(IntegrityError), transaction.atomic():
        Assessment.objects.create(**values | {"marked_by": city.ana})
    Assessment.objects.create(**values)
    with pytest.raises(IntegrityError), transaction.atomic():
        Assessment.objects.create(**values)
