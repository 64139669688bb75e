"""Two people at the same moment, on two connections."""

from functools import partial

import pytest

from activities.models import Activity
from approvals.models import AlreadyDecided, Decision
from records.state import StaleVersion
from tests import factories, factories_activities
from tests.at_once import at_once
from tests.factories_approvals import NEXT_MONDAY, REASON, city

pytestmark = pytest.mark.django_db(transaction=True)


def two_holders():
    """The city with a supervisor's post that two people hold, and one reported activity of Ana."""
    names = city()
    names.supervisor_post.sole = False
    names.supervisor_post.save(update_fields=["sole"])
    names.supervisor.postings.update(sole=False)
    names.second = factories.staff(names.supervisor_post, "Dewi Atasan")
    return names, factories_activities.activity(names.ana)


def record(activity, by, verdict, **terms):
    return partial(
        Decision.objects.record, activity, verdict=verdict, version=1, by=by, at=NEXT_MONDAY, **terms
    )


@pytest.mark.parametrize("attempt", range(3))
def test_d20_of_two_deciders_exactly_one_succeeds_and_the_other_is_told(attempt):
    names, activity = two_holders()

    answers = at_once(
        record(activity, names.supervisor, "approved"),
        record(activity, names.second, "returned", reason=REASON),
    )

    [decision] = [answer for answer in answers if isinstance(answer, Decision)]
    [refusal] = [answer for answer in answers if isinstance(answer, Exception)]
    assert type(refusal) is AlreadyDecided, refusal
    assert str(decision.by) in str(refusal)
    assert list(Decision.objects.values_list("pk", flat=True)) == [decision.pk]
    activity.refresh_from_db()
    assert (activity.status, activity.version) == (decision.verdict, 2)


def test_d20_approve_and_withdraw_together_leave_one_of_them():
    names, activity = two_holders()
    at = factories.at(2026, 3, 9, 17)

    answers = at_once(
        partial(Decision.objects.record, activity, verdict="approved", version=1, by=names.supervisor, at=at),
        partial(Activity.objects.get(pk=activity.pk).withdraw, by=names.ana, at=at, version=1),
    )

    refusals = [answer for answer in answers if isinstance(answer, Exception)]
    assert [isinstance(refusal, StaleVersion) for refusal in refusals] == [True], answers
    activity.refresh_from_db()
    assert (activity.status, Decision.objects.count()) in {("approved", 1), ("draft", 0)}


def test_a_recall_and_the_close_of_the_month_do_not_pass_each_other():
    names, activity = two_holders()
    Decision.objects.record(activity, verdict="approved", version=1, by=names.supervisor, at=NEXT_MONDAY)
    last = factories.at(2026, 4, 7, 23, 59)

    at_once(
        partial(
            Decision.objects.record,
            activity,
            verdict="recalled",
            version=2,
            by=names.supervisor,
            at=last,
            reason="Uraian kurang.",
        ),
        partial(activity.month.close, at=factories.at(2026, 4, 8, 0)),
    )

    activity.refresh_from_db()
    recalled = Decision.objects.filter(verdict="recalled").count()
    assert (activity.status, recalled) in {("reported", 1), ("approved", 0)}


def test_two_bulk_approvals_over_the_same_rows_decide_each_row_once():
    names, _activity = two_holders()
    rows = [
        factories_activities.activity(names.budi, factories.at(2026, 3, day).date()) for day in range(9, 14)
    ]
    listed = [(row.pk, row.version) for row in rows]

    answers = at_once(
        *[
            partial(Decision.objects.record_many, pairs, verdict="approved", by=by, at=NEXT_MONDAY)
            for by, pairs in ((names.supervisor, listed), (names.second, listed[::-1]))
        ]
    )

    assert [type(answer) for answer in answers] == [list, list], answers
    assert sorted(result.pk for answer in answers for result in answer if result.decision) == [
        r.pk for r in rows
    ]
    assert Decision.objects.count() == 5
