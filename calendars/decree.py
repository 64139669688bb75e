"""The file of a decree on holidays: read whole, every wrong cell named, and compared with the calendar."""

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

LARGEST, MOST = 200_000, 400  # bytes, rows
HEADINGS = {
    "date": {"date", "tanggal"},
    "name": {"name", "name_id", "nama", "keterangan"},
    "name_en": {"name_en", "name in english", "nama inggris"},
    "kind": {"kind", "jenis"},
    "decree": {"decree", "keputusan", "dasar"},
}
OPTIONAL = {"name_en"}
KINDS = {
    "national": {"national", "libur nasional", "nasional", "national holiday"},
    "joint_leave": {"joint_leave", "cuti bersama", "joint leave"},
}
DATES = ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y")
LENGTHS = {"name": 120, "name_en": 120, "decree": 200}


@dataclass(frozen=True)
class DecreeDay:
    """One line of the file."""

    date: date
    name: str
    name_en: str
    kind: str
    decree: str

    @property
    def is_sure(self):
        """Whether the file does not say of itself that the decree was not seen."""
        return "not verified" not in self.decree

    @property
    def typed(self):
        """The columns of a holiday of the whole city."""
        return {**vars(self), "unit": None}


class UnreadableFile(ValueError):
    """Why a file cannot be read at all, as a sentence."""


def text_of(content):
    """The bytes of a file as text. Raises UnreadableFile."""
    if len(content) > LARGEST:
        raise UnreadableFile(_("This file is too large for a list of holidays."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise UnreadableFile(_("This is no CSV file in UTF-8. In a spreadsheet, save it as “CSV UTF-8”."))
    return text


def read(text):
    """(days, sentences on wrong cells) of a file. Raises UnreadableFile where it is no such list."""
    lines = text.splitlines()
    mark = ";" if lines and lines[0].count(";") > lines[0].count(",") else ","
    rows = list(csv.reader(io.StringIO(text), delimiter=mark))
    columns = _columns(rows[0] if rows else [])
    found, wrong, seen = [], [], set()
    filled = [(number, row) for number, row in enumerate(rows[1:], 2) if any(map(str.strip, row))]
    if not filled or len(filled) > MOST:
        raise UnreadableFile(_("The file has no rows, or more than 400."))
    for number, row in filled:
        cells = {name: row[place].strip() if place < len(row) else "" for name, place in columns.items()}
        faults = _faults(cells, seen)
        wrong += [_("Row %(row)d: %(fault)s") % {"row": number, "fault": fault} for fault in faults]
        if not faults:
            day = _day(cells["date"])
            seen.add(day)
            name_en = cells.get("name_en", "")
            found.append(DecreeDay(day, cells["name"], name_en, _kind(cells["kind"]), cells["decree"]))
    return found, wrong


def _columns(heads):
    """The place of each column by its heading, in any order."""
    heads = [head.strip().lower() for head in heads]
    columns = {
        name: next((place for place, head in enumerate(heads) if head in known), None)
        for name, known in HEADINGS.items()
    }
    missing = [min(HEADINGS[name]) for name in HEADINGS if columns[name] is None and name not in OPTIONAL]
    if missing:
        sentence = _("The first row lacks %(missing)s. Columns are: date, name, kind, decree.")
        raise UnreadableFile(sentence % {"missing": ", ".join(missing)})
    return {name: place for name, place in columns.items() if place is not None}


def _faults(cells, seen):
    day = _day(cells["date"])
    if day is None:
        return [_("“%(cell)s” is no date; write 2026-03-19 or 19/03/2026") % {"cell": cells["date"]}]
    faults = [_("%(day)s stands in the file twice") % {"day": day.isoformat()}] if day in seen else []
    if _kind(cells["kind"]) is None:
        said = _("“%(cell)s” is no kind; write libur nasional or cuti bersama")
        faults.append(said % {"cell": cells["kind"]})
    for name, most in LENGTHS.items():
        cell = cells.get(name, "")
        if len(cell) > most or (not any(map(str.isalnum, cell)) and name not in OPTIONAL):
            faults.append(_("the column %(name)s is empty or too long") % {"name": name})
    return faults


def _day(cell):
    for pattern in DATES:
        try:
            return datetime.strptime(cell, pattern).date()  # noqa: DTZ007 (a date alone)
        except ValueError:
            continue
    return None


def _kind(cell):
    return next((kind for kind, known in KINDS.items() if cell.lower() in known), None)


@dataclass(frozen=True)
class Difference:
    """What the decree says and the calendar does not: a day to `add`, to `change`, or that is `gone`.

    `day` is the line of the file, `holiday` the row of the calendar; one of both may be None.
    """

    act: str
    day: DecreeDay | None = None
    holiday: object = None

    @property
    def key(self):
        """Names it on a page: with the version of the row, so that nothing newer is overwritten."""
        if self.holiday is None:
            return f"{self.act} {self.day.date.isoformat()}"
        return f"{self.act} {self.holiday.pk} {self.holiday.version}"

    @property
    def is_proposed(self):
        """Whether it is ticked at first."""
        return self.day is None or self.day.is_sure

    @property
    def date(self):
        return self.day.date if self.day else self.holiday.date

    @property
    def changes(self):
        """(column, before, after) of what is not the same."""
        return [
            (name, getattr(self.holiday, name), getattr(self.day, name))
            for name in ("name", "name_en", "kind", "decree")
            if getattr(self.holiday, name) != getattr(self.day, name)
        ]


def differences(days, holidays):
    """The Differences between the file and the standing holidays of the whole city, by date.

    Local holidays are the city's own: they are gone from no decree.
    """
    by_date = {holiday.date: holiday for holiday in holidays}
    named = {day.date for day in days}
    found = []
    for day in days:
        holiday = by_date.get(day.date)
        if holiday is None:
            found.append(Difference("add", day))
        elif Difference("change", day, holiday).changes:
            found.append(Difference("change", day, holiday))
    gone = [holiday for holiday in holidays if holiday.date not in named and holiday.kind != "local"]
    found += [Difference("gone", None, holiday) for holiday in gone]
    return sorted(found, key=lambda each: (each.date, each.act))
