"""Two texts side by side, word by word. PURE: standard library only."""

from collections.abc import Callable, Iterable
from difflib import SequenceMatcher
from typing import NamedTuple, TypeVar

Candidate = TypeVar("Candidate")


class Piece(NamedTuple):
    """Words that stand in both texts, or in this one only."""

    text: str
    is_shared: bool


def likeness(this: str, that: str) -> int:
    """Return how alike two texts are by their words, in whole per cent."""
    return int(100 * _matcher(this, that).ratio())


def side_by_side(this: str, that: str) -> tuple[list[Piece], list[Piece]]:
    """Return both texts as pieces, in reading order, telling shared words from a text's own."""
    left: list[Piece] = []
    right: list[Piece] = []
    mine, yours = this.split(), that.split()
    for kind, a, b, c, d in _matcher(this, that).get_opcodes():
        left += [Piece(" ".join(mine[a:b]), kind == "equal")] * (b > a)
        right += [Piece(" ".join(yours[c:d]), kind == "equal")] * (d > c)
    return left, right


def nearest(
    this: str, candidates: Iterable[Candidate], *, text: Callable[[Candidate], str] = str
) -> tuple[Candidate, int] | None:
    """Return the candidate whose text is most alike, with its per cent; the first of equals, None of none."""
    best = None
    for candidate in candidates:
        alike = likeness(this, text(candidate))
        if best is None or alike > best[1]:
            best = candidate, alike
    return best


def _matcher(this: str, that: str) -> SequenceMatcher[str]:
    mine, yours = ([word.strip(".,;:!?()").lower() for word in text.split()] for text in (this, that))
    return SequenceMatcher(None, mine, yours, autojunk=False)
