"""What a decision may never be, whoever writes it: each rule broken alone, in the database."""

import pytest
from django.db import IntegrityError, connection, transaction

from approvals.models import Decision, ReviewRule
from tests import factories, factories_activities
from tests.factories_approvals import AFTER_CLOSE, NEXT_MONDAY, REASON, city, decide

pytestmark = pytest.mark.django_db


@pytest.fixture
def names():
    return city()


@pytest.fixture
def activity(names):
    return factories_activities.activity(names.ana, minutes=180)


def write(names, activity, **fields):
    """A decision written past the method."""
    whole = {"round": 1, "version": 1, "verdict": "approved", "minutes": 180, "credited_minutes": 180}
    whole |= {
        "by": names.supervisor,
        "for_post": names.supervisor_post,
        "capacity": "holder",
        "at": NEXT_MONDAY,
    }
    return Decision.objects.create(activity=activity, **whole | fields)


def test_what_the_method_writes_can_be_written(names, activity):
    assert write(names, activity).minutes == 180


RETURNED = {"verdict": "returned", "minutes": 0, "reason": REASON}
AS_ASSESSOR = {"after_close": True, "capacity": "assessor", "for_post": None}


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("approved_minutes_are_1_to_the_credited", {"minutes": 0, "reason": REASON}),
        ("approved_minutes_are_1_to_the_credited", {"minutes": 181, "reason": REASON}),
        ("approved_minutes_are_1_to_the_credited", {"verdict": "rejected", "reason": REASON, "minutes": 1}),
        ("less_than_full_approval_has_a_reason", {"minutes": 179}),
        ("less_than_full_approval_has_a_reason", {"verdict": "rejected", "minutes": 0}),
        ("less_than_full_approval_has_a_reason", {"verdict": "recalled", "minutes": 0}),
        ("a_return_and_only_a_return_has_a_due_moment", RETURNED),
        ("a_return_and_only_a_return_has_a_due_moment", {"due_at": NEXT_MONDAY}),
        ("after_close_assessors_approve_or_reject", {"after_close": True}),
        ("after_close_assessors_approve_or_reject", {**AS_ASSESSOR, **RETURNED, "due_at": NEXT_MONDAY}),
        ("a_supervisor_decides_for_a_post", {"for_post": None}),
        ("a_supervisor_decides_for_a_post", {"capacity": "assessor"}),
        ("a_supervisor_decides_for_a_post", {"capacity": "friend"}),
    ],
)
def test_a_rule_of_a_decision_is_held_by_the_database(names, activity, constraint, fields):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        write(names, activity, **fields)


def test_a_version_is_decided_once(names, activity):
    write(names, activity)
    with pytest.raises(IntegrityError, match="a_version_is_decided_once"), transaction.atomic():
        write(names, activity, verdict="rejected", minutes=0, reason=REASON)


def test_d16_own_work_cannot_be_decided_by_sql_either(names, activity):
    with pytest.raises(IntegrityError, match="own_work_decided"), transaction.atomic():
        write(names, activity, by=names.ana)


@pytest.mark.parametrize(
    "statement", ["UPDATE approvals_decision SET reason = 'lain'", "DELETE FROM approvals_decision"]
)
def test_a_decision_is_never_changed_or_removed(names, activity, statement):
    write(names, activity)
    with (
        pytest.raises(IntegrityError, match="append_only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_a_final_month_takes_no_decision(names, activity):
    decide(activity, names.supervisor)
    activity.month.close(at=AFTER_CLOSE)
    activity.month.move_to("published", published_at=AFTER_CLOSE, objections_close_at=AFTER_CLOSE)
    activity.month.move_to("final", finalised_at=AFTER_CLOSE)

    with pytest.raises(IntegrityError, match="month_is_final"), transaction.atomic():
        write(names, activity, version=2)


@pytest.mark.parametrize("fields", [{"due_days": 0}, {"due_days": 4}, {"due_days": 3, "overdue_days": 3}])
def test_a_review_is_due_before_it_stands_higher(fields):
    with pytest.raises(IntegrityError, match="a_review_is_due_before_it_stands_higher"), transaction.atomic():
        factories.signed(ReviewRule, **fields)


def test_d31_a_person_with_decisions_is_not_deleted_and_their_name_stays_on_them(names, activity):
    decide(activity, names.supervisor)
    names.supervisor.deactivated_on = factories.at(2026, 3, 20).date()
    names.supervisor.save(update_fields=["deactivated_on"])

    with pytest.raises(Exception, match="protected|never_deleted"), transaction.atomic():
        names.supervisor.delete()
    assert str(activity.decisions.get().by) == "Surya Atasan"
