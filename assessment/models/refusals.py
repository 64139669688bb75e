"""Why a verdict or a mark is not taken because somebody, or something, was first."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organization.templatetags.display import decimal2
from records.refusals import Refusal
from records.state import StaleVersion


class FactsChanged(Refusal):
    """The facts of a person's month are no longer those that were shown."""

    sentence = gettext_lazy(
        "The facts of this month have changed since the page was opened. Look at them again."
    )


class AlreadyWithdrawn(Refusal):
    """A verdict is withdrawn once."""

    sentence = gettext_lazy("This verdict has already been withdrawn.")


class AlreadyVerified(StaleVersion):
    """Another assessor was first. Its text names them and their verdict."""

    def __init__(self, verdict):
        text = _("This row has already been verified by %(name)s: %(outcome)s.")
        super().__init__(verdict, text % {"name": verdict.by, "outcome": verdict.get_outcome_display()})


class AlreadyMarked(StaleVersion):
    """Another mark was first. Its text names who gave it, and the mark."""

    def __init__(self, row):
        if row.quality is None:
            super().__init__(row)
            return
        text = _("%(name)s has already confirmed a mark for this person: %(quality)s.")
        super().__init__(row, text % {"name": row.marked_by, "quality": decimal2(row.quality)})
