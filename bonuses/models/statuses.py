"""Where a run may stand, and which of its statuses show its lines to whom."""

from django.db import models
from django.utils.translation import gettext_lazy


class RunStatus(models.TextChoices):
    """Where a run stands, in the order of its way."""

    DRAFT = "draft", gettext_lazy("draft")
    REQUESTED = "requested", gettext_lazy("requested")
    COMPUTED = "computed", gettext_lazy("computed")
    CHECKED = "checked", gettext_lazy("checked")
    RELEASED = "released", gettext_lazy("released")
    PAID = "paid", gettext_lazy("paid")
    CANCELLED = "cancelled", gettext_lazy("cancelled")


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
