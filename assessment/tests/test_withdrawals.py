"""A verdict taken back by who gave it: as if it had not been given, and kept as what happened."""

from datetime import date
from decimal import Decimal
from functools import partial

import pytest
from django.db import IntegrityError, connection, transaction

from assessment.board import work_of
from assessment.draw_plan import drawn_strata
from assessment.models import Assessment, Closing, Draw, DrawnRow, Verdict, VerdictInForce, Withdrawal
from assessment.models.assessors import Assessor
from assessment.models.checklist import publication
from assessment.models.person_months import person_months
from assessment.models.refusals import AlreadyVerified, AlreadyWithdrawn
from organization.models import Grant, Role, User
from records.refusals import NotAllowed, NotNow
from reports.home_cards import assessment_card
from tests import factories
from tests.at_once import at_once
from tests.factories import at
from tests.factories_assessment import (
    LATER,
    drawn,
    mark,
    published,
    ready,
    row,
    rows,
    score_rule,
    stage,
    superior_of,
    verdict,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
DAYS = [2, 3, 4, 5, 6, 9]
FEWER = {"outcome": "fewer", "minutes": 120}
SOON = at(2026, 4, 9, 10)


@pytest.fixture
def city():
    return stage()


@pytest.fixture
def found(city):
    rows(city.ana, [9], 180)
    return drawn(city.month, by=city.chief)[0]


def withdraw(given, *, by):
    return Withdrawal.objects.record(given, by=by, at=SOON)


def state(activity):
    activity.refresh_from_db()
    return activity.status, activity.approved_minutes, activity.counted_minutes


@pytest.mark.parametrize("terms", [{}, FEWER, {"outcome": "void"}])
def test_an_activity_counts_again_what_it_counted_before_the_verdict(city, found, terms):
    given = verdict(found, by=city.nila, **terms)

    withdraw(given, by=city.nila)

    assert state(found.activity) == ("approved", 180, 180)
    assert Withdrawal.objects.values_list("verdict", "by", "at").get() == (given.pk, city.nila.pk, SOON)
    assert not VerdictInForce.objects.exists()


def test_a_row_waits_again_at_its_old_place_for_every_assessor(city):
    rows(city.ana, DAYS)
    found = drawn(city.month, by=city.chief)
    given = [verdict(each, by=city.nila) for each in found]

    withdraw(given[2], by=city.nila)

    for who in (city.nila, city.oka):
        left = DrawnRow.objects.left_to(Assessor.of(who, at=LATER), city.month)
        assert list(left) == [found[2]]


def test_a_row_is_judged_anew_after_a_withdrawal_by_whoever_comes_first(city, found):
    withdraw(verdict(found, by=city.nila, outcome="void"), by=city.nila)

    anew = verdict(found, by=city.oka, **FEWER)

    assert (state(found.activity), anew.counted_before) == (("approved", 180, 120), 180)
    assert list(Verdict.objects.in_force()) == [anew]
    with pytest.raises(AlreadyVerified, match="Oka Penilai"):
        verdict(found, by=city.nila)


def test_the_second_press_is_told_and_withdraws_nothing_newer(city, found):
    given = verdict(found, by=city.nila, outcome="void")
    withdraw(given, by=city.nila)
    verdict(found, by=city.nila, **FEWER)

    with pytest.raises(AlreadyWithdrawn):
        withdraw(given, by=city.nila)
    assert (state(found.activity)[2], Withdrawal.objects.count()) == (120, 1)


def test_a_verdict_is_withdrawn_by_nobody_but_who_gave_it(city, found):
    given = verdict(found, by=city.nila, outcome="void")

    for who in (city.oka, city.chief, city.ana, city.auditor):
        with pytest.raises(NotAllowed, match="who gave it"):
            withdraw(given, by=who)
    assert state(found.activity)[2] == 0


def test_who_is_no_assessor_any_more_withdraws_nothing(city, found):
    given = verdict(found, by=city.nila, outcome="void")
    Grant.objects.filter(person=city.nila, role=Role.ASSESSOR).delete()

    with pytest.raises(NotAllowed, match="agencies assigned"):
        withdraw(given, by=User.objects.get(pk=city.nila.pk))


def test_a_published_month_keeps_its_verdicts(city):
    rows(city.ana, DAYS, 300)
    published(city)

    with pytest.raises(NotNow, match="until the month is published"):
        withdraw(Verdict.objects.filter(by=city.nila)[0], by=city.nila)


# who looks at verdicts, looks at those in force


def test_every_count_of_read_rows_follows(city):
    rows(city.ana, DAYS, 300)
    found = drawn(city.month, by=city.chief)
    given = [verdict(each, by=city.nila, outcome="void") for each in found]
    assert counted(city) == (6, 6, 0, True)

    withdraw(given[0], by=city.nila)

    assert counted(city) == (5, 5, 1, False)


def counted(city):
    """(rows read, rows refused, rows left at home, whether the checklist has every row read)."""
    (sample,) = [stratum for stratum in drawn_strata(city.month) if stratum.size]
    (line,) = [each for each in assessment_card(city.nila, on=LATER.date()).lines if each == city.month]
    checks = {check.name: check.ok for check in publication(city.month)}
    assert work_of([city.month])[city.month.pk].read == sample.read
    return sample.read, sample.refused, line.unread, checks["verified"]


def test_an_extension_is_due_again_only_when_every_row_is_read(city):
    score_rule(valid_from=date(2026, 1, 1), error=Decimal("0.50"), tolerable_refusal=Decimal("0.20"))
    rows(city.ana, DAYS)
    rows(city.budi, DAYS)
    given = [verdict(each, by=city.nila, outcome="void") for each in drawn(city.month, by=city.chief)]
    assert Draw.objects.needing_more(city.month)

    for each in given:
        withdraw(each, by=city.nila)
        verdict(each.drawn_row, by=city.nila)

    assert not Draw.objects.needing_more(city.month)
    withdraw(Verdict.objects.in_force()[0], by=city.nila)
    with pytest.raises(NotNow):
        Draw.objects.extend(city.month, by=city.chief, at=SOON)


def test_a_confirmed_mark_is_to_be_confirmed_again(city):
    rows(city.ana, DAYS, 300)
    given = [verdict(each, by=city.nila, outcome="void") for each in drawn(city.month, by=city.chief)]
    mark(city.month, city.ana, by=city.nila)
    before = facts_of(city)

    withdraw(given[0], by=city.nila)

    assert (before, facts_of(city)) == ((0, 6, "confirmed"), (300, 5, "changed"))


def facts_of(city):
    month = person_months(city.month)[city.ana.pk]
    return month.facts.counted_minutes, month.facts.verified_rows, month.state.value


def test_a_proposed_publication_waits_for_the_row_again(city):
    rows(city.ana, DAYS, 300)
    step = Closing.objects.propose(ready(city), "publish", by=city.chief, at=LATER)
    withdraw(Verdict.objects.filter(by=city.nila)[0], by=city.nila)

    with pytest.raises(NotNow, match="1 row"):
        Closing.objects.confirm(step, by=city.nila, at=SOON)


# two at once


@pytest.mark.django_db(transaction=True)
def test_d20_of_two_presses_at_the_same_moment_one_withdraws_and_the_other_is_told(city):
    rows(city.ana, [9], 180)
    given = verdict(drawn(city.month, by=city.chief)[0], by=city.nila, outcome="void")
    press = partial(Withdrawal.objects.record, by=city.nila, at=SOON)

    answers = at_once(*(partial(press, Verdict.objects.get(pk=given.pk)) for _ in range(2)))

    assert sorted(type(answer).__name__ for answer in answers) == ["AlreadyWithdrawn", "Withdrawal"]
    assert (Withdrawal.objects.count(), state(given.activity)) == (1, ("approved", 180, 180))


@pytest.mark.django_db(transaction=True)
def test_of_a_withdrawal_and_a_publication_at_the_same_moment_one_is_told():
    city = stage()
    rows(city.ana, DAYS, 300)
    step = Closing.objects.propose(ready(city), "publish", by=city.chief, at=LATER)
    given = Verdict.objects.filter(by=city.nila)[0]

    answers = at_once(
        partial(Closing.objects.confirm, step, by=city.nila, at=SOON),
        partial(Withdrawal.objects.record, given, by=city.nila, at=SOON),
    )

    names = [type(answer).__name__ for answer in answers]
    city.month.refresh_from_db()
    is_published = Assessment.objects.published().exists()
    assert (names, is_published, Withdrawal.objects.count()) in [
        (["Closing", "NotNow"], True, 0),
        (["NotNow", "Withdrawal"], False, 1),
    ]


# what the tables refuse


def raw(given, by):
    with transaction.atomic():
        return Withdrawal.objects.create(verdict=given, by=by, at=SOON)


def test_the_table_refuses_a_second_withdrawal(city, found):
    given = verdict(found, by=city.nila)
    raw(given, city.nila)

    with pytest.raises(IntegrityError, match="unique"):
        raw(given, city.nila)


def test_the_table_refuses_a_withdrawal_by_another(city, found):
    given = verdict(found, by=city.nila)

    with pytest.raises(IntegrityError, match="withdrawn_by_another"):
        raw(given, city.oka)


def test_the_table_refuses_a_withdrawal_after_publication(city):
    rows(city.ana, DAYS, 300)
    published(city)

    with pytest.raises(IntegrityError, match="withdrawn_too_late"):
        raw(Verdict.objects.filter(by=city.nila)[0], city.nila)


@pytest.mark.parametrize(
    "statement", ["DELETE FROM assessment_withdrawal", "UPDATE assessment_withdrawal SET at = now()"]
)
def test_a_withdrawal_is_never_changed(city, found, statement):
    withdraw(verdict(found, by=city.nila), by=city.nila)

    with pytest.raises(IntegrityError, match="append_only"), connection.cursor() as cursor:
        cursor.execute(statement)


def test_work_of_the_assessor_s_own_is_judged_no_more_after_a_withdrawal(city):
    """The table refuses the verdict that would be withdrawn: nobody's own work has one."""
    made = row(city.ana, date(2026, 3, 9))
    found = drawn(city.month, by=city.chief)[0]
    withdraw(verdict(found, by=city.nila), by=city.nila)

    for who in (city.ana, superior_of(made.term, made.performed_on)):
        factories.grant(who, Role.ASSESSOR, city.agency)
        with pytest.raises(NotAllowed):
            verdict(found, by=who)
