"""A list of tariffs: rules of one class each, drafted by one and approved by another of finance."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from organization.models import Tariff
from records.sheets.headings import ListColumn, Record
from records.sheets.lists import read_list
from records.sheets.reading import Unreadable

TARIFFS = [
    ListColumn("number", "KELAS JABATAN", ("KELAS",)),
    ListColumn("ceiling_rupiah", "PAGU", ("TARIF", "BESARAN", "PAGU RUPIAH")),
    ListColumn("valid_from", "BERLAKU SEJAK", ("BERLAKU MULAI", "TMT")),
    ListColumn("decree", "PERATURAN", ("DASAR HUKUM", "PERWALI")),
    ListColumn("article", "PASAL"),
    ListColumn("reason", "ALASAN"),
]


@dataclass
class ListedTariff:
    record: Record
    tariff: Tariff

    @property
    def key(self):
        return self.tariff.scope, self.tariff.valid_from


def import_tariffs(sheets, outcome, *, store, signed=None):
    """Fill `outcome` with what becomes of a list of tariffs; written only with `store`. Raises Unreadable.

    What is approved from the same day already is left as it is.
    """
    if signed is None and store:
        raise Unreadable(_("A tariff is drafted by one and approved by another: name both."))
    needed = ("number", "ceiling_rupiah", "valid_from")
    listed = read_list(sheets, TARIFFS, needed=needed, keys=("number",), read=_read, outcome=outcome)
    known = {(rule.scope, rule.valid_from): rule for rule in Tariff.objects.approved()}
    new = []
    for key, one in listed.items():
        if key not in known:
            new.append(one.tariff)
        else:
            outcome.unchanged += 1
            if known[key].ceiling_rupiah != one.tariff.ceiling_rupiah:
                outcome.warn(one.record, "ceiling_rupiah", _("Recorded otherwise, and left so."))
    outcome.imported = len(new)
    if store:
        for tariff in new:
            tariff.drafted_by, tariff.approved_by = signed.by, signed.approved_by
            tariff.status, tariff.approved_at = Tariff.Status.APPROVED, timezone.now()
        Tariff.objects.bulk_create(new)


def _read(cells):
    number, ceiling, first = cells.whole("number"), cells.whole("ceiling_rupiah"), cells.day("valid_from")
    tariff = Tariff(
        scope=str(number or ""),
        ceiling_rupiah=ceiling,
        valid_from=first,
        decree=cells.text("decree"),
        article=cells.text("article"),
        reason=cells.text("reason"),
    )
    if first and first <= timezone.localdate() and not tariff.reason:
        cells.wrong("reason", _("A rule from today or earlier needs a reason."))
    try:
        tariff.full_clean(exclude=["drafted_by", "approved_by", "approved_at", "status"])
    except ValidationError as wrong:
        for name, sentences in wrong.message_dict.items():
            column = {"scope": "number", "__all__": "number"}.get(name, name)
            cells.wrong(column, " ".join(sentences))
    return None if cells.is_wrong else ListedTariff(cells.record, tariff)
