"""The address that links for a new password go to: it changes by a link to the new one, used by its owner.

Source: cases D91: asked for with the password, or by HR and a second HR person; the old address is told.
"""

import secrets
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import models, transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organization.models.requests import Requested, RequestedQuerySet, never_about_oneself
from records.history import tracked
from records.refusals import NotNow, refuse_own

GOOD_FOR = timedelta(days=3)
LINKS_A_DAY = 5


class LinkOver(NotNow):
    sentence = gettext_lazy("This link is no longer good. Ask for a new one.")


class AddressRequestQuerySet(RequestedQuerySet):
    @transaction.atomic
    def request(self, person, *, by, address, at):
        """Ask, as HR, that `address` be theirs. Raises OwnRecord, or ValidationError with sentences."""
        refuse_own(person, by=by)
        asked = self.model(person=person, requested_by=by, requested_at=at, address=address)
        asked.full_clean()
        asked.save()
        return asked


@tracked()
class AddressRequest(Requested):
    """The request of HR that a person's address become another: the link counts once it is approved."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    address = models.EmailField(gettext_lazy("new address"))

    objects = AddressRequestQuerySet.as_manager()

    class Meta(Requested.Meta):
        ordering = ["pk"]
        verbose_name = gettext_lazy("e-mail address")
        constraints = [
            *Requested.Meta.constraints,
            never_about_oneself(),
            models.UniqueConstraint(
                name="one_address_of_a_person_waits",
                fields=["person"],
                condition=models.Q(outcome="waiting"),
                violation_error_message=gettext_lazy("A new address waits for a second HR person already."),
            ),
        ]

    def __str__(self):
        return f"{self.person}: {self.address}"


class AddressChangeQuerySet(models.QuerySet):
    @transaction.atomic
    def start(self, person, *, address, at, request=None):
        """(row, key of the link) of a change; links asked for before are over. Raises NotNow."""
        own = self.filter(person=person)
        if own.filter(made_at__gt=at - timedelta(days=1)).count() >= LINKS_A_DAY:
            raise NotNow(_("Five links were sent within a day. Wait until tomorrow."))
        own.filter(confirmed_at=None, expires_at__gt=at).update(expires_at=at)
        key = secrets.token_urlsafe(32)
        row = self.create(
            person=person,
            address=address,
            request=request,
            digest=digest_of(key),
            made_at=at,
            expires_at=at + GOOD_FOR,
        )
        return row, key

    def behind(self, key, *, owner):
        """The change that `owner` is asked to confirm by this link."""
        return self.filter(digest=digest_of(key), person=owner).select_related("person", "request")


@tracked(exclude=["digest"])
class AddressChange(models.Model):
    """A link that was sent to a new address; the address counts from `confirmed_at` on."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    address = models.EmailField()
    request = models.OneToOneField(AddressRequest, models.PROTECT, null=True, related_name="change")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)

    objects = AddressChangeQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = gettext_lazy("change of address")

    def __str__(self):
        return f"{self.person}: {self.address}"

    @transaction.atomic
    def confirm(self, *, at):
        """Let the address count, once. Returns the addresses that counted before. Raises NotNow."""
        if self.request and not self.request.outcome == Requested.Outcome.APPROVED:
            raise NotNow(_("A second HR administrator has not approved this address yet."))
        open_links = type(self).objects.filter(pk=self.pk, confirmed_at=None, expires_at__gt=at)
        if not open_links.update(confirmed_at=at):
            raise LinkOver
        known = EmailAddress.objects.filter(user=self.person)
        before = {self.person.email, *known.filter(verified=True).values_list("email", flat=True)}
        known.delete()
        self.person.email = self.address
        self.person.save(update_fields=["email"])
        return before - {"", self.address}


def digest_of(key):
    """What is stored of a link."""
    return salted_hmac("organization.address_change", key, algorithm="sha256").hexdigest()
