"""What a person typed as text: what is kept, how much says anything. PURE: standard library only.

Kept are characters that somebody sees. Control characters, marks of direction, letters without width and
letters that are blank are taken out: they hide what stands beside them, or pass for words.
"""

import re
import unicodedata

LEAST = 10  # letters or digits of a description or a reason; source: cases.md, D101
SPACES = {"\n", "\t"}
PLANES = (range(0x20000), range(0xE0000, 0xE1000))  # where characters of these kinds are
UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}  # control, format, halves of a pair, separators of lines
BLANK = {"\u034f", "\u115f", "\u1160", "\u17b4", "\u17b5", "\u2800", "\u3164", "\uffa0"}


def is_seen(character: str) -> bool:
    return unicodedata.category(character) not in UNSEEN and character not in BLANK


HIDDEN = [chr(code) for plane in PLANES for code in plane if not is_seen(chr(code))]
TAKEN_OUT = re.compile(f"[{re.escape(''.join(set(HIDDEN) - SPACES))}]")
BREAKS = re.compile("\r\n|[\r\u2028\u2029]")


def plain(text: str) -> str:
    """Return `text` without unseen characters; lines end in one newline, tabs stay."""
    if text.isascii() and text.isprintable():
        return text
    return TAKEN_OUT.sub("", BREAKS.sub("\n", text))


def one_line(text: str) -> str:
    """Return `text` for a place that holds one line: a break or a tab becomes a space."""
    return " ".join(plain(text).replace("\t", "\n").split("\n")).strip()


def prose(text: str) -> str:
    """Return `text` for a place that holds any number of lines."""
    return plain(text).strip()


def letters(text: str) -> int:
    """How many letters and digits somebody sees."""
    return sum(character.isalnum() for character in plain(text))
