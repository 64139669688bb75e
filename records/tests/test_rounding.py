from decimal import Decimal

import pytest

from records.rounding import CENT, half_up, whole


@pytest.mark.parametrize(
    ("value", "rounded"),
    [("108.5", 109), ("108.4999", 108), ("-108.5", -109), ("0.5", 1), ("2.5", 3), ("0", 0)],
)
def test_a_half_goes_away_from_zero(value, rounded):
    assert whole(Decimal(value)) == rounded
    assert half_up(Decimal(value).scaleb(-2), to=CENT) == Decimal(rounded).scaleb(-2)
