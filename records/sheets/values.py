"""What a cell says: text, digits, a whole number, a day. Nothing is guessed; what is not certain is told."""

import re
from datetime import date, datetime, time

from django.utils import dateformat
from django.utils.translation import gettext as _

from records.sheets.workbooks import Fault, Formula
from records.text import one_line

NOTHING = {"-", "--", "–", "null", "none", "#n/a"}
SCIENTIFIC = re.compile(r"\d+([.,]\d+)?e\+?\d+", re.IGNORECASE)
NO_DAY = re.compile(r"0{1,4}[-/.]0{1,2}[-/.]0{1,4}")
DAY_FIRST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})")
YEAR_FIRST = re.compile(
    r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})([T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?"
)
IN_WORDS = re.compile(r"(?:[a-z]+['’]?[a-z]*,\s*)?(\d{1,2})\s+([a-z]+)\.?\s+(\d{4})", re.IGNORECASE)
MONTHS = {
    word: number
    for number, words in enumerate(
        "januari january jan|februari february feb|maret march mar|april apr|mei may|juni june jun|"
        "juli july jul|agustus august agu agt ags aug|september sep sept|"
        "oktober october okt oct|november nopember nov nop|desember december des dec".split("|"),
        1,
    )
    for word in words.split()
}


class Wrong(Exception):
    """What stands in a cell cannot be taken. Its text is a sentence."""


class Doubtful(Exception):
    """What stands in a cell is left out, the row is not. Its text is a sentence."""


def written(cell):
    """A cell as text, without spaces around it, or "" where it says nothing. Raises Wrong."""
    if cell is None:
        return ""
    if isinstance(cell, Formula):
        raise Wrong(_("This is a formula. Paste its value."))
    if isinstance(cell, Fault):
        raise Wrong(_("This shows the error %(error)s.") % {"error": cell.text})
    if isinstance(cell, datetime | date | time):
        raise Wrong(_("This is a date, where none belongs. Write it as text."))
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = " ".join(one_line(str(cell)).removeprefix("'").split())
    return "" if text.lower() in NOTHING else text


def digits(cell):
    """The digits of a number that is a name (NIP, account), without spaces. Raises Wrong.

    A cell that is a number lost what a number has no place for: leading zeros, digits after the fifteenth.
    """
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        raise Wrong(
            _("This was stored as a number: digits are lost. Format the column as text and type it anew.")
        )
    text = "".join(written(cell).split())
    if SCIENTIFIC.fullmatch(text):
        raise Wrong(
            _("%(text)s is a number cut short: digits are lost. Type it anew as text.") % {"text": text}
        )
    return text


def whole(cell):
    """A whole number, or None where nothing is written. Raises Wrong."""
    text = written(cell)
    if not text:
        return None
    if not re.fullmatch(r"\d{1,15}", text):
        raise Wrong(_("“%(text)s” is no whole number.") % {"text": text[:40]})
    return int(text)


def day(cell, *, agrees=None):
    """The day in a cell, or None where nothing is written. Raises Wrong for what is none.

    Of a day like 08/04/1990 both readings are looked at: the one that `agrees` is taken, where it is one
    alone; else Doubtful. With dashes or dots the day stands first, as offices write it.
    """
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        raise Wrong(_("%(number)s is a number, not a date. Format the column as a date.") % {"number": cell})
    text = written(cell)
    if not text:
        return None
    if NO_DAY.fullmatch(text):
        raise Doubtful(_("%(text)s is no date; none is stored.") % {"text": text})
    found = _readings(text)
    if not found:
        raise Wrong(_("“%(text)s” is no date. Write it like 31-12-2025.") % {"text": text[:40]})
    fit = [one for one in found if agrees and agrees(one)] or found
    if len(fit) > 1:
        raise Doubtful(_both(text, found))
    return fit[0]


def _both(text, found):
    first, second = (dateformat.format(one, "j F Y") for one in found)
    return _("%(text)s can be %(first)s or %(second)s; none is stored. Write it like 31-12-2025.") % {
        "text": text,
        "first": first,
        "second": second,
    }


def _readings(text):
    """The days that a text can mean, each once."""
    if match := YEAR_FIRST.fullmatch(text):
        return _days((int(match[1]), int(match[2]), int(match[3])))
    if match := IN_WORDS.fullmatch(text):
        return _days((int(match[3]), MONTHS.get(match[2].lower(), 0), int(match[1])))
    if not (match := DAY_FIRST.fullmatch(text)):
        return []
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    swapped = [(year, first, second)] if match[2] == "/" else []
    return _days((year, second, first), *swapped)


def _days(*parts):
    found = []
    for year, month, number in parts:
        try:
            made = date(year, month, number)
        except ValueError:
            continue
        if made not in found:
            found.append(made)
    return found
