"""A list of the catalogue of work: new items are added, known ones are left as they are."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from activities.models import CatalogItem
from records.sheets.headings import ListColumn, Record
from records.sheets.lists import read_list

CATALOG = [
    ListColumn("code", "KODE", ("CODE",)),
    ListColumn("job_family", "RUMPUN TUGAS", ("JOB FAMILY", "RUMPUN")),
    ListColumn("name", "URAIAN TUGAS", ("NAMA", "URAIAN", "NAME")),
    ListColumn("output_unit", "SATUAN OUTPUT", ("SATUAN", "OUTPUT UNIT")),
    ListColumn("standard_minutes", "NORMA WAKTU", ("MENIT", "STANDARD MINUTES")),
    ListColumn("kind", "JENIS", ("KIND",)),
]
KINDS = {"": "main", "utama": "main", "main": "main", "tambahan": "additional", "additional": "additional"}
COMPARED = ("job_family", "name", "output_unit", "standard_minutes", "kind")


@dataclass
class ListedItem:
    record: Record
    item: CatalogItem

    @property
    def key(self):
        return self.item.code


def import_catalog(sheets, outcome, *, store, signed=None):
    """Fill `outcome` with what becomes of a catalogue; written only with `store`. Raises Unreadable.

    An item that is recorded already is left as it is, also where two have `signed`.
    """
    needed = ("code", "name")
    listed = read_list(sheets, CATALOG, needed=needed, keys=("code",), read=_read, outcome=outcome)
    known = {item.code: item for item in CatalogItem.objects.all()}
    new = [one.item for one in listed.values() if one.key not in known]
    for one in listed.values():
        for name in COMPARED if one.key in known else ():
            if getattr(one.item, name) != getattr(known[one.key], name):
                outcome.warn(one.record, name, _("Recorded otherwise, and left so."))
    outcome.imported, outcome.unchanged = len(new), len(listed) - len(new)
    if store:
        CatalogItem.objects.bulk_create(new)


def _read(cells):
    kind = cells.text("kind").lower()
    if kind not in KINDS:
        cells.wrong("kind", _("A kind of work is: utama or tambahan."))
        return None
    item = CatalogItem(
        code=cells.text("code"),
        job_family=cells.text("job_family").lower(),
        name=cells.text("name"),
        output_unit=cells.text("output_unit"),
        standard_minutes=cells.whole("standard_minutes"),
        kind=KINDS[kind],
    )
    try:
        item.full_clean(validate_unique=False)
    except ValidationError as wrong:
        for name, sentences in wrong.message_dict.items():
            cells.wrong("standard_minutes" if name == "__all__" else name, " ".join(sentences))
    return None if cells.is_wrong else ListedItem(cells.record, item)
