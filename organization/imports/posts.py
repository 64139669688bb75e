"""A list of posts with their superiors: new ones are made, known ones are left as they are."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organization.imports.families import families_of
from organization.imports.offices import Offices
from organization.models import JobClass, Level, PostTerm, Unit
from organization.models.arrivals import PlannedSeat, hold_imports, make_posts
from records.sheets.headings import ListColumn, Record
from records.sheets.lists import read_list

POSTS = [
    ListColumn("title", "JABATAN", ("NAMA JABATAN",)),
    ListColumn("agency", "OPD", ("SKPD", "PERANGKAT DAERAH")),
    ListColumn("unit", "UNIT KERJA", ("UNIT", "SUBUNIT", "BIDANG SUBUNIT", "UNOR NAMA", "KODE UNIT")),
    ListColumn("number", "KELAS JABATAN", ("KELAS",)),
    ListColumn("level", "JENJANG"),
    ListColumn("several", "BEBERAPA PEMANGKU"),
    ListColumn("superior", "JABATAN ATASAN", ("ATASAN",)),
    ListColumn("superior_unit", "UNIT ATASAN"),
]
LEVELS = {
    "staf": Level.STAFF, "pelaksana": Level.STAFF, "pengawas": Level.SUPERVISOR,
    "administrator": Level.ADMINISTRATOR, "pimpinan": Level.EXECUTIVE, "pimpinan tinggi": Level.EXECUTIVE,
}  # fmt: skip
YES_OR_NO = {"": None, "ya": True, "tidak": False}


@dataclass
class ListedPost:
    """One post as a row of the list says it; `above` is the seat of its superior once that is known."""

    record: Record
    seat: PlannedSeat
    superior: str
    superior_unit: Unit | None = None
    is_known: bool = False
    done: bool = field(default=False)

    @property
    def key(self):
        return self.seat.unit.pk, _plain(self.seat.title)


def _plain(title):
    return " ".join(title.casefold().split())


@transaction.atomic
def import_posts(sheets, outcome, *, store, signed=None):
    """Fill `outcome` with what becomes of a list of posts; written only with `store`. Raises Unreadable.

    A post that is recorded already is left as it is, also where two have `signed`.
    """
    if store:
        hold_imports()
    units, classes = Offices(Unit.objects.all()), {row.number: row for row in JobClass.objects.all()}
    listed = read_list(
        sheets,
        POSTS,
        needed=("title", "number"),
        keys=("title",),
        read=lambda cells: _read(cells, units, classes),
        outcome=outcome,
    )
    seats = _standing()
    for one in listed.values():
        one.is_known = one.key in seats
        seats.setdefault(one.key, []).append(one.seat) if not one.is_known else None
    new = [one for one in listed.values() if not one.is_known]
    outcome.unchanged = len(listed) - len(new)
    taken = [one for one in new if _find_superior(one, seats, outcome)]
    taken = _without_cycles(taken, outcome)
    outcome.imported = len(taken)
    if store:
        make_posts([one.seat for one in taken])


def _read(cells, units, classes):
    title = cells.text("title", longest=150, missing=_("The title is missing."))
    number, level = cells.whole("number"), cells.text("level").lower()
    agency, part = cells.text("agency"), cells.text("unit")
    unit = _unit(cells, units, agency, part, place="unit" if part else "agency")
    several = cells.text("several").lower()
    superior, superior_unit = cells.text("superior"), cells.text("superior_unit")
    if number not in classes:
        cells.wrong("number", _("A job class is a number from 1 to 17."))
    if level and level not in LEVELS:
        cells.wrong("level", _("A level is: staf, pengawas, administrator or pimpinan."))
    if several not in YES_OR_NO:
        cells.wrong("several", _("Write ya or tidak."))
    above = _unit(cells, units, "", superior_unit, place="superior_unit") if superior_unit else None
    if cells.is_wrong:
        return None
    level = LEVELS.get(level) or classes[number].level
    if YES_OR_NO[several] and level != Level.STAFF:
        cells.wrong("several", _("A post that leads has one holder at a time."))
        return None
    sole = level != Level.STAFF or YES_OR_NO[several] is False
    seat = PlannedSeat(title, unit, classes[number], level, sole, families_of(title))
    return ListedPost(cells.record, seat, superior, above)


def _unit(cells, units, agency, part, *, place):
    if not agency and not part:
        cells.wrong(place, _("The unit is missing."))
        return None
    unit, sentence = units.find(agency, part)
    if unit is None:
        cells.wrong(place, sentence)
    return unit


def _standing():
    """The seats of the posts that are recorded, by unit and title."""
    found = defaultdict(list)
    for term in PostTerm.objects.known(timezone.localdate()).select_related("post", "unit"):
        seat = PlannedSeat(term.post.title, term.unit, sole=term.post.sole, post=term.post)
        found[term.unit_id, _plain(term.post.title)].append(seat)
    return found


def _find_superior(one, seats, outcome):
    """Whether the superior of the row is told and found: in its unit, else in its agency, once."""
    if not one.superior:
        return True
    title = _plain(one.superior)
    if one.superior_unit:
        found = seats.get((one.superior_unit.pk, title), [])
    else:
        agency = one.seat.unit.agency_id
        found = seats.get((one.seat.unit.pk, title)) or [
            seat for (_unit, called), some in seats.items() if called == title for seat in some
            if seat.unit.agency_id == agency
        ]  # fmt: skip
    if len(found) == 1:
        one.seat.superior = found[0]
        return True
    sentence = (
        _("Several posts are called “%(title)s”. Write the unit of the superior post.")
        if found
        else _("The post “%(title)s” is not known.")
    )
    outcome.reject(one.record, "superior", sentence % {"title": one.superior})
    return False


def _without_cycles(listed, outcome):
    """The posts whose line of superiors ends at a post that stands, or at none; the others are rejected."""
    seats, kept = {id(one.seat) for one in listed}, []
    for one in listed:
        met, seat = set(), one.seat
        while seat is not None and seat.post is None and id(seat) in seats and id(seat) not in met:
            met.add(id(seat))
            seat = seat.superior
        if seat is None or seat.post is not None:
            kept.append(one)
        else:
            outcome.reject(one.record, "superior", _("The line of superiors of this post does not end."))
    return kept
