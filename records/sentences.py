"""Parts of sentences that end or break off in one way everywhere."""

import re

from django.utils.html import format_html
from django.utils.translation import ngettext

PLACE = re.compile(r"%\((\w+)\)s")
ENDS = (".", "!", "?", "…")


def ended(text):
    """`text` with a full stop, unless it brings its own: a name may end in “S.E.”."""
    text = str(text)
    return text if text.endswith(ENDS) else f"{text}."


def woven(sentence, **facts):
    """`sentence` for a page, with `facts` in their %(places)s; what is HTML stays so, all else is escaped."""
    return format_html(PLACE.sub(r"{\1}", sentence), **facts)


def named(names, *, at_most, count=None):
    """The first names, and how many more there are, of `count` where `names` are not all of them.

    “Dinkes, Dishub, dan 5 lagi”.
    """
    shown = [str(name) for name in names[:at_most]]
    more = (len(names) if count is None else count) - len(shown)
    if more <= 0:
        return ", ".join(shown)
    sentence = ngettext("%(names)s and %(more)s more", "%(names)s and %(more)s more", more)
    return sentence % {"names": ", ".join(shown), "more": more}
