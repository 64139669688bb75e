import ast
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment import sampling, scoring
from assessment.scoring import Borders, MonthFacts, Score, Weights, band, percent, proposed_quality, score

WEIGHTS = Weights(Decimal("0.60"), Decimal("0.20"), Decimal("0.20"))
BORDERS = Borders(Decimal(91), Decimal(76), Decimal(61), Decimal(51))
FULL = MonthFacts(6000, 6000, 20, 20)


def points(*values):
    return Score(*map(Decimal, values))


# the cases S01 to S11 of the golden file, which `manage.py golden` runs from the file itself
@pytest.mark.parametrize(
    ("facts", "quality", "expected", "letter"),
    [
        ((6000, 6000, 20, 20), "100", ("100.00", "100.00", "100.00", "100.00"), "A"),
        ((6000, 7200, 20, 20), "100", ("100.00", "100.00", "100.00", "100.00"), "A"),
        ((6000, 5700, 20, 19), "92.50", ("95.00", "92.50", "95.00", "94.50"), "A"),
        ((6000, 3001, 21, 13), "66.665", ("50.02", "66.67", "61.90", "55.73"), "D"),
        ((6000, 0, 20, 0), "0", ("0.00", "0.00", "0.00", "0.00"), "E"),
        ((6000, 0, 20, 20), "0", ("0.00", "0.00", "100.00", "20.00"), "E"),
        ((6000, 5400, 20, 20), "85", ("90.00", "85.00", "100.00", "91.00"), "A"),
        ((6000, 5399, 20, 20), "85", ("89.98", "85.00", "100.00", "90.99"), "B"),
        ((6600, 1, 22, 1), "100", ("0.02", "100.00", "4.55", "20.92"), "E"),
        ((5700, 5700, 19, 20), "100", ("100.00", "100.00", "100.00", "100.00"), "A"),
    ],
)
def test_the_golden_months_have_their_score_and_band(facts, quality, expected, letter):
    result = score(MonthFacts(*facts), WEIGHTS, quality=Decimal(quality))

    assert (result, band(result.score, BORDERS)) == (points(*expected), letter)


@pytest.mark.parametrize("facts", [(0, 0, 0, 0), (0, 100, 5, 5), (6000, 6000, 0, 0)])
def test_a_month_without_target_or_obliged_day_is_not_assessed(facts):
    assert score(MonthFacts(*facts), WEIGHTS, quality=Decimal(100)) is None


@pytest.mark.parametrize("weights", [("0.60", "0.20", "0.19"), ("0.60", "0.20", "0.2001")])
def test_weights_that_do_not_sum_to_one_are_refused(weights):
    with pytest.raises(ValueError, match="weights"):
        score(FULL, Weights(*map(Decimal, weights)), quality=Decimal(100))


@pytest.mark.parametrize("quality", ["-0.01", "100.01"])
def test_quality_outside_0_to_100_is_refused(quality):
    with pytest.raises(ValueError, match="quality"):
        score(FULL, WEIGHTS, quality=Decimal(quality))


@pytest.mark.parametrize(
    ("lowest", "under", "letter", "next_letter"),
    [
        ("91", "90.99", "A", "B"),
        ("76", "75.99", "B", "C"),
        ("61", "60.99", "C", "D"),
        ("51", "50.99", "D", "E"),
    ],
)
def test_a_border_belongs_to_the_better_band(lowest, under, letter, next_letter):
    assert (band(Decimal(lowest), BORDERS), band(Decimal(under), BORDERS)) == (letter, next_letter)


def test_borders_that_do_not_fall_are_refused():
    with pytest.raises(ValueError, match="borders"):
        band(Decimal(80), (76, 91, 61, 51))


def test_d56_a_half_is_rounded_up_and_not_to_even():
    assert (percent(1, of=800), percent(3, of=800)) == (Decimal("0.13"), Decimal("0.38"))


def test_d68_one_counted_minute_more_changes_the_score_by_the_formula():
    month = [
        score(MonthFacts(6000, minutes, 20, 20), WEIGHTS, quality=Decimal(100)) for minutes in (3000, 3001)
    ]

    assert [result.score for result in month] == [Decimal("70.00"), Decimal("70.01")]


@pytest.mark.parametrize(
    ("approved", "counted", "verified", "rows", "expected"),
    [
        (0, 0, 0, 0, "0.00"),  # nothing approved
        (2000, 2000, 0, 0, "100.00"),  # nothing refused, nothing read
        (2000, 2000, 600, 6, "100.00"),
        (2000, 1900, 500, 5, "80.00"),  # five rows read: against what was verified
        (2000, 1900, 400, 4, "95.00"),  # four rows read: against all that was approved
        (2274, 2214, 0, 1, "97.36"),
        (500, 0, 500, 5, "0.00"),
        (300, 0, 300, 1, "0.00"),
        (1000, 1200, 1000, 5, "100.00"),  # an objection gave more than the decision did
    ],
)
def test_the_proposal_holds_what_was_refused_against_its_base(approved, counted, verified, rows, expected):
    facts = MonthFacts(
        6000, counted, 20, 20, approved_minutes=approved, verified_minutes=verified, verified_rows=rows
    )

    assert proposed_quality(facts, least_rows=5) == Decimal(expected)


@given(
    target=st.integers(1, 20_000),
    counted=st.integers(0, 30_000),
    obliged=st.integers(1, 27),
    in_time=st.integers(0, 31),
    quality=st.decimals(0, 100, places=3),
)
def test_every_component_and_the_score_stay_between_0_and_100(target, counted, obliged, in_time, quality):
    result = score(MonthFacts(target, counted, obliged, in_time), WEIGHTS, quality=quality)

    assert all(0 <= value <= 100 and value.as_tuple().exponent == -2 for value in result)


def test_the_stamp_changes_with_every_fact():
    facts = MonthFacts(1, 2, 3, 4, 5, 6, 7)

    assert facts.stamp == "1-2-3-4-5-6-7"


@pytest.mark.parametrize("module", [scoring, sampling])
def test_the_module_imports_nothing_but_pure_modules(module):
    tree = ast.parse(Path(module.__file__).read_text())
    found = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    found |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}

    assert {name.partition(".")[0] for name in found} <= {"records", *sys.stdlib_module_names}
