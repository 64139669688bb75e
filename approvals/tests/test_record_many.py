"""Many rows at once: by the same way as one, each with a result of its own."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activities.models import Activity
from approvals.models import Decision
from records.state import StaleVersion
from tests import factories, factories_activities
from tests.factories_approvals import AFTER_CLOSE, NEXT_MONDAY, REASON, city, decide, week_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def names():
    return city()


def pairs(rows):
    return [(row.pk, row.version) for row in rows]


def many(names, rows, *, by=None, at=NEXT_MONDAY, verdict="approved", **terms):
    return Decision.objects.record_many(rows, verdict=verdict, by=by or names.supervisor, at=at, **terms)


def statuses(rows):
    return list(
        Activity.objects.filter(pk__in=[row.pk for row in rows])
        .order_by("pk")
        .values_list("status", flat=True)
    )


def test_exactly_the_listed_rows_are_approved(names):
    rows = week_of(names.ana)

    results = many(names, pairs(rows[:3]))

    assert [(result.pk, result.refusal, result.decision.minutes) for result in results] == [
        (row.pk, "", 260) for row in rows[:3]
    ]
    assert statuses(rows) == ["approved"] * 3 + ["reported"] * 2
    assert list(Decision.objects.values_list("in_bulk", "by")) == [(True, names.supervisor.pk)] * 3


def test_a_row_that_changed_is_left_waiting_and_says_so(names):
    rows = week_of(names.ana)
    listed = pairs(rows)
    Activity.objects.filter(pk=rows[1].pk).update(version=2)

    results = many(names, listed)

    assert [bool(result.refusal) for result in results] == [False, True, False, False, False]
    assert results[1].refusal == str(StaleVersion(rows[1]))
    assert statuses(rows) == ["approved", "reported", "approved", "approved", "approved"]


def test_d27_singly_and_in_bulk_the_same_rows_are_approved_and_refused_for_the_same_reasons(names):
    singly, bulk = [
        week_of(who) + week_of(who, monday=date(2026, 3, 2), rows=3) for who in (names.ana, names.budi)
    ]
    for rows in (singly, bulk):  # 2 of 10 stand in a month whose review is closed
        rows += week_of(rows[0].person, monday=factories.at(2026, 2, 9).date(), rows=2)
    at = factories.at(2026, 3, 16)

    refused = {}
    for row in singly:
        try:
            decide(row, names.supervisor, at=at)
        except Exception as error:  # noqa: BLE001 (whatever the single way raises)
            refused[row.performed_on] = str(error)
    results = many(names, pairs(bulk), at=at)

    assert {r.activity.performed_on: r.refusal for r in results if r.refusal} == refused
    assert len(refused) == 2
    assert sorted(statuses(singly)) == sorted(statuses(bulk)) == ["approved"] * 8 + ["reported"] * 2


def test_d16_own_rows_are_refused_in_bulk_too(names):
    rows = week_of(names.ana)
    own = factories_activities.activity(names.supervisor)

    results = many(names, [*pairs(rows), (own.pk, own.version)])

    assert [result.refusal for result in results if result.pk == own.pk] == [
        "Tidak seorang pun memutuskan kegiatannya sendiri."
    ]
    assert statuses([own]) == ["reported"]
    assert statuses(rows) == ["approved"] * 5


def test_rows_that_do_not_exist_and_rows_listed_twice_do_no_harm(names):
    row = factories_activities.activity(names.ana)

    results = many(names, [(row.pk, 1), (row.pk, 1), (row.pk + 999, 1)])

    assert [(result.pk, bool(result.decision)) for result in results] == [
        (row.pk, True),
        (row.pk + 999, False),
    ]
    assert Decision.objects.count() == 1


def test_a_bulk_rejection_needs_its_reason(names):
    rows = week_of(names.ana, rows=2)

    without = many(names, pairs(rows), verdict="rejected")
    assert [bool(result.refusal) for result in without] == [True, True]

    many(names, pairs(rows), verdict="rejected", reason=REASON)
    assert statuses(rows) == ["rejected", "rejected"]


def test_after_close_the_assessor_decides_in_bulk_and_it_is_marked(names):
    assessor = factories.assessor(names.agency)
    rows = week_of(names.ana, rows=2)
    rows[0].month.close(at=AFTER_CLOSE)

    many(names, pairs(rows), by=assessor, at=AFTER_CLOSE)

    assert list(Activity.objects.values_list("status", "after_close")) == [("approved", True)] * 2
    assert (
        list(Decision.objects.values_list("capacity", "after_close", "for_post"))
        == [("assessor", True, None)] * 2
    )


def test_the_questions_asked_of_one_post_are_asked_once(names):
    def queries(who, rows):
        listed = pairs(week_of(who, rows=rows))
        with CaptureQueriesContext(connection) as captured:
            many(names, listed)
        return len(captured)

    assert names.supervisor.today()  # their office is read once
    one, five = queries(names.ana, 1), queries(names.budi, 5)

    assert five == one == 9
