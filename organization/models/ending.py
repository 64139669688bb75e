"""What ends before its last day, or is cancelled because it was typed wrong: one kind of request for both."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import dateformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organization.models.requests import Cancellation

DAY = "D, j M Y"  # as pages write it: Sen, 9 Mar 2026


class Ending(Cancellation):
    """The request to end a row on the earlier day `ends_on`, or, without a day, to cancel it.

    The concrete model declares `person` and the row, and gives the row as `ended`: it has first and last
    day, `end(on)` and `cancel(at=)`.
    """

    ends_on = models.DateField(gettext_lazy("new last day"), null=True, blank=True)

    class Meta(Cancellation.Meta):
        abstract = True

    def clean(self):
        """An end lies before the last day there is, and not before the first."""
        super().clean()
        if self.ends_on and not self.ended.starts_on <= self.ends_on < self.ended.ends_on:
            first, last = (dateformat.format(day, DAY) for day in (self.ended.starts_on, self.ended.ends_on))
            sentence = _("The new last day lies from %(first)s to the day before %(last)s.")
            raise ValidationError({"ends_on": sentence % {"first": first, "last": last}})

    @property
    def title(self):
        """What was asked for; an approved end is said with its day."""
        if self.ends_on is None:
            return super().title
        return _("ended early on %(day)s") % {"day": dateformat.format(self.ends_on, DAY)}

    def take_force(self):
        if self.ends_on is None:
            self.ended.cancel(at=self.decided_at)
        else:
            self.ended.end(self.ends_on)
