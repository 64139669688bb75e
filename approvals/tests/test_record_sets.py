"""A set of rows and the same rows one by one: the same decisions and refusals, in as many statements."""

import uuid
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from activities.models import Activity
from approvals.models import Decision
from organization.models import User
from records.refusals import Refusal
from tests import factories, factories_activities
from tests.factories_approvals import AFTER_CLOSE, NEXT_MONDAY, REASON, city, decide

pytestmark = pytest.mark.django_db
VERDICTS = ["approved", "rejected", "returned", "recalled"]
OVERDUE = factories.at(2026, 3, 20)
STORED = ["verdict", "minutes", "credited_minutes", "reason", "due_at", "by", "for_post", "capacity"]
STORED += ["after_close", "in_bulk", "at", "round", "version"]
FACTS = ["status", "version", "approved_minutes", "counted_minutes", "return_due_at", "return_reason"]
FACTS += ["after_close"]


@pytest.fixture
def names():
    names = city()
    names.assessor = factories.assessor(names.agency)
    return names


def every_kind_of_row(names):
    """Pairs of id and version: in line, foreign, own, in each status, changed, gone, listed twice."""
    decided, recalled = factories_activities.activity(names.ana), factories_activities.activity(names.budi)
    decide(decided, names.supervisor)
    decide(recalled, names.supervisor, "rejected")
    decide(recalled, names.supervisor, "recalled")
    uncredited = factories_activities.activity(names.ana)
    Activity.objects.filter(pk=uncredited.pk).update(credited_minutes=0)
    changed = factories_activities.activity(names.budi)
    Activity.objects.filter(pk=changed.pk).update(version=4)
    owners = (names.ana, names.budi, names.supervisor, names.head, names.zul)
    rows = [factories_activities.activity(who, date(2026, 3, day)) for who in owners for day in (2, 9)]
    rows += [factories_activities.activity(names.ana, date(2026, 2, 9)), uncredited]
    rows += [factories_activities.activity(names.ana, status=status) for status in Activity.Status.values]
    pairs = [(row.pk, row.version) for row in rows]
    pairs += [(row.pk, version) for row in (decided, recalled, changed) for version in (1, 2, 3, 4)]
    return [*pairs, (rows[0].pk, 2), (max(pairs)[0] + 999, 1)]


def told(error):
    return " ".join(error.messages) if isinstance(error, ValidationError) else str(error)


def one_by_one(pairs, **terms):
    """What each pair says when it is decided alone, in the order of ids."""
    found = []
    for pk, version in sorted(set(pairs)):
        try:
            Decision.objects.record(Activity(pk=pk), version=version, in_bulk=True, **terms)
        except (Refusal, ValidationError) as refused:
            found.append((pk, told(refused)))
        else:
            found.append((pk, ""))
    return found


def as_a_set(pairs, **terms):
    return [(result.pk, result.refusal) for result in Decision.objects.record_many(pairs, **terms)]


def left_behind(act):
    """What `act` answers, and all that it left in the database, which is then as it was before."""
    before = Decision.objects.count()
    mark = connection.savepoint()
    answer = act()
    rows = list(Activity.objects.order_by("pk").values_list("pk", *FACTS))
    made = list(Decision.objects.order_by("activity", "pk").values_list("activity", *STORED))
    connection.savepoint_rollback(mark)
    assert Decision.objects.count() == before
    return answer, rows, made


@pytest.mark.parametrize("at", [NEXT_MONDAY, OVERDUE, AFTER_CLOSE], ids=["in time", "overdue", "verifying"])
@pytest.mark.parametrize("verdict", VERDICTS)
def test_d27_a_set_leaves_and_answers_what_its_rows_do_one_by_one(names, verdict, at):
    pairs = every_kind_of_row(names)
    if at == AFTER_CLOSE:
        factories.month(names.agency).close(at=at)
    refusals = set()
    people = [(who, REASON) for who in (names.supervisor, names.head, names.assessor, names.ana)]
    for by, reason in [*people, (names.supervisor, "")]:
        terms = {"verdict": verdict, "by": by, "at": at, "reason": reason}

        singly = left_behind(lambda terms=terms: one_by_one(pairs, **terms))
        many = left_behind(lambda terms=terms: as_a_set(pairs, **terms))

        assert many == singly
        refusals |= {refusal for _pk, refusal in many[0]}
    assert len(refusals) >= 4, refusals


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_d27_the_same_for_any_choice_of_them(names, data):
    if not Activity.objects.exists():
        every_kind_of_row(names)
    known = st.sampled_from(list(Activity.objects.values_list("pk", flat=True)))
    pairs = data.draw(st.lists(st.tuples(known, st.integers(1, 5)), min_size=1, max_size=12))
    by = User.objects.get(pk=data.draw(st.sampled_from([names.supervisor.pk, names.head.pk, names.ana.pk])))
    terms = {"verdict": data.draw(st.sampled_from(VERDICTS)), "by": by, "reason": REASON}
    terms["at"] = data.draw(st.sampled_from([NEXT_MONDAY, OVERDUE]))

    assert left_behind(lambda: as_a_set(pairs, **terms)) == left_behind(lambda: one_by_one(pairs, **terms))


def statements(act):
    with CaptureQueriesContext(connection) as captured:
        act()
    return len(captured)


def clean_rows(who, count, day):
    """As many rows of a day as asked, copied from one that was reported."""
    row = factories_activities.activity(who, day, minutes=4, starts_at=None)
    rows = [row] + [Activity.objects.get(pk=row.pk) for _ in range(count - 1)]
    for copy in rows[1:]:
        copy.pk, copy.form_token = None, uuid.uuid4()
    return [(copy.pk, 1) for copy in [row, *Activity.objects.bulk_create(rows[1:])]]


@pytest.mark.parametrize(
    ("who", "at", "verdict", "most"),
    [
        ("supervisor", NEXT_MONDAY, "approved", 10),
        ("supervisor", NEXT_MONDAY, "returned", 12),
        ("head", OVERDUE, "approved", 14),
        ("head", NEXT_MONDAY, "approved", 13),
        ("assessor", AFTER_CLOSE, "rejected", 14),
    ],
)
def test_two_rows_and_three_hundred_take_as_many_statements(names, who, at, verdict, most):
    few = clean_rows(names.ana, 1, date(2026, 3, 9)) + clean_rows(names.budi, 1, date(2026, 3, 9))
    many = clean_rows(names.ana, 100, date(2026, 3, 10)) + clean_rows(names.budi, 100, date(2026, 3, 11))
    for number in range(10):
        day = date(2026, 3, 9 + number % 5)
        many += clean_rows(factories.staff(names.staff_post, f"Pegawai {number}"), 10, day)
    if at == AFTER_CLOSE:
        factories.month(names.agency).close(at=at)
    found = []
    for pairs in (few, many):
        by = User.objects.get(pk=getattr(names, who).pk)
        terms = {"verdict": verdict, "by": by, "at": at, "reason": REASON}
        found.append(
            statements(lambda pairs=pairs, terms=terms: Decision.objects.record_many(pairs, **terms))
        )

    assert len(many) == 300
    assert found[0] == found[1] <= most


def test_a_single_decision_is_the_set_of_one(names):
    one, other = factories_activities.activity(names.ana), factories_activities.activity(names.ana)
    terms = {"verdict": "approved", "at": NEXT_MONDAY}
    by = [User.objects.get(pk=names.supervisor.pk) for _ in range(2)]

    single = statements(lambda: Decision.objects.record(one, version=1, by=by[0], **terms))
    many = statements(lambda: Decision.objects.record_many([(other.pk, 1)], by=by[1], **terms))

    assert single == many
    stored = list(Decision.objects.order_by("pk").values_list(*STORED))
    assert [row[:9] for row in stored] == [stored[0][:9]] * 2
