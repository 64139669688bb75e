"""Where a run and its shares may stand, and which statuses of a run show its lines to whom."""

from django.utils.translation import gettext_lazy

from records.looks import GOOD, NEEDED, PLAIN, REFUSED, ShownChoices


class RunStatus(ShownChoices):
    """Where a run stands, in the order of its way."""

    DRAFT = "draft", "s-draf", PLAIN, gettext_lazy("draft")
    REQUESTED = "requested", "s-tunggu", PLAIN, gettext_lazy("requested")
    COMPUTED = "computed", "s-terbit", PLAIN, gettext_lazy("computed")
    CHECKED = "checked", "s-diperiksa", GOOD, gettext_lazy("checked")
    RELEASED = "released", "s-disetujui", GOOD, gettext_lazy("released")
    PAID = "paid", "centang", GOOD, gettext_lazy("paid")
    CANCELLED = "cancelled", "s-ditolak", REFUSED, gettext_lazy("cancelled")


class ShareState(ShownChoices):
    """Where the computation of one agency stands."""

    WAITING = "waiting", "s-tunggu", PLAIN, gettext_lazy("requested, not started yet")
    COMPUTING = "computing", "s-tunggu", PLAIN, gettext_lazy("being computed")
    INTERRUPTED = "interrupted", "awas", NEEDED, gettext_lazy("interrupted; request it again to resume")
    FAILED = "failed", "awas", NEEDED, gettext_lazy("not computed")
    DONE = "done", "centang", GOOD, gettext_lazy("computed")


WHOLE = (RunStatus.COMPUTED, RunStatus.CHECKED, RunStatus.RELEASED, RunStatus.PAID)  # computed in full
SHOWN = (RunStatus.RELEASED, RunStatus.PAID)  # to those whom it pays
TRANSITIONS = {
    RunStatus.DRAFT: {RunStatus.REQUESTED, RunStatus.CANCELLED},
    RunStatus.REQUESTED: {RunStatus.COMPUTED, RunStatus.CANCELLED},
    RunStatus.COMPUTED: {RunStatus.CHECKED, RunStatus.DRAFT, RunStatus.CANCELLED},
    RunStatus.CHECKED: {RunStatus.RELEASED, RunStatus.DRAFT, RunStatus.CANCELLED},
    RunStatus.RELEASED: {RunStatus.PAID},
    RunStatus.PAID: set(),
    RunStatus.CANCELLED: set(),
}
