"""A list of holidays and joint leave of the whole city: new days are added, recorded ones are left."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from calendars.decree import KINDS
from calendars.models import Holiday
from records.sheets.headings import ListColumn, Record
from records.sheets.lists import read_list

HOLIDAYS = [
    ListColumn("date", "TANGGAL", ("DATE",)),
    ListColumn("name", "NAMA", ("KETERANGAN", "NAME ID", "NAME")),
    ListColumn("name_en", "NAMA INGGRIS", ("NAME EN", "NAME IN ENGLISH")),
    ListColumn("kind", "JENIS", ("KIND",)),
    ListColumn("decree", "KEPUTUSAN", ("DECREE", "DASAR")),
]


@dataclass
class ListedHoliday:
    record: Record
    holiday: Holiday

    @property
    def key(self):
        return self.holiday.date


def import_holidays(sheets, outcome, *, store, signed=None):
    """Fill `outcome` with what becomes of a list of holidays; written only with `store`. Raises Unreadable.

    A day that is recorded already is left as it is, also where two have `signed`.
    """
    needed = ("date", "name")
    listed = read_list(sheets, HOLIDAYS, needed=needed, keys=("date",), read=_read, outcome=outcome)
    known = {row.date: row for row in Holiday.objects.standing().filter(unit=None, date__in=listed)}
    new = [one.holiday for day, one in listed.items() if day not in known]
    for day, one in listed.items():
        for name in ("name", "kind") if day in known else ():
            if getattr(known[day], name) != getattr(one.holiday, name):
                outcome.warn(one.record, name, _("Recorded otherwise, and left so."))
    outcome.imported, outcome.unchanged = len(new), len(listed) - len(new)
    if store:
        Holiday.objects.bulk_create(new)


def _read(cells):
    said = cells.text("kind", missing=_("Write libur nasional or cuti bersama.")).lower()
    kind = next((kind for kind, called in KINDS.items() if said in called), "")
    if not kind:
        cells.wrong("kind", _("Write libur nasional or cuti bersama."))
    name, day = cells.text("name"), cells.day("date")
    holiday = Holiday(
        date=day,
        name=name,
        name_en=cells.text("name_en") or name,
        kind=kind or "national",
        decree=cells.text("decree"),
    )
    if day is None:
        cells.wrong("date", _("The day is missing, or it is not certain."))
    try:
        holiday.full_clean(exclude=["date"] if day is None else None, validate_constraints=False)
    except ValidationError as wrong:
        for field, sentences in wrong.message_dict.items():
            cells.wrong(field if field != "__all__" else "date", " ".join(sentences))
    return None if cells.is_wrong else ListedHoliday(cells.record, holiday)
