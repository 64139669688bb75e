"""The bonus by the name the city gives it, in every sentence of both languages: pages, papers, messages.

Sentences are written with the word of the mission. The name replaces it where a sentence is looked up in the
catalogue, so what people typed stays as it is, and no sentence has to know of it.
"""

import logging
import re
import time
from functools import lru_cache

from django.db import DatabaseError
from django.utils import timezone, translation

from organization.models import BonusName

KEPT_SECONDS = 60
WORD = re.compile(r"\b([Bb])onus(?:es)?(nya)?\b")
LOOK_UPS = ("gettext", "ngettext", "pgettext", "npgettext")
log = logging.getLogger(__name__)


class InForce:
    """The name of today as this process last read it."""

    def __init__(self):
        self.name, self.until = "", 0.0

    def refresh(self):
        """Read it again once it is a minute old; while the database does not answer, it stays."""
        if time.monotonic() < self.until:
            return
        try:
            rule = BonusName.objects.up_to(timezone.localdate()).first()
        except DatabaseError:
            log.exception("The name of the bonus could not be read")
            return
        self.name, self.until = rule.called if rule else "", time.monotonic() + KEPT_SECONDS

    def keep(self, name=""):
        """Call it so from now on, without reading."""
        self.name, self.until = name, float("inf")


in_force = InForce()


def by_its_name(get_response):
    """Middleware: the sentences of this request call the bonus what it is called today."""

    def middleware(request):
        in_force.refresh()
        return get_response(request)

    return middleware


@lru_cache(maxsize=4096)
def renamed(text, name):
    """`text` with `name` for each “bonus”, with the capital letter it had; a name that has one keeps it."""

    def word(found):
        shown = name[0].upper() + name[1:] if found[1] == "B" else name
        return shown + ("" if not found[2] else "-nya" if name[-1].isupper() else "nya")

    return WORD.sub(word, text)


def use():
    """Let every sentence that is looked up, at once or lazily, pass by the name in force."""
    for look_up in LOOK_UPS:
        setattr(translation._trans, look_up, _passing(getattr(translation._trans, look_up)))


def _passing(look_up):
    def looked_up(*arguments):
        text = look_up(*arguments)
        return renamed(text, in_force.name) if in_force.name else text

    return looked_up
