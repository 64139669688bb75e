"""Half up, half away from zero: the one way in which figures are rounded. PURE: standard library only."""

from decimal import ROUND_HALF_UP, Decimal

ONE, CENT = Decimal(1), Decimal("0.01")


def half_up(value: Decimal, *, to: Decimal = ONE) -> Decimal:
    """Round to a multiple of `to`: 1, or a power of ten below it."""
    return Decimal(value).quantize(to, rounding=ROUND_HALF_UP)


def whole(value: Decimal) -> int:
    """Round to a whole number: minutes, rupiah."""
    return int(half_up(value))
