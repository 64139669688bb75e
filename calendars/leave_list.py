"""A list of leave and duty by NIP: each is added as on the page; what is recorded already is left."""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from calendars.models import Leave, LeaveType
from organization.models import User
from records.refusals import Refusal
from records.sheets.headings import ListColumn, Record
from records.sheets.lists import read_list

LEAVES = [
    ListColumn("nip", "NIP", ("NIP BARU", "NIP PEGAWAI")),
    ListColumn("code", "JENIS CUTI", ("KODE", "KODE CUTI", "JENIS")),
    ListColumn("starts_on", "TANGGAL MULAI", ("TGL MULAI", "MULAI")),
    ListColumn("ends_on", "TANGGAL SELESAI", ("TGL SELESAI", "SELESAI", "SAMPAI")),
    ListColumn("half", "BAGIAN HARI"),
    ListColumn("letter", "NOMOR SURAT", ("SURAT", "NO SURAT")),
]
HALVES = {"": "", "pagi": "am", "siang": "pm"}


@dataclass
class ListedLeave:
    record: Record
    nip: str
    typed: dict

    @property
    def key(self):
        return self.nip, self.typed["starts_on"], self.typed["half"]


@transaction.atomic
def import_leaves(sheets, outcome, *, store, signed=None):
    """Fill `outcome` with what becomes of a list of leave, and return what was added.

    Written only with `store`. Raises Unreadable.
    """
    codes, added = _codes(), []
    listed = read_list(
        sheets,
        LEAVES,
        needed=("nip", "starts_on"),
        keys=("nip",),
        read=lambda cells: _read(cells, codes),
        outcome=outcome,
    )
    people = {person.nip: person for person in User.objects.filter(nip__in={nip for nip, *_ in listed})}
    known = {
        (leave.person_id, leave.code, leave.starts_on, leave.ends_on, leave.half)
        for leave in Leave.objects.standing().filter(person__in=people.values())
    }
    own = {signed.by.pk, signed.approved_by and signed.approved_by.pk} if signed else set()
    for one in listed.values():
        person, typed = people.get(one.nip), one.typed
        if person is None:
            outcome.reject(one.record, "nip", _("Nobody is recorded with this NIP."))
        elif (person.pk, typed["code"], typed["starts_on"], typed["ends_on"], typed["half"]) in known:
            outcome.unchanged += 1
        elif person.pk in own:
            outcome.reject(one.record, "nip", _("Nobody changes their own record."))
        else:
            added += _add(one, person, outcome)
    if not store:
        transaction.set_rollback(True)
    return added if store else []


def _add(one, person, outcome):
    """Add it as the page does, and return it in a list; who brings the list was looked at before."""
    leave = None
    try:
        with transaction.atomic():
            leave = Leave.objects.add(person, by=AnonymousUser(), **one.typed)
    except ValidationError as wrong:
        fields = wrong.message_dict if hasattr(wrong, "error_dict") else {"starts_on": wrong.messages}
        name = next((name for name in fields if name in {column.name for column in LEAVES}), "starts_on")
        outcome.reject(one.record, name, " ".join(fields.get(name) or wrong.messages))
    except Refusal as refused:
        outcome.reject(one.record, "code", str(refused))
    else:
        outcome.imported += 1
    return [leave] if leave else []


def _codes():
    """The code of each leave type by its code and its names, in small letters."""
    found = {}
    for rule in LeaveType.objects.approved():
        found |= dict.fromkeys((rule.scope.lower(), rule.name.lower(), rule.name_en.lower()), rule.scope)
    return found


def _read(cells, codes):
    nip, code = cells.digits("nip"), cells.text("code", missing=_("The type of leave is missing."))
    half = cells.text("half").lower()
    first, last = cells.day("starts_on"), cells.day("ends_on")
    letter = cells.text("letter", longest=100, missing=_("The letter number is missing."))
    if code and code.lower() not in codes:
        cells.wrong("code", _("“%(text)s” is no type of leave.") % {"text": code[:40]})
    if half not in HALVES:
        cells.wrong("half", _("A half day is: pagi or siang."))
    for name, day in (("starts_on", first), ("ends_on", last)):
        if day is None:
            cells.wrong(name, _("The day is missing, or it is not certain."))
    if cells.is_wrong:
        return None
    typed = {"code": codes[code.lower()], "starts_on": first, "ends_on": last, "half": HALVES[half]}
    return ListedLeave(cells.record, nip, typed | {"letter": letter})
