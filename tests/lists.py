"""Lists of people as tests write them: a workbook or a text of a few rows, made in memory."""

from io import BytesIO

import openpyxl

HEADINGS = (
    "NIP", "NAMA", "STATUS", "GOLONGAN", "TMT GOLONGAN", "JABATAN", "ESELON", "KELAS JABATAN", "TMT JABATAN",
    "OPD", "UNIT KERJA", "NIP ATASAN LANGSUNG", "NO. REKENING",
)  # fmt: skip
ONE = {
    "NIP": "190001012020011001",
    "NAMA": "Cempaka Uji",
    "STATUS": "PNS",
    "GOLONGAN": "III/a",
    "TMT GOLONGAN": "01-04-2024",
    "JABATAN": "Pengolah Data",
    "KELAS JABATAN": 7,
    "TMT JABATAN": "15-02-2023",
    "OPD": "BKPSDM",
    "NO. REKENING": "0012345678",
}


def row(**said):
    """A row of one person; `said` is what it says otherwise."""
    return ONE | said


def workbook(*rows, headings=HEADINGS, change=None):
    """The bytes of a workbook of these rows; `change` may do more to its sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(list(headings))
    for one in rows:
        sheet.append([one.get(name) for name in headings])
    if change:
        change(sheet)
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def text(*rows, headings=HEADINGS, delimiter=";"):
    """The bytes of a text of these rows."""
    lines = [headings, *([str(one.get(name) or "") for name in headings] for one in rows)]
    return "\r\n".join(delimiter.join(line) for line in lines).encode()
