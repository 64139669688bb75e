"""A table that somebody sent, as rows of cells: a workbook (XLSX) or a text (CSV), and why not.

Nothing is guessed here: numbers stay numbers, dates stay dates, a formula is told as one.
"""

import csv
import io
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from records.refusals import Refusal
from records.sheets import workbooks

LARGEST = 20 * 1024 * 1024  # bytes of a file
ROWS = 20_000  # with something in them
COLUMNS = 120
DELIMITERS = ";,\t|"
LOOKED_AT = 30  # lines, to find the delimiter


class Unreadable(Refusal):
    """A file that is no table, or none that we open. Its text says what to do."""

    status = 422


@dataclass(frozen=True)
class SheetRow:
    """One row: its number in the file and what stands in its cells, from the first column on."""

    number: int
    cells: tuple

    def is_blank(self):
        return all(is_blank(cell) for cell in self.cells)


@dataclass(frozen=True)
class Sheet:
    """The rows of one sheet that hold something; `merged` are (column, row, column, row) from 1 on."""

    rows: list[SheetRow]
    merged: list[tuple] = field(default_factory=list)

    def merged_columns(self, number):
        """The columns of row `number`, from 1 on, that belong to a merged cell."""
        spans = [(left, right) for left, top, right, low in self.merged if top <= number <= low]
        return {column for left, right in spans for column in range(left, right + 1)}


def is_blank(cell):
    """Whether nothing is written in a cell; spaces are nothing."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def read_sheets(content):
    """The sheets of a file of these bytes. Raises Unreadable."""
    if not content:
        raise Unreadable(_("The file is empty."))
    if len(content) > LARGEST:
        raise Unreadable(_("The file is larger than 20 MB. Send the list alone, without pictures."))
    if reason := workbooks.refused(content):
        raise Unreadable(reason)
    if not workbooks.is_workbook(content):
        return [_of_text(content)]
    try:
        found = workbooks.read(content, columns=COLUMNS)
        return [Sheet(_counted(rows), merged) for rows, merged in found]
    except workbooks.Broken as broken:
        raise Unreadable(
            _("This workbook is damaged. Open it, save it anew as XLSX and send that.")
        ) from broken


def _counted(rows):
    """The rows that hold something. Raises Unreadable where they are too many."""
    found = []
    for row in (SheetRow(number, cells) for number, cells in rows):
        if row.is_blank():
            continue
        found.append(row)
        if len(found) > ROWS:
            raise Unreadable(
                _("The file has more than %(rows)s rows. Send it in parts.")
                % {"rows": f"{ROWS:,}".replace(",", ".")}
            )
    return found


def _of_text(content):
    """A text table; its delimiter is the one that stands most often in the first lines."""
    text = _decoded(content)
    first = "\n".join(text.splitlines()[:LOOKED_AT])
    delimiter = max(DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        return Sheet(_counted(_lines(reader)))
    except csv.Error as broken:
        raise Unreadable(
            _("Line %(line)s of the file is no line of a table.") % {"line": reader.line_num}
        ) from broken


def _lines(reader):
    """(number of its first line, cells) of each row."""
    number = 1
    for cells in reader:
        yield number, tuple(cells[:COLUMNS])
        number = reader.line_num + 1


def _decoded(content):
    if b"\0" in content:
        raise Unreadable(_("This is no table. Send XLSX, or CSV in UTF-8."))
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable(_("This is no table. Send XLSX, or CSV in UTF-8."))
