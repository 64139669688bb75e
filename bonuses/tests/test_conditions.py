"""The conditions of a release: what is fulfilled, what there is none of yet, what is to be looked at."""

import pytest

from bonuses.conditions import conditions
from bonuses.models import Line, Run
from organization.models import PayeeAccount
from records.checks import CheckState
from tests import factories_bonuses as build

pytestmark = pytest.mark.django_db
HOLDS, EMPTY, LOOK = CheckState.HOLDS, CheckState.EMPTY, CheckState.LOOK


def states(run, *, reader):
    lines = Line.objects.of_run(run)
    totals = lines.totals(reader=reader)
    found = conditions(run, list(run.shares.all()), lines, totals=totals, reader=reader)
    return [check.state for check in found]


def test_three_persons_are_ticked_once_there_are_three_whoever_reads():
    city = build.final_city()
    checked = build.run_in(Run.Status.CHECKED, city=city)
    before = [states(checked, reader=who) for who in (city.maker, city.checker, city.releaser)]
    checked.release(by=city.releaser, at=checked.checked_at + build.STEP)

    after = [states(checked, reader=who) for who in (city.maker, city.checker, city.releaser)]

    assert before == [[HOLDS, HOLDS, EMPTY]] * 3
    assert after == [[HOLDS, HOLDS, HOLDS]] * 3


def test_a_missing_account_is_looked_at_and_holds_nothing_back():
    city = build.final_city()
    PayeeAccount.objects.filter(person=city.ana).delete()
    run = build.run_in(Run.Status.COMPUTED, city=city)

    assert states(run, reader=city.checker) == [HOLDS, LOOK, EMPTY]


def test_a_list_without_lines_has_no_account_to_check():
    city = build.final_city()
    run = build.run_in(Run.Status.DRAFT, city=city)

    assert states(run, reader=city.checker) == [HOLDS, EMPTY, EMPTY]
