"""What has to hold before a step, one line each: what is asked, what was found, and how it stands."""

from typing import NamedTuple

from django.utils.translation import gettext_lazy

from records.looks import GOOD, NEEDED, PLAIN, ShownChoices


class CheckState(ShownChoices):
    """How a check stands. What there is nothing of holds nothing back, and is not fulfilled either."""

    HOLDS = "holds", "centang", GOOD, gettext_lazy("fulfilled")
    EMPTY = "empty", "s-kosong", PLAIN, gettext_lazy("nothing to check yet")
    LOOK = "look", "bendera", NEEDED, gettext_lazy("look at it")
    BLOCKS = "blocks", "awas", NEEDED, gettext_lazy("holds it back")

    @classmethod
    def of(cls, holds, *, of_any=True):
        """HOLDS or BLOCKS; EMPTY where it holds only because there is nothing it is asked of."""
        if not holds:
            return cls.BLOCKS
        return cls.HOLDS if of_any else cls.EMPTY


class Check(NamedTuple):
    """One line of a checklist. `name` is for the code; `found` says in words what was found."""

    name: str
    label: str
    found: str
    state: CheckState

    @property
    def ok(self):
        """Whether the step may be taken as far as this is concerned."""
        return self.state != CheckState.BLOCKS
