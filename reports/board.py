"""The live board as one reader sees it: totals by agency, and never a person.

Source: screens.md, "Leadership"; agencies stand by alphabet, which is no ranking.
"""

import hashlib

from django.utils.translation import gettext as _

from calendars.weeks import MonthKey, Week
from organization.models import Role
from reports.board_figures import PARTS, BoardLine, figures_of

READERS = (Role.LEADERSHIP, Role.HEAD, Role.AUDITOR)


def agencies_of(reader, *, on):
    """Ids of the agencies whose totals `reader` may see; None for all of them."""
    units = [grant.unit for grant in reader.grants_on(on) if grant.role in READERS]
    return None if None in units else {unit.agency_id for unit in units}


class LiveBoard:
    """The present day, week and month of the agencies that one reader may see."""

    def __init__(self, figures, agencies, *, today):
        self.at, self.today = figures.at, today
        self.week, self.key = Week.of(today), MonthKey.of(today)
        seen = [pk for pk in figures.lines if agencies is None or pk in agencies]
        self.lines = [figures.lines[pk] for pk in seen]
        self.gaps = [sentence for pk, sentence in figures.gaps if pk in seen]

    @classmethod
    def seen_by(cls, reader, *, today):
        return cls(figures_of(today), agencies_of(reader, on=today), today=today)

    @property
    def total(self):
        total = BoardLine(_("All"))
        for line in self.lines:
            total.add(line)
        return total

    @property
    def words(self):
        """(class, word) of each part, for the legend and the columns."""
        return [(look, word) for _status, look, word in PARTS]

    @property
    def etag(self):
        """What tells these figures, of this minute, from others; the words of their language are in it."""
        told = [f"{self.at:%Y-%m-%d %H:%M}", *map(repr, self.lines), *self.gaps]
        return hashlib.sha256("\n".join(told).encode()).hexdigest()[:24]
