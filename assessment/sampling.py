"""How many rows are read, and which: anybody can draw them again from the published seed.

PURE: standard library only, no clock, no database.
Source: domain.md, section 6, "Verification".
"""

from collections.abc import Iterable
from decimal import ROUND_CEILING, Decimal, localcontext
from fractions import Fraction
from hashlib import sha256

DIGITS = 40


def sample_size(confidence: Decimal, error: Decimal, population: int) -> int:
    """Return how many rows to read so that, with none refused, at most `error` of them is wrong.

    The smallest n with (1 - error)^n <= 1 - confidence, which is ceil(ln(1 - confidence) /
    ln(1 - error)); all rows where n exceeds the population. The powers are compared as fractions,
    so a quotient that is a whole number is not pushed over it by a last digit.

    Raises ValueError unless both shares lie between 0 and 1, and neither is 0 or 1.
    """
    if not (0 < confidence < 1 and 0 < error < 1):
        raise ValueError("confidence and error lie between 0 and 1")
    return min(_least_rows(Decimal(confidence), Decimal(error)), population)


def _least_rows(confidence: Decimal, error: Decimal) -> int:
    with localcontext() as context:
        context.prec = DIGITS
        quotient = (1 - confidence).ln() / (1 - error).ln()
        rows = int(quotient.to_integral_value(rounding=ROUND_CEILING))
    kept, doubt = 1 - Fraction(error), 1 - Fraction(confidence)
    if kept**rows > doubt:
        return rows + 1
    if rows > 1 and kept ** (rows - 1) <= doubt:
        return rows - 1
    return rows


def rank(seed: str, row_id: int) -> str:
    """Return the SHA-256, in hexadecimal, by which a row takes its place in the draw."""
    return sha256(f"{seed}:{row_id}".encode("ascii")).hexdigest()


def draw(seed: str, ids: Iterable[int], n: int) -> list[int]:
    """Return the first `n` of `ids`, ordered by the SHA-256 of "seed:id".

    `seed` is the hexadecimal text as it is published. The order of `ids` does not matter.
    """
    return sorted(ids, key=lambda row_id: rank(seed, row_id))[:n]
