"""What became of a list: how many rows were read and stored, and each cell that was wrong or doubtful."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from records.sheets.values import Doubtful, Wrong, day, digits, whole, written


@dataclass(frozen=True, order=True)
class Said:
    """A sentence about one cell; `column` is its letter, "" where the list has no such column."""

    row: int
    column: str
    sentence: str

    @property
    def address(self):
        return f"{self.column}{self.row}"


@dataclass
class ListOutcome:
    """What became of the rows of a list. `notes` are about the list as a whole.

    `tell` is called with how much of all is stored, while it is stored.
    """

    read: int = 0
    imported: int = 0
    unchanged: int = 0
    rejected: list[Said] = field(default_factory=list)
    warned: list[Said] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    tell: Callable = lambda done, of: None

    def reject(self, record, name, sentence):
        self.rejected.append(Said(record.number, record.table.letter(name), str(sentence)))

    def warn(self, record, name, sentence):
        self.warned.append(Said(record.number, record.table.letter(name), str(sentence)))

    @property
    def rejected_rows(self):
        return {said.row for said in self.rejected}

    def as_dict(self):
        """As the command prints it."""
        return {
            "read": self.read,
            "imported": self.imported,
            "unchanged": self.unchanged,
            "rejected": [vars(said) for said in sorted(self.rejected)],
            "warned": [vars(said) for said in sorted(self.warned)],
        }

    def as_kept(self, most):
        """As a request keeps it: at most so many sentences of each sort, and how many cells there are."""
        kept = self.as_dict() | {"notes": self.notes}
        for sort in ("rejected", "warned"):
            kept |= {sort: kept[sort][:most], f"{sort}_rows": len({said["row"] for said in kept[sort]})}
        return kept | {"left_out": sum(max(len(said) - most, 0) for said in (self.rejected, self.warned))}


class Cells:
    """Reads the cells of one record; what is wrong goes to the outcome, and the value is then None or ""."""

    def __init__(self, record, outcome):
        self.record, self.outcome = record, outcome
        self.wrongs, self.doubts = set(), set()  # names of columns

    def wrong(self, name, sentence):
        """Say what is wrong with a cell, once."""
        if name not in self.wrongs:
            self.outcome.reject(self.record, name, sentence)
            self.wrongs.add(name)

    def doubt(self, name, sentence):
        """Say what is left out of a cell, once."""
        if name not in self.doubts:
            self.outcome.warn(self.record, name, sentence)
            self.doubts.add(name)

    @property
    def is_wrong(self):
        return bool(self.wrongs)

    def text(self, name, *, longest=None, missing=""):
        """What is written. Too long is wrong; so is nothing, where a sentence for `missing` is given."""
        said = self._read(name, written) or ""
        if said and longest and len(said) > longest:
            self.wrong(name, _("Longer than %(longest)s letters.") % {"longest": longest})
        if not said and missing:
            self.wrong(name, missing)
        return said

    def digits(self, name, *, may_lack=False):
        """Digits as text; with `may_lack` what is wrong is left out with a warning, and the row is taken."""
        return self._read(name, digits, tell=self.doubt if may_lack else self.wrong) or ""

    def whole(self, name):
        return self._read(name, whole)

    def day(self, name, *, agrees=None):
        return self._read(name, lambda cell: day(cell, agrees=agrees))

    def _read(self, name, read, tell=None):
        tell = tell or self.wrong
        if self.record.is_merged(name):
            self.wrong(name, _("This cell is merged with others. Write it in each row."))
            return None
        try:
            return read(self.record.cell(name))
        except Wrong as wrong:
            tell(name, wrong)
        except Doubtful as doubtful:
            self.doubt(name, doubtful)
        return None
