"""What a NIP tells by itself. PURE: standard library only.

18 digits: birth date (8), year and month of appointment (6), sex (1), serial (3); a PPPK has 21 or more in
the place of the month. Source: domain.md, section 1.
"""

import re
from datetime import date

SHAPE = re.compile(r"[0-9]{14}[12][0-9]{3}")
LENGTH = 18


def is_nip(text: str) -> bool:
    return bool(SHAPE.fullmatch(text)) and born(text) is not None


def born(nip: str) -> date | None:
    """The birth date, or None where the first eight digits are none."""
    try:
        return date(int(nip[:4]), int(nip[4:6]), int(nip[6:8]))
    except ValueError:
        return None


def is_contract(nip: str) -> bool:
    """Whether it is the NIP of a PPPK."""
    return int(nip[12:14]) > 12


def appointed(nip: str) -> date:
    """The first day of the month of appointment; of a PPPK, whose NIP has no month, of the year."""
    month = int(nip[12:14])
    return date(int(nip[8:12]), month if 1 <= month <= 12 else 1, 1)
