"""A list of people, read cell by cell: the city's own, or that of the national system.

Nothing is stored here. Sources: domain.md, sections 1 and 2; cases.md, D77, D78, D99.
"""

import re
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organization.imports import nip as nips
from organization.imports.columns import PEOPLE
from organization.models import EmploymentStatus, Unit
from records.reach import YEARS_AHEAD, moved
from records.sheets.headings import Record, find_table
from records.sheets.outcome import Cells
from records.sheets.reading import Unreadable

Kind = EmploymentStatus.Kind
KINDS = {
    "PNS": Kind.PNS, "PNS DAERAH": Kind.PNS, "PNS PUSAT": Kind.PNS, "CPNS": Kind.CPNS, "PPPK": Kind.PPPK,
    "P3K": Kind.PPPK, "NON ASN": Kind.NON_ASN,
}  # fmt: skip
IN_SERVICE = {"01", "1", "71"}  # KEDUDUKAN HUKUM of the national system
OUT_OF_SERVICE = {"66", "77", "88", "98", "99"}
RANK = re.compile(r"\b(IV|III|II|I)\s*[/.]\s*([A-E])\b")
CONTRACT_RANK = re.compile(r"\b(XVII|XVI|XV|XIV|XIII|XII|XI|X|IX|VIII|VII|VI|V|IV|III|II|I)$")
ACCOUNT = re.compile(r"[0-9]{5,30}")
NO_NIP = gettext_lazy("Without a NIP this row says of nobody.")


@dataclass
class Arrival:
    """One person as a row of the list says it; empty or None is what it does not say."""

    record: Record
    nip: str
    name: str
    kind: str = ""
    rank: object = None
    ranked_on: date | None = None
    title: str = ""
    number: int | None = None
    is_head: bool = False
    posted_on: date | None = None
    unit: Unit | None = None
    superior: str = ""
    account: str = ""
    bank: str = ""
    doubts: set[str] = field(default_factory=set)
    seat: object = None
    since: date | None = None


def read_people(sheets, outcome, *, units, ranks):
    """The arrivals of a list; `units` an Offices, `ranks` by code. Raises Unreadable."""
    table = find_table(sheets, PEOPLE, needed=("nip", "name"))
    if not {"agency", "unit"} & set(table.columns):
        raise Unreadable(_("The list has no column for the unit: OPD or UNIT KERJA."))
    outcome.notes += _notes(table)
    arrivals, seen = [], {}
    for record in table.records("nip", "name"):
        outcome.read += 1
        arrival = _Person(Cells(record, outcome), units=units, ranks=ranks).read()
        if arrival is None:
            continue
        if first := seen.setdefault(arrival.nip, record.number) if arrival.nip in seen else 0:
            again = _("NIP %(nip)s stands in row %(first)s already. Row %(row)s is not taken.")
            outcome.reject(record, "nip", again % {"nip": arrival.nip, "first": first, "row": record.number})
            continue
        seen[arrival.nip] = record.number
        arrivals.append(arrival)
    return arrivals


def _notes(table):
    """What the list cannot say, because it has no column for it."""
    lacking = {
        "kind": _("The list has no column STATUS: the new people have no status yet."),
        "title": _("The list has no column JABATAN: the new people have no post yet."),
        "posted_on": _("The list has no column TMT JABATAN: the new people have no post yet."),
        "number": _("The list has no column KELAS JABATAN: no post is made that is not there yet."),
        "ranked_on": _("The list has no column TMT GOLONGAN: the new people have no rank yet."),
        "superior": _("The list has no column NIP ATASAN LANGSUNG: new posts have no superior post yet."),
    }
    return [sentence for name, sentence in lacking.items() if name not in table.columns]


class _Person:
    """Reads one row."""

    def __init__(self, cells, *, units, ranks):
        self.cells, self.units, self.ranks = cells, units, ranks

    def read(self):
        """An Arrival, or None where a cell was wrong and the outcome says so."""
        number = self._nip()
        if self.cells.is_wrong:
            return None
        arrival = Arrival(self.cells.record, number, self._name())
        self._birth(number)
        arrival.kind = self._kind(number)
        arrival.rank, arrival.ranked_on = self._rank(arrival.kind)
        arrival.title = self.cells.text("title", longest=150)
        arrival.number = self._class()
        arrival.is_head = bool(self.cells.text("echelon"))
        arrival.posted_on = self._first_day("posted_on")
        arrival.unit = self._unit()
        arrival.superior = self._superior()
        arrival.account = self._account()
        arrival.bank = self.cells.text("bank", longest=60)
        arrival.doubts = self.cells.doubts
        return None if self.cells.is_wrong else arrival

    def _nip(self):
        found = self.cells.digits("nip")
        if not found and not self.cells.is_wrong:
            self.cells.wrong("nip", NO_NIP)
        elif found and not found.isdigit():
            self.cells.wrong("nip", _("“%(text)s” is no NIP: it has 18 digits.") % {"text": found[:40]})
        elif found and len(found) != nips.LENGTH:
            said = _("This NIP has %(found)s digits; a NIP has 18.")
            self.cells.wrong("nip", said % {"found": len(found)})
        elif found and not nips.is_nip(found):
            self.cells.wrong("nip", _("No NIP is like this: birth date, appointment, 1 or 2, three digits."))
        return found

    def _name(self):
        name = self.cells.text("name", missing=_("The name is missing."))
        before, behind = self.cells.text("before"), self.cells.text("behind")
        whole = ", ".join(filter(None, [" ".join(filter(None, [before, name])), behind]))
        if len(whole) > 150:
            self.cells.wrong("name", _("Longer than %(longest)s letters.") % {"longest": 150})
        return whole

    def _birth(self, number):
        born = nips.born(number)
        found = self.cells.day("born", agrees=lambda day: day == born)
        if found and found != born:
            self.cells.doubt("born", _("The NIP says another birth date. That of the NIP holds."))

    def _kind(self, number):
        said = re.sub(r"[^A-Z0-9]+", " ", self.cells.text("kind").upper()).strip()
        standing = self.cells.text("standing")
        if standing in OUT_OF_SERVICE:
            self.cells.wrong("standing", _("Who left the service is not imported."))
        elif standing and standing not in IN_SERVICE:
            self.cells.doubt(
                "standing", _("Code %(code)s is no service as usual. Check it.") % {"code": standing}
            )
        if not said:
            return ""
        if said not in KINDS:
            self.cells.wrong(
                "kind", _("“%(text)s” is no status: PNS, CPNS, PPPK or non-ASN.") % {"text": said[:40]}
            )
            return ""
        kind = Kind.CPNS if self.cells.text("candidate").upper() == "C" else KINDS[said]
        if kind != Kind.NON_ASN and (kind == Kind.PPPK) != nips.is_contract(number):
            self.cells.doubt("kind", _("The NIP is not that of such a status. Check both."))
        return kind

    def _rank(self, kind):
        said = self.cells.text("rank").upper()
        if not said:
            return None, None
        rank = self.ranks.get(rank_code(said))
        if rank is None:
            self.cells.wrong("rank", _("“%(text)s” is no rank.") % {"text": said[:40]})
        elif kind and rank.scheme != ("PPPK" if kind == Kind.PPPK else "PNS"):
            self.cells.wrong("rank", _("This rank does not belong to that status."))
        return rank, self._first_day("ranked_on")

    def _class(self):
        number = self.cells.whole("number")
        if number is not None and not 1 <= number <= 17:
            self.cells.wrong("number", _("A job class is a number from 1 to 17."))
        return number

    def _first_day(self, name):
        found = self.cells.day(name)
        if found and found > moved(timezone.localdate(), YEARS_AHEAD):
            self.cells.wrong(name, _("This lies more than a year ahead. Check the year."))
        return found

    def _unit(self):
        """The unit of the row: the part where it is named, else the agency."""
        agency, part = self.cells.text("agency"), self.cells.text("unit")
        place = "unit" if part else "agency" if "agency" in self.cells.record.table.columns else "unit"
        if not agency and not part:
            self.cells.wrong(place, _("The unit is missing."))
            return None
        unit, sentence = self.units.find(agency, part)
        if unit is None:
            self.cells.wrong("agency" if agency and not self.units.knows(agency) else place, sentence)
        return unit

    def _superior(self):
        """The NIP of the superior; what is no NIP leaves it empty, with a warning."""
        found = self.cells.digits("superior", may_lack=True)
        if found and not nips.is_nip(found):
            self.cells.doubt("superior", _("This is no NIP; no superior is recorded."))
            return ""
        return found

    def _account(self):
        found = self.cells.digits("account", may_lack=True).replace("-", "").replace(".", "")
        if found and not ACCOUNT.fullmatch(found):
            self.cells.doubt("account", _("This is no account number; none is stored."))
            return ""
        return found


def rank_code(said):
    """A rank as the list of ranks writes it: III/c, IX."""
    if match := RANK.search(said):
        return f"{match[1]}/{match[2].lower()}"
    match = CONTRACT_RANK.search(said)
    return match[1] if match else said
