"""One line of the report, and how it is told whether it is under its ceiling."""

import json
from dataclasses import asdict, dataclass
from decimal import ROUND_DOWN, ROUND_UP, Decimal


@dataclass
class Measure:
    """`ratio` is value / floor. `rows` and `total` are what was done or shown, and must be the floor's.

    At most the ceiling is ok; `at_least` turns that round, for what is the better the more of it.
    """

    name: str
    value: str
    floor: str
    ratio: str
    ceiling: str
    ok: bool
    rows: int = 0
    floor_rows: int = 0
    total: int = 0
    floor_total: int = 0

    @classmethod
    def of(cls, name, value, floor, ceiling, *, unit="ms", at_least=False, done=(0, 0), expected=(0, 0)):
        against_it = ROUND_DOWN if at_least else ROUND_UP
        ratio = (Decimal(value) / Decimal(floor)).quantize(Decimal("0.01"), rounding=against_it)
        held = ratio >= Decimal(ceiling) if at_least else ratio <= Decimal(ceiling)
        return cls(
            name,
            shown(value, unit),
            shown(floor, unit),
            str(ratio),
            f"at least {ceiling}" if at_least else str(ceiling),
            held and tuple(done) == tuple(expected),
            *(done[0], expected[0], done[1], expected[1]),
        )

    @classmethod
    def limit(cls, name, value, ceiling, *, unit, expected=0):
        """A number that has a ceiling of its own, and no floor."""
        return cls(name, shown(value, unit), "", "", shown(ceiling, unit), value <= ceiling)

    def print(self):
        print(json.dumps(asdict(self)), flush=True)


def shown(value, unit):
    return f"{value:.1f} {unit}" if isinstance(value, float) else f"{value} {unit}"
