"""Workbooks (XLSX): which are not opened, and the cells of those that are."""

import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from xml.etree.ElementTree import ParseError  # noqa: S405 (only the name of the error)

import openpyxl
from django.utils.translation import gettext as _
from openpyxl.utils.cell import range_boundaries

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # XLS, and every encrypted workbook
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
ZIP = b"PK\x03\x04"
UNPACKED = 300 * 1024 * 1024  # bytes of all parts together
STRINGS = 60 * 1024 * 1024  # of one part that is read whole
RATIO, WORTH_A_RATIO = 250, 20 * 1024 * 1024
PARTS = 2_000
HEAD = 64 * 1024  # bytes in which a part would declare entities
MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*ref="([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})"')
TAIL = 4 * 1024 * 1024  # merged cells stand behind the rows
BROKEN = (
    zipfile.BadZipFile, zlib.error, ParseError, KeyError, ValueError, TypeError, IndexError, AttributeError,
    OSError, EOFError, NotImplementedError, AssertionError, RuntimeError, MemoryError,
)  # fmt: skip


class Broken(Exception):
    """A workbook that its reader does not understand."""


@dataclass(frozen=True)
class Formula:
    """A cell whose value is computed: what it shows is not in the file for certain."""

    text: str


@dataclass(frozen=True)
class Fault:
    """A cell that shows an error, such as #REF!."""

    text: str


def is_workbook(content):
    return content.startswith(ZIP)


def refused(content):
    """Why these bytes are not opened, "" where they may be."""
    if content.startswith(OLD):
        if ENCRYPTED in content:
            return _("This workbook has a password. Save it without one and send that.")
        return _("This is an old workbook (XLS). Save it as XLSX and send that.")
    if not is_workbook(content):
        return ""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _refused_parts(archive)
    except BROKEN:
        return _("This workbook is damaged. Open it, save it anew as XLSX and send that.")


def _refused_parts(archive):
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
        return _("This is no workbook. Send XLSX, or CSV in UTF-8.")
    if len(parts) > PARTS or _is_bomb(parts):
        return _("Unpacked, this file is far larger than any list. Save the list alone and send that.")
    if any(part.flag_bits & 1 for part in parts):
        return _("This workbook has a password. Save it without one and send that.")
    if any(_has_doctype(archive, part) for part in parts if part.filename.endswith((".xml", ".rels"))):
        return _("This workbook is damaged. Open it, save it anew as XLSX and send that.")
    if any("vbaproject" in name.lower() for name in names) or b"macroEnabled" in archive.read(
        "[Content_Types].xml"
    ):
        return _("This workbook holds macros. Save it as XLSX, without macros, and send that.")
    return ""


def _has_doctype(archive, part):
    """Whether a part declares entities: none of a spreadsheet does, and they can unfold without end."""
    with archive.open(part) as opened:
        return b"<!DOCTYPE" in opened.read(HEAD).replace(b"\0", b"")


def _is_bomb(parts):
    """By the sizes that the archive states; the unpacker reads no byte more than stated."""
    return sum(part.file_size for part in parts) > UNPACKED or any(
        (part.file_size > WORTH_A_RATIO and part.file_size > RATIO * max(part.compress_size, 1))
        or (part.file_size > STRINGS and "/worksheets/" not in part.filename)
        for part in parts
    )


def read(content, *, columns):
    """Yield (rows, merged) of each sheet, rows as (number, values). Raises Broken."""
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        for sheet in book.worksheets:
            sheet.reset_dimensions()
            yield _rows(sheet, columns), _merged(sheet)
    except BROKEN as broken:
        raise Broken from broken


def _rows(sheet, columns):
    try:
        gap = None  # the reader gives one and the same tuple for every row that a gap leaves out
        for number, cells in enumerate(sheet.iter_rows(max_col=columns), 1):
            if cells is not gap:
                gap = cells
                yield number, tuple(_value(cell) for cell in cells)
    except BROKEN as broken:
        raise Broken from broken


def _value(cell):
    if cell.data_type == "f":
        return Formula(str(cell.value))
    if cell.data_type == "e":
        return Fault(str(cell.value))
    return cell.value


def _merged(sheet):
    """The merged ranges of a sheet; the reader of rows knows nothing of them."""
    with sheet._get_source() as source:
        tail = b""
        while chunk := source.read(1024 * 1024):
            tail = (tail + chunk)[-TAIL:]
    return [range_boundaries(found.decode()) for found in MERGED.findall(tail)]
