"""How what moves along states is shown: each state with its word, its shape and its tone."""

from typing import NamedTuple

from django.db import models

PLAIN, GOOD, NEEDED, REFUSED = "", "ek-is-ok", "ek-is-need", "ek-is-no"


class ShownChoices(models.TextChoices):
    """Choices that are shown as a shape with a word: `NAME = value, shape, tone, label`.

    `shape` is an icon of the sprite, so that nobody needs colours; `tone` a class of the style sheet.
    """

    def __new__(cls, value, shape, tone):
        member = str.__new__(cls, value)
        member._value_, member.shape, member.tone = value, shape, tone
        return member


class Stage(NamedTuple):
    """One state on the way of a month or a list: what is said of it, and whether it is behind or here."""

    label: str
    text: str
    more: str = ""
    is_done: bool = False
    is_current: bool = False

    @property
    def shape(self):
        """Its icon in the sprite."""
        if self.is_done:
            return "centang"
        return "s-disetujui" if self.is_current else "s-draf"
