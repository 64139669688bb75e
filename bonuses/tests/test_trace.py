"""The explanation of a line: eleven steps whose figures are those of the bonus."""

import json
from dataclasses import replace
from decimal import Decimal

from bonuses.formulas import PersonInput, bonus
from bonuses.tests.test_formulas import BAND, PERSON, RATIO, STAFF
from bonuses.trace import KINDS, steps


def explained(person, rule=RATIO):
    return {step["kind"]: step for step in steps(person, rule, bonus(person, rule))}


def test_there_are_eleven_steps_in_order_and_json_keeps_them():
    told = steps(PERSON, RATIO, bonus(PERSON, RATIO))

    assert tuple(step["kind"] for step in told) == KINDS
    assert json.loads(json.dumps(told)) == told


def test_the_figures_of_the_steps_are_those_of_the_bonus():
    person = replace(PERSON, score=Decimal("65.22"), tax_percent=Decimal(5))
    result = bonus(person, RATIO)

    amounts = [step["amount"] for step in steps(person, RATIO, result)]

    assert amounts == [
        1_500_000,
        result.worked_base,
        result.excused_base,
        result.earned,
        result.floor_top_up,
        result.sanction,
        result.acting,
        result.gross,
        result.health_employee,
        result.tax,
        result.net,
    ]


def test_a_month_of_two_postings_has_two_parts_and_no_single_ceiling():
    part = replace(STAFF, worked_days=Decimal(8))
    other = replace(STAFF, ceiling=3_600_000, level="supervisor", worked_days=Decimal(12))

    told = explained(PersonInput((part, other), Decimal("55.55"), True))

    assert told["ceiling"]["amount"] is None
    assert [step["amount"] for step in told["ceiling"]["parts"]] == [1_500_000, 3_600_000]
    assert [step["amount"] for step in told["earned"]["parts"]] == [333_300, 1_199_880]
    assert [(step["level"], step["amount"]) for step in told["floor"]["parts"]] == [
        ("staff", 146_700),
        ("supervisor", 0),
    ]


def test_nothing_counted_is_said_by_a_missing_percent():
    told = explained(replace(PERSON, participated=False))

    assert [part["percent"] for part in told["earned"]["parts"]] == [None]


def test_band_mode_says_the_percent_of_the_band():
    told = explained(replace(PERSON, band="B"), BAND)

    assert [part["percent"] for part in told["earned"]["parts"]] == ["90"]
