"""A list that one HR person sent: read by the worker, approved by another, then stored by the worker.

The file is kept, encrypted, only while it waits. Source: domain.md, section 1 (two people).
"""

from base64 import b64decode, b64encode
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from encrypted_fields.fields import EncryptedTextField

from organization.models.arrivals import Signed
from organization.models.grants import Role
from organization.models.requests import Requested, RequestedQuerySet
from records.history import tracked
from records.refusals import NotNow
from records.sheets.outcome import ListOutcome
from records.sheets.reading import Unreadable, read_sheets
from records.typed import TypedLine

SHOWN = 500  # sentences kept of each sort


class ListImportQuerySet(RequestedQuerySet):
    def within(self, reader, *, on):
        """Lists are of the whole city: HR of the city alone."""
        return self if reader.holds_citywide(Role.HR, on=on) else self.none()

    def not_about(self, reader):
        return self

    def send(self, kind, *, name, content, by):
        """Keep a file for the worker. Raises ValidationError where the same waits already."""
        digest = sha256(content).hexdigest()
        if self.waiting().filter(kind=kind, digest=digest).exists():
            raise ValidationError({"file": _("This file waits for a second HR person already.")})
        return self.create(
            kind=kind,
            file_name=name[-150:],
            digest=digest,
            content=b64encode(content).decode(),
            requested_by=by,
            requested_at=timezone.now(),
        )

    def unfinished(self):
        """What the worker still has to read or to store."""
        unread = Q(outcome=Requested.Outcome.WAITING, found__isnull=True, unreadable="")
        return self.filter(unread | Q(outcome=Requested.Outcome.APPROVED, stored__isnull=True))


@tracked(exclude=["content"])
class ListImport(Requested):
    """One list; `found` is what its preview says, `stored` what became of it, both as ListOutcome says it."""

    kind = models.CharField(gettext_lazy("list"), max_length=20)
    file_name = TypedLine(gettext_lazy("file"), max_length=150)
    digest = models.CharField(max_length=64)
    content = EncryptedTextField(null=True)
    found = models.JSONField(null=True)
    unreadable = models.TextField(blank=True)
    stored = models.JSONField(null=True)
    stored_at = models.DateTimeField(null=True)

    objects = ListImportQuerySet.as_manager()

    class Meta(Requested.Meta):
        ordering = ["-pk"]
        verbose_name = gettext_lazy("list to import")
        constraints = [
            *Requested.Meta.constraints,
            models.UniqueConstraint(
                name="one_list_of_the_same_content_waits",
                fields=["kind", "digest"],
                condition=Q(outcome="waiting"),
                violation_error_message=gettext_lazy("This file waits for a second HR person already."),
            ),
        ]

    def __str__(self):
        return self.file_name

    @property
    def is_read(self):
        return self.found is not None or bool(self.unreadable)

    @property
    def is_at_work(self):
        """Whether the worker still has to do something with it."""
        return (self.is_waiting and not self.is_read) or (
            self.outcome == self.Outcome.APPROVED and self.stored is None
        )

    @property
    def shown(self):
        """What is known of it now: what was stored, else what was found."""
        return self.stored or self.found

    def read(self, take):
        """Look what would become of the list, once. `take` is the import of its kind."""
        row = type(self).objects.filter(pk=self.pk, found__isnull=True, unreadable="").first()
        if row is None or not row.is_waiting:
            return
        try:
            told = {"found": row._taken(take, store=False, tell=lambda done, of: None)}
        except Unreadable as refused:
            told = {"unreadable": str(refused)}
        type(self).objects.filter(pk=self.pk, found__isnull=True).update(**told)

    @transaction.atomic
    def store(self, take, *, tell):
        """Store the list once it is approved. Safe to call twice: the second call finds it stored."""
        row = type(self).objects.select_for_update(no_key=True).get(pk=self.pk)
        if row.outcome != self.Outcome.APPROVED or row.stored is not None:
            return
        row.stored, row.stored_at, row.content = row._taken(take, store=True, tell=tell), timezone.now(), None
        row.save(update_fields=["stored", "stored_at", "content"])

    def _taken(self, take, *, store, tell):
        outcome = ListOutcome(tell=tell)
        signed = Signed(self.requested_by, self.decided_by, self.file_name)
        take(read_sheets(b64decode(self.content)), outcome, store=store, signed=signed)
        return outcome.as_kept(SHOWN)

    def _decide(self, outcome, *, by, at, **fields):
        if outcome == self.Outcome.APPROVED and not self.is_read:
            raise NotNow(_("The list is still being read. Look at its preview first."))
        if outcome == self.Outcome.APPROVED and self.unreadable:
            raise NotNow(_("This file cannot be read. Refuse it, or let who sent it take it back."))
        super()._decide(outcome, by=by, at=at, **fields)

    def _end(self, **fields):
        """What came to nothing is forgotten: the file holds names and accounts."""
        is_approved = fields["outcome"] == self.Outcome.APPROVED
        return super()._end(**fields, **({} if is_approved else {"content": None}))
