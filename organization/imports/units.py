"""A list of units: new ones are made below those of their parent's code, known ones are left as they are."""

import re
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from organization.models import Unit
from organization.models.arrivals import hold_imports
from records.sheets.headings import ListColumn, Record
from records.sheets.lists import read_list

UNITS = [
    ListColumn("code", "KODE", ("KODE UNIT", "CODE")),
    ListColumn("name", "NAMA", ("NAMA UNIT", "NAME")),
    ListColumn("short_name", "NAMA SINGKAT", ("SINGKATAN", "SHORT NAME")),
    ListColumn("parent", "KODE INDUK", ("INDUK", "PARENT CODE")),
    ListColumn("kind", "JENIS", ("KIND",)),
    ListColumn("pattern", "HARI KERJA", ("WORKING DAYS",)),
    ListColumn("zone", "ZONA WAKTU", ("ZONA",)),
]
KIND = re.compile(r"[a-z_ -]{0,20}")
ZONES = {zone.label: zone.value for zone in Unit.Zone}


@dataclass
class ListedUnit:
    """One unit as a row of the list says it."""

    record: Record
    code: str
    name: str
    short_name: str
    parent: str
    kind: str
    pattern: str
    zone: str

    @property
    def key(self):
        return self.code

    def differs_from(self, unit):
        """Names of the columns that say something else than what is recorded."""
        recorded = {
            "name": unit.name,
            "short_name": unit.short_name,
            "parent": unit.parent.code if unit.parent else "",
            "pattern": unit.pattern,
        }
        return [name for name, value in recorded.items() if getattr(self, name) not in ("", value)]


@transaction.atomic
def import_units(sheets, outcome, *, store, signed=None):
    """Fill `outcome` with what becomes of a list of units; written only with `store`. Raises Unreadable.

    A unit that is recorded already is left as it is, also where two have `signed`.
    """
    if store:
        hold_imports()
    known = {unit.code: unit for unit in Unit.objects.select_related("parent")}
    listed = read_list(sheets, UNITS, needed=("code", "name"), keys=("code",), read=_read, outcome=outcome)
    for one in _from_the_top(listed, known, outcome):
        if one.code in known:
            outcome.unchanged += 1
            for name in one.differs_from(known[one.code]):
                outcome.warn(one.record, name, _("Recorded otherwise, and left so."))
        elif made := _make(one, known, outcome, store=store):
            known[one.code] = made
            outcome.imported += 1


def _read(cells):
    said = ListedUnit(
        cells.record,
        code=cells.text("code", longest=20, missing=_("The code is missing.")),
        name=cells.text("name", longest=150, missing=_("The name is missing.")),
        short_name=cells.text("short_name", longest=60),
        parent=cells.text("parent", longest=20),
        kind=cells.text("kind").lower(),
        pattern=cells.text("pattern"),
        zone=cells.text("zone").upper(),
    )
    if said.pattern not in ("", *Unit.Pattern.values):
        cells.wrong("pattern", _("A work week has 5 or 6 days."))
    if said.zone not in ("", *ZONES):
        cells.wrong("zone", _("An office lies in WIB, WITA or WIT."))
    if not KIND.fullmatch(said.kind):
        cells.wrong("kind", _("Longer than %(longest)s letters.") % {"longest": 20})
    if not said.short_name and len(said.name) > 60:
        cells.wrong("short_name", _("The name is longer than 60 letters: write a short one."))
    return None if cells.is_wrong else said


def _from_the_top(listed, known, outcome):
    """The units of the list, each after its parent; those of no known parent are rejected."""
    done, waiting = set(known), dict(listed)
    while ready := [one for one in waiting.values() if not one.parent or one.parent in done]:
        yield from ready
        for one in ready:
            done.add(one.code)
            del waiting[one.code]
    for one in waiting.values():
        said = _("No unit has the code %(code)s, or the line of units comes back to this one.")
        outcome.reject(one.record, "parent", said % {"code": one.parent})


def _make(one, known, outcome, *, store):
    """The new unit, stored only with `store`; None where its work week is not told."""
    parent = known.get(one.parent) if one.parent else None
    if one.parent and parent is None:
        outcome.reject(one.record, "parent", _("The unit of this code was not taken."))
        return None
    pattern = one.pattern or (parent.pattern if parent else "")
    if not pattern:
        outcome.reject(one.record, "pattern", _("A work week has 5 or 6 days."))
        return None
    facts = {
        "code": one.code,
        "name": one.name,
        "short_name": one.short_name or one.name,
        "parent": parent,
        "kind": one.kind or ("division" if parent else "agency"),
        "pattern": pattern,
        "zone": ZONES.get(one.zone) or (parent.zone if parent else Unit.Zone.WIB),
    }
    return Unit.objects.establish(**facts) if store else Unit(**facts)
