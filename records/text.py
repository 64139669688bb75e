"""What a person typed as text: what of it is kept, and how much of it says anything.

Kept are characters that somebody sees. Control characters, marks of direction, letters without width and
letters that are blank are taken out: they hide what stands beside them, or pass for words.
"""

import unicodedata

LEAST = 10  # letters or digits of a description or a reason; source: cases.md, D101
SPACES = {"\n", "\t"}
UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}  # control, format, halves of a pair, separators of lines
BLANK = {"\u034f", "\u115f", "\u1160", "\u17b4", "\u17b5", "\u2800", "\u3164", "\uffa0"}


def plain(text):
    """Return `text` without unseen characters; lines end in one newline, tabs stay."""
    if text.isascii() and text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    return "".join(character for character in text if character in SPACES or is_seen(character))


def one_line(text):
    """Return `text` for a place that holds one line: a break or a tab becomes a space."""
    return " ".join(plain(text).replace("\t", "\n").split("\n")).strip()


def prose(text):
    """Return `text` for a place that holds any number of lines."""
    return plain(text).strip()


def letters(text):
    """How many letters and digits somebody sees."""
    return sum(character.isalnum() for character in plain(text))


def is_seen(character):
    return unicodedata.category(character) not in UNSEEN and character not in BLANK
