"""How what moves along states is shown: each state with its word and its shape."""

from typing import NamedTuple


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
