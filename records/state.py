"""One way for a status to move, for every model that has one."""

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records.refusals import Refusal


class InvalidTransition(Refusal):
    """The table of the model forbids this move."""

    def __init__(self, row, wanted, sentence=""):
        self.row, self.wanted = row, wanted
        now = _("This cannot be done now: its status is “%(now)s”.") % {"now": row.get_status_display()}
        super().__init__(sentence or now)


class StaleVersion(Refusal):
    """Somebody changed the row since it was read."""

    sentence = gettext_lazy(
        "Somebody has changed or decided this in the meantime. Look at its newest form below."
    )

    def __init__(self, row, sentence=""):
        self.row = row
        super().__init__(sentence)


class Versioned(models.Model):
    """A row that changes only as it was seen: each change counts its version up."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True

    def change(self, *, version=None, **fields):
        """Set `fields` if the row still has the version that was read.

        `version` is the one the person saw; without it, the one this object was loaded with.
        Of two people who act on one row at the same moment exactly one succeeds.

        Raises StaleVersion if it changed since.
        """
        version = self.version if version is None else version
        rows = type(self)._base_manager.filter(pk=self.pk, version=version)
        if not rows.update(version=version + 1, **fields):
            raise StaleVersion(self)
        self.refresh_from_db()


class Stateful(Versioned):
    """A row whose status moves only along TRANSITIONS.

    The concrete model declares `Status`, a `status` field and
    `TRANSITIONS = {from_status: {to_status, ...}}`, with every status as a key.
    """

    class Meta:
        abstract = True

    @property
    def shown_status(self):
        """The status as its choice, with word, shape and tone."""
        return self.Status(self.status)

    def move_to(self, status, *, version=None, **fields):
        """Move to `status` and set `fields` with it, as `change` does.

        Raises InvalidTransition if the table forbids the move, StaleVersion if the row changed since.
        """
        if status not in self.TRANSITIONS[self.status]:
            raise InvalidTransition(self, status)
        self.change(version=version, status=status, **fields)
