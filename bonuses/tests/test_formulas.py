"""The worked example of the regulation, the borders and the refusals. Golden months: tests/test_golden.py."""

import ast
import sys
from dataclasses import replace
from decimal import Decimal, getcontext, localcontext
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bonuses import formulas, trace
from bonuses.formulas import ActingInput, PersonInput, Rule, SegmentInput, bonus

RATIO = Rule(
    mode="ratio",
    floor=1_200_000,
    health_employee_percent=Decimal(1),
    health_employer_percent=Decimal(4),
    acting_percent=Decimal(20),
    acting_days=20,
)
BAND = replace(RATIO, mode="band", band_percents={"A": Decimal(100), "B": Decimal(90), "C": Decimal("79.5")})
STAFF = SegmentInput(
    ceiling=1_500_000,
    level="staff",
    status_percent=Decimal(100),
    worked_days=Decimal(20),
    excused_paid_days=Decimal(0),
    month_days=20,
)
PERSON = PersonInput(segments=(STAFF,), score=Decimal("90.00"), participated=True)


def test_the_month_of_the_mock_page_comes_out_to_the_rupiah():
    """16 worked days and one of leave in a month of 17, score 65.22, ceiling 1,800,000, tax 5 percent."""
    part = replace(
        STAFF,
        ceiling=1_800_000,
        worked_days=Decimal(16),
        excused_paid_days=Decimal(1),
        month_days=17,
    )

    result = bonus(PersonInput((part,), Decimal("65.22"), True, tax_percent=Decimal(5)), RATIO)

    assert (result.worked_base, result.excused_base, result.earned) == (1_694_118, 105_882, 1_104_904)
    assert (result.floor, result.floor_top_up, result.gross) == (1_129_412, 24_508, 1_235_294)
    assert (result.health_employee, result.health_employer) == (18_000, 72_000)
    assert (result.tax, result.net) == (60_865, 1_156_429)


def test_d56_half_a_rupiah_rounds_up_not_to_even():
    part = replace(STAFF, ceiling=3_000_001, level="supervisor")

    assert bonus(PersonInput((part,), Decimal(50), True), RATIO).earned == 1_500_001


def test_d57_a_product_that_binary_floating_point_gets_wrong_is_right():
    part = replace(STAFF, ceiling=2_185_000, level="supervisor")

    assert int(2_185_000 * 0.94) == 2_053_899
    assert bonus(PersonInput((part,), Decimal(94), True), RATIO).earned == 2_053_900


def test_d65_all_rejected_and_no_working_day_are_both_paid_nothing():
    rejected = PersonInput((STAFF,), Decimal(20), False)
    absent = PersonInput((replace(STAFF, worked_days=Decimal(0)),), None, False)

    assert (bonus(rejected, RATIO).paid, bonus(rejected, RATIO).floor) == (0, 0)
    assert (bonus(absent, RATIO).paid, bonus(absent, RATIO).net) == (0, 0)


def test_d68_the_amount_follows_the_score():
    assert bonus(replace(PERSON, score=Decimal(85)), RATIO).paid == 1_275_000
    assert bonus(replace(PERSON, score=Decimal(90)), RATIO).paid == 1_350_000


def test_the_floor_comes_before_the_sanction_and_the_sanction_may_go_below_it():
    result = bonus(replace(PERSON, score=Decimal(60), sanction_percents=(Decimal(25),)), RATIO)

    assert (result.floor_top_up, result.paid, result.sanction, result.gross) == (
        300_000,
        1_200_000,
        300_000,
        900_000,
    )


def test_sanctions_add_up_and_stop_at_all_of_it():
    result = bonus(replace(PERSON, sanction_percents=(Decimal(60), Decimal(50))), RATIO)

    assert (result.paid, result.sanction, result.gross, result.health_employee, result.net) == (
        1_350_000,
        1_350_000,
        0,
        0,
        0,
    )


@pytest.mark.parametrize(
    ("days", "month_days", "amount"), [(20, 22, 300_000), (19, 22, 0), (17, 17, 300_000), (16, 17, 0)]
)
def test_acting_pays_from_twenty_days_or_for_every_day_of_a_shorter_month(days, month_days, amount):
    post = ActingInput(ceiling=1_500_000, days=days, month_days=month_days)

    assert bonus(replace(PERSON, acting=(post,)), RATIO).acting == amount


def test_acting_is_not_touched_by_the_sanction():
    post = ActingInput(ceiling=1_500_000, days=20, month_days=20)
    result = bonus(replace(PERSON, acting=(post,), sanction_percents=(Decimal(100),)), RATIO)

    assert (result.sanction, result.acting, result.gross) == (1_350_000, 300_000, 300_000)


def test_health_insurance_takes_at_most_the_gross():
    """A sanction of 99.5 percent leaves less than one percent of the base."""
    result = bonus(replace(PERSON, sanction_percents=(Decimal("99.5"),)), RATIO)

    assert (result.gross, result.health_employee, result.tax, result.net) == (6_750, 6_750, 0, 0)


def test_band_mode_pays_the_percent_of_the_band_and_refuses_an_unknown_one():
    assert bonus(replace(PERSON, band="C"), BAND).earned == 1_192_500
    with pytest.raises(ValueError, match="pays nothing for 'E'"):
        bonus(replace(PERSON, band="E"), BAND)


def test_work_on_a_full_leave_day_of_an_unassessed_month_is_no_contradiction():
    part = replace(STAFF, worked_days=Decimal(0), excused_paid_days=Decimal(20))

    assert bonus(PersonInput((part,), None, True), RATIO).paid == 1_500_000


def test_the_surrounding_decimal_context_changes_nothing():
    expected = bonus(PERSON, RATIO)
    with localcontext() as context:
        context.prec = 4
        assert bonus(PERSON, RATIO) == expected
    assert getcontext().prec == 28


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"ceiling": -1}, "ceiling"),
        ({"ceiling": 1_500_000.0}, "ceiling"),
        ({"ceiling": True}, "ceiling"),
        ({"level": "chief"}, "level"),
        ({"status_percent": Decimal("100.01")}, "status_percent"),
        ({"status_percent": 100.0}, "status_percent"),
        ({"worked_days": Decimal("-0.5")}, "worked_days"),
        ({"worked_days": 20}, "worked_days"),
        ({"worked_days": Decimal("NaN")}, "worked_days"),
        ({"excused_paid_days": Decimal(-1)}, "excused_paid_days"),
        ({"excused_paid_days": Decimal(1)}, "more than month_days"),
        ({"month_days": 0}, "month_days"),
    ],
)
def test_nonsense_in_a_segment_is_refused_and_named(change, named):
    with pytest.raises(ValueError, match=named):
        replace(STAFF, **change)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"score": Decimal("100.01")}, "score"),
        ({"score": 90.0}, "score"),
        ({"score": None}, "score"),
        ({"participated": 1}, "participated"),
        ({"sanction_percents": (Decimal(-1),)}, "sanction_percents"),
        ({"tax_percent": Decimal(101)}, "tax_percent"),
    ],
)
def test_nonsense_about_the_person_is_refused_and_named(change, named):
    with pytest.raises(ValueError, match=named):
        replace(PERSON, **change)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"mode": "steps"}, "mode"),
        ({"floor": 1_200_000.0}, "floor"),
        ({"acting_days": 0}, "acting_days"),
        ({"health_employee_percent": 1.0}, "health_employee_percent"),
        ({"band_percents": {"A": Decimal(101)}}, "band_percents A"),
    ],
)
def test_nonsense_in_the_rule_is_refused_and_named(change, named):
    with pytest.raises(ValueError, match=named):
        replace(RATIO, **change)


@pytest.mark.parametrize(("days", "month_days"), [(21, 20), (-1, 20), (1, 0), (1.0, 20)])
def test_nonsense_in_an_acting_post_is_refused(days, month_days):
    with pytest.raises(ValueError, match="acting"):
        ActingInput(ceiling=1_500_000, days=days, month_days=month_days)


@pytest.mark.parametrize("module", [formulas, trace])
def test_the_formulas_import_nothing_but_pure_modules(module):
    tree = ast.parse(Path(module.__file__).read_text())
    named = {
        name.split(".")[0]
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }

    assert named - {"bonuses", "records"} <= set(sys.stdlib_module_names)
    constants = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    assert not [value for value in constants if isinstance(value, float)]


percents = st.decimals(0, 100, places=2)


@st.composite
def segments(draw):
    month_days = draw(st.integers(1, 27))
    worked = draw(st.decimals(0, month_days, places=1))
    return SegmentInput(
        ceiling=draw(st.integers(0, 30_000_000)),
        level=draw(st.sampled_from(formulas.LEVELS)),
        status_percent=draw(percents),
        worked_days=worked,
        excused_paid_days=draw(st.decimals(0, month_days - worked, places=2)),
        month_days=month_days,
    )


@st.composite
def people(draw):
    return PersonInput(
        segments=tuple(draw(st.lists(segments(), max_size=3))),
        score=draw(percents),
        participated=draw(st.booleans()),
        sanction_percents=tuple(draw(st.lists(percents, max_size=3))),
        tax_percent=draw(percents),
    )


@given(people())
def test_no_amount_is_negative_and_the_parts_make_the_whole(person):
    result = bonus(person, RATIO)

    amounts = [value for name, value in vars_of(result).items() if name != "segments"]
    assert all(type(amount) is int and amount >= 0 for amount in amounts)
    assert result.net <= result.gross
    assert result.gross == result.paid - result.sanction + result.acting
    assert result.net == result.gross - result.health_employee - result.tax
    assert result.paid == result.earned + result.floor_top_up + result.excused_base


@given(people())
def test_the_floor_lifts_staff_days_only_and_never_lowers(person):
    result = bonus(person, RATIO)

    for part, paid in zip(person.segments, result.segments, strict=True):
        assert paid.paid >= paid.earned + paid.excused_base
        assert paid.floor == 0 or (part.level == "staff" and person.participated)
        assert paid.floor <= RATIO.floor


@given(people(), percents)
def test_a_sanction_never_changes_what_was_paid_before_it(person, value):
    before = bonus(replace(person, sanction_percents=()), RATIO)
    after = bonus(replace(person, sanction_percents=(value,)), RATIO)

    assert (after.paid, after.floor_top_up) == (before.paid, before.floor_top_up)
    assert after.sanction <= after.paid


@given(people(), percents)
def test_a_better_score_never_pays_less(person, other):
    low, high = sorted((person.score, other))

    assert bonus(replace(person, score=low), RATIO).net <= bonus(replace(person, score=high), RATIO).net


def vars_of(result):
    return {name: getattr(result, name) for name in result.__slots__}
