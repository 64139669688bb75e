"""A password that says who its owner is: name, NIP, birth date and office are known to every colleague."""

import re
import unicodedata
from difflib import SequenceMatcher
from itertools import permutations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

OWN_LETTERS = 6  # so many characters must be left once everything about the person is taken out
TOO_SIMILAR = 0.75  # share of characters in common with one fact, in their order
SHORTEST_WORD, SHORTEST_RUN = 3, 4
LOOK_ALIKE = str.maketrans("0134578@$", "oieastbas")
MONTHS = [
    ("januari", "january", "jan"),
    ("februari", "february", "feb"),
    ("maret", "march", "mar"),
    ("april", "april", "apr"),
    ("mei", "may", "mei"),
    ("juni", "june", "jun"),
    ("juli", "july", "jul"),
    ("agustus", "august", "agu", "aug", "agt"),
    ("september", "september", "sep"),
    ("oktober", "october", "okt", "oct"),
    ("november", "november", "nov", "nop"),
    ("desember", "december", "des", "dec"),
]


def fold(text):
    """Letters and digits alone, small and without accents."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(character for character in plain if character.isalnum())


def words(text):
    return [word for word in map(fold, re.split(r"[\s.,/()-]+", text)) if len(word) >= SHORTEST_WORD]


def birth_dates(nip):
    """The birth date in the first 8 digits of a NIP, yyyymmdd, in every order and with names of months."""
    if not nip[:8].isdigit():
        return set()
    year, month, day = nip[:4], nip[4:6], nip[6:8]
    names = MONTHS[int(month) - 1] if "01" <= month <= "12" else ()
    years, months, days = (year, year[2:]), (month, month.lstrip("0"), *names), (day, day.lstrip("0"))
    spelled = {
        "".join(order) for y in years for m in months for d in days for order in permutations((y, m, d))
    }
    return {text for text in spelled if len(text) > SHORTEST_RUN} | {year}


class NotAboutOneself:
    """Refuses a password that is little more than the owner's name, NIP, birth date or office."""

    def validate(self, password, user=None):
        if user is None:
            return
        names = [user.name, user.email.partition("@")[0], *offices_of(user)]
        if any(is_about(typed, user.nip, names) for typed in (password, password.translate(LOOK_ALIKE))):
            raise ValidationError(
                _("This password is too close to your name, NIP, birth date or unit. Think of another one."),
                code="password_about_oneself",
            )

    def get_help_text(self):
        return _("Your name, NIP, birth date and unit are no password, nor is anything close to them.")


def offices_of(user):
    """Names of the units where the person is or was posted."""
    if not user.pk:
        return []
    units = {posting.unit for posting in user.postings_held}
    return [name for unit in units for name in (unit.name, unit.short_name, unit.agency.name)]


def is_about(password, nip, names):
    """Whether `password` is one of the facts, near to one, or little else once they are taken out."""
    typed, whole = fold(password), [nip, *map(fold, names)]
    if any(similar(typed, fact) for fact in whole):
        return True
    left = typed
    for piece in sorted(pieces_of(nip, names), key=len, reverse=True):
        left = left.replace(piece, "")
    return left != typed and len(left) < OWN_LETTERS


def pieces_of(nip, names):
    """Every part of the facts that people build passwords of, forwards and backwards."""
    runs = {nip[i:j] for i in range(len(nip)) for j in range(i + SHORTEST_RUN, len(nip) + 1)}
    found = runs | birth_dates(nip) | {part for name in names for part in (fold(name), *words(name))}
    found.discard("")
    return found | {piece[::-1] for piece in found}


def similar(typed, fact):
    return len(fact) >= OWN_LETTERS and SequenceMatcher(None, typed, fact).ratio() >= TOO_SIMILAR
