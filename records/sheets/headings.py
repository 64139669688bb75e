"""The table in a sheet: its heading row is looked for, and its columns are known by what stands there.

The heading may be of two rows, the upper one merged over the lower; its columns stand in any order.
"""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from records.sheets.reading import Unreadable, is_blank

LOOKED_AT = 40  # rows, to find the heading
NOT_SAID = re.compile(r"[^A-Z0-9]+")


@dataclass(frozen=True)
class ListColumn:
    """A column of a list: its name in code, the heading of our template, and other headings it may have.

    "JABATAN/TMT" is the heading TMT below the merged heading JABATAN.
    """

    name: str
    heading: str
    others: tuple[str, ...] = ()

    @property
    def known(self):
        return [self.heading, *self.others]


@dataclass(frozen=True)
class Record:
    """One row of a list."""

    table: "Table"
    number: int
    cells: tuple

    def cell(self, name):
        """What stands in the column `name`; None where the list has no such column."""
        at = self.table.columns.get(name)
        return None if at is None or at >= len(self.cells) else self.cells[at]

    def is_merged(self, name):
        at = self.table.columns.get(name)
        return at is not None and at + 1 in self.table.sheet.merged_columns(self.number)


@dataclass(frozen=True)
class Table:
    """A list found in a sheet: the place of each known column, and the rows below the heading."""

    sheet: object
    columns: dict
    headings: dict
    first: int

    def letter(self, name):
        """The letter of a column as spreadsheets show it, "" where the list has none."""
        return get_column_letter(self.columns[name] + 1) if name in self.columns else ""

    def records(self, *keys):
        """The rows in which one of the columns `keys` says something; headings said again are none."""
        for row in self.sheet.rows:
            if row.number < self.first or _is_numbering(row) or self._is_heading(row):
                continue
            record = Record(self, row.number, row.cells)
            if any(not is_blank(record.cell(key)) for key in keys):
                yield record

    def _is_heading(self, row):
        said = {name: _plain(row.cells[at]) for name, at in self.columns.items() if at < len(row.cells)}
        return all(said.get(name) == heading for name, heading in self.headings.items())


def find_table(sheets, columns, *, needed):
    """The first table with the columns `needed`, in the first sheet that has one. Raises Unreadable."""
    for sheet in sheets:
        for at, row in enumerate(sheet.rows[:LOOKED_AT]):
            below = sheet.rows[at + 1] if at + 1 < len(sheet.rows) else None
            if table := _table_at(sheet, row, below, columns, needed):
                return table
    titles = ", ".join(column.heading for column in columns if column.name in needed)
    raise Unreadable(_("No heading was found with these columns: %(titles)s.") % {"titles": titles})


def _table_at(sheet, row, below, columns, needed):
    lower = below if below and _continues(row, below) else None
    said = _said(row, lower)
    places = _places(said, columns)
    if not set(needed) <= set(places):
        return None
    first = (lower or row).number + 1
    headings = {name: _plain(row.cells[at]) for name, at in places.items() if at < len(row.cells)}
    return Table(sheet, places, headings, first)


def _continues(row, below):
    """Whether `below` is the lower half of a heading: words alone, none where the upper half is not merged.

    Lower halves stand directly below, and only under columns that are blank above or begin a merged one.
    """
    if below.number != row.number + 1 or not all(
        isinstance(cell, str) or is_blank(cell) for cell in below.cells
    ):
        return False
    upper = [_plain(cell) for cell in row.cells]
    under = [place for place, cell in enumerate(below.cells) if not is_blank(cell)]
    spread = {place for place, said in enumerate(upper) if not said}
    return (
        bool(under)
        and all(place in spread or (place + 1) in spread or place + 1 >= len(upper) for place in under)
        and not any(_plain(below.cells[place]).isdigit() for place in under)
    )


def _said(row, lower):
    """The heading of each column, "UPPER/LOWER" where it has two."""
    if lower is None:
        return [_plain(cell) for cell in row.cells]
    said, group = [], ""
    for at in range(max(len(row.cells), len(lower.cells))):
        upper = _plain(row.cells[at]) if at < len(row.cells) else ""
        under = _plain(lower.cells[at]) if at < len(lower.cells) else ""
        group = upper or (group if under else "")
        said.append(f"{group}/{under}" if group and under else group or under)
    return said


def _places(said, columns):
    """Where each column stands: by the first of its headings that stands once, whole or its lower half."""
    places, lower = {}, [heading.rpartition("/")[2] for heading in said]
    for column in columns:
        for known in column.known:
            wanted = "/".join(_plain(part) for part in known.split("/"))
            found = [at for at, heading in enumerate(said) if heading == wanted] or [
                at for at, heading in enumerate(lower) if heading == wanted
            ]
            if len(found) == 1 and found[0] not in places.values():
                places[column.name] = found[0]
                break
    return places


def _plain(cell):
    return NOT_SAID.sub(" ", str(cell).upper()).strip() if isinstance(cell, str) else ""


def _is_numbering(row):
    """Whether the row only numbers the columns: 1, 2, 3."""
    said = [str(cell).strip("() .") for cell in row.cells if not is_blank(cell)]
    return len(said) > 2 and said == [str(number) for number in range(1, len(said) + 1)]
