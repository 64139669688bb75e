"""Why a verdict, a mark or a step is not taken. Each text is a sentence for the user."""

from django.utils.translation import gettext as _

from approvals.models.authority import NotAllowed
from records.state import StaleVersion

__all__ = ["AlreadyVerified", "FactsChanged", "NotAllowed", "NotNow", "StaleVersion"]


class NotNow(NotAllowed):
    """The month stands elsewhere, or something blocks the step."""


class FactsChanged(StaleVersion):
    """The facts of a person's month are no longer those that were shown."""

    def __init__(self):
        Exception.__init__(
            self, _("The facts of this month have changed since the page was opened. Look at them again.")
        )


class AlreadyVerified(StaleVersion):
    """Another assessor was first. Its text names him and his verdict."""

    def __init__(self, verdict):
        self.row = verdict
        text = _("This row has already been verified by %(name)s: %(outcome)s.")
        Exception.__init__(self, text % {"name": verdict.by, "outcome": verdict.get_outcome_display()})
