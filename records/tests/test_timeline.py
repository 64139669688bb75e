"""A Timeline and the database give the same rule for every day and scope."""

from collections import namedtuple
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendars.models import LeaveType
from records.dated import NoRule
from records.timeline import Timeline
from tests import factories

Rule = namedtuple("Rule", "scope valid_from")
FIRST = date(2026, 1, 1)
DAYS = st.integers(0, 40).map(lambda n: FIRST + timedelta(days=n))
RULES = st.sets(st.builds(Rule, st.sampled_from(["", "7"]), DAYS)).map(list)


@given(rules=RULES, day=DAYS, scope=st.sampled_from(["", "7", "8"]))
def test_the_row_of_a_day_is_the_latest_of_its_scope_not_after_it(rules, day, scope):
    before = [rule for rule in rules if rule.scope == scope and rule.valid_from <= day]
    coming = {rule for rule in rules if rule.scope == scope and rule.valid_from > day}

    found = Timeline(rules)
    assert found.find(day, scope) == max(before, default=None)
    assert found.after(day, scope) == sorted(coming)
    assert set(found.scopes) == {rule.scope for rule in rules}


def test_without_a_row_it_raises_what_it_was_told_to():
    with pytest.raises(LookupError, match="2026-01-01"):
        Timeline([]).on(FIRST)
    with pytest.raises(ArithmeticError):
        Timeline([Rule("", FIRST)], missing=ArithmeticError).on(FIRST, "7")


def test_rows_of_another_kind_name_their_own_columns():
    held = namedtuple("Held", "person_id starts_on")
    rows = [held(4, date(2026, 3, 1)), held(4, FIRST), held(5, FIRST)]

    assert Timeline(rows, begins="starts_on", scope="person_id").on(date(2026, 2, 28), 4) == rows[1]


@pytest.mark.django_db
def test_the_timeline_of_a_kind_answers_every_day_as_the_database_does(django_assert_num_queries):
    factories.leave_type("CT", valid_from=FIRST)
    factories.leave_type("CT", valid_from=date(2026, 3, 5))
    factories.leave_type("CS", valid_from=date(2026, 3, 6))
    LeaveType.objects.create(
        **{"scope": "CT", "valid_from": date(2026, 3, 7), "decree": "-", "drafted_by": factories.person()},
        **{"name": "-", "name_en": "-", "pay_percent": 0, "excuses_report": True, "reduces_target": True},
    )
    days = [FIRST - timedelta(days=1), FIRST, *(date(2026, 3, number) for number in range(4, 9))]
    asked = [(day, code) for day in days for code in ("CT", "CS", "DL")]

    expected = [answer(LeaveType.objects.in_force, *each) for each in asked]
    with django_assert_num_queries(1):
        rules = LeaveType.objects.timeline()
        assert [answer(rules.on, *each) for each in asked] == expected
    assert len(set(map(str, expected))) == 3 + len(days)  # three rules, a sentence for each day


def answer(ask, day, scope):
    """The rule, or the sentence that there is none."""
    try:
        return ask(day, scope)
    except NoRule as refused:
        return str(refused)
