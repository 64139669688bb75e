from decimal import Decimal
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.sampling import draw, sample_size

SEED = "000102030405060708090a0b0c0d0e0f"
MANY = 1_000_000


@pytest.mark.parametrize(("error", "rows"), [("0.05", 59), ("0.10", 29), ("0.03", 99), ("0.01", 299)])
def test_the_sizes_of_95_percent_are_those_of_the_regulation(error, rows):
    assert sample_size(Decimal("0.95"), Decimal(error), MANY) == rows


@pytest.mark.parametrize(("population", "rows"), [(0, 0), (1, 1), (58, 58), (59, 59), (60, 59)])
def test_a_small_population_is_read_whole(population, rows):
    assert sample_size(Decimal("0.95"), Decimal("0.05"), population) == rows


@pytest.mark.parametrize(
    ("confidence", "error", "rows"),
    [
        ("0.99", "0.9", 2),  # ln 0.01 / ln 0.1 is exactly 2
        ("0.999", "0.9", 3),
        ("0.75", "0.5", 2),
        ("0.36", "0.2", 2),  # 0.8 x 0.8 is exactly 0.64
        ("0.3600000000000000000000000000000000001", "0.2", 3),
        ("0.271", "0.1", 3),
        ("0.5", "0.9", 1),
    ],
)
def test_a_whole_quotient_is_not_pushed_up_by_a_last_digit(confidence, error, rows):
    assert sample_size(Decimal(confidence), Decimal(error), MANY) == rows


@pytest.mark.parametrize(
    ("confidence", "error"), [("0", "0.05"), ("1", "0.05"), ("0.95", "0"), ("0.95", "1")]
)
def test_shares_of_nothing_or_all_are_refused(confidence, error):
    with pytest.raises(ValueError, match="between 0 and 1"):
        sample_size(Decimal(confidence), Decimal(error), MANY)


def test_the_draw_is_the_order_of_sha256_that_anybody_can_recompute():
    ids = [10_421, 10_422, 10_423, 10_424, 10_425]
    by_hand = sorted(ids, key=lambda row: sha256(b"000102030405060708090a0b0c0d0e0f:%d" % row).hexdigest())

    assert draw(SEED, ids, 3) == by_hand[:3]


def test_the_draw_of_a_literal_seed_is_known_beforehand():
    # printf '000102030405060708090a0b0c0d0e0f:1' | sha256sum, and so on
    assert draw(SEED, range(1, 7), 6) == [6, 5, 2, 1, 4, 3]


def test_another_seed_draws_other_rows():
    assert draw(SEED, range(1000), 59) != draw(SEED[::-1], range(1000), 59)


@given(ids=st.sets(st.integers(1, 10**9), max_size=60), n=st.integers(0, 80))
def test_the_draw_does_not_depend_on_the_order_of_the_rows(ids, n):
    drawn = draw(SEED, ids, n)

    assert drawn == draw(SEED, sorted(ids), n)
    assert len(set(drawn)) == len(drawn) == min(n, len(ids))
    assert set(drawn) <= ids
