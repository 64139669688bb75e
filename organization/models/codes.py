"""One-time codes by which a person sets their password: made by HR, good for a day, kept as a digest.

Source: domain.md, section 1; no account has a password that somebody else chose.
"""

import secrets
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organization.models.grants import Grant
from organization.models.people import User
from records.history import tracked
from records.refusals import NotAllowed, NotNow, Refusal, refuse_own

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # no letter that looks like a figure
GROUPS, LETTERS = 3, 4
GOOD_FOR = timedelta(hours=24)


class WrongCode(Refusal):
    """NIP and code do not belong together. It does not tell which of them is known."""

    status = 422
    sentence = gettext_lazy("NIP and code do not belong together. Check both, or ask HR for a new code.")


class CodeUsed(NotNow):
    sentence = gettext_lazy("This code was used already. Sign in, or ask HR for a new code.")


class CodeOver(NotNow):
    sentence = gettext_lazy(
        "This code is no longer good: it is older than 24 hours, or a newer one was made."
    )


def new_code():
    """A code as it is written on paper: ABCD-EFGH-JKLM, of 60 random bits."""
    letters = [secrets.choice(ALPHABET) for _letter in range(GROUPS * LETTERS)]
    return "-".join("".join(letters[at : at + LETTERS]) for at in range(0, len(letters), LETTERS))


def digest_of(code):
    """What is stored of a code; small letters, spaces and dashes do not count."""
    typed = "".join(letter for letter in code.upper() if letter in ALPHABET)
    return salted_hmac("organization.activation_code", typed, algorithm="sha256").hexdigest()


class CodeQuerySet(models.QuerySet):
    def good(self, at):
        """Those that still open an account at the moment `at`."""
        return self.filter(used_at=None, replaced_at=None, expires_at__gt=at)

    def newest_first(self):
        return self.select_related("made_by").order_by("-made_at", "-pk")

    def make(self, person, *, by, at):
        """A new code for one person, shown once; it replaces those before. Raises OwnRecord."""
        return self.make_many([person], by=by, at=at)[0][1]

    @transaction.atomic
    def make_many(self, people, *, by, at):
        """(person, code) for each of `people`, in three statements.

        Raises OwnRecord for oneself, NotAllowed for a technical administrator and for who holds a role and
        has a password: with the code one person could act as both of two.
        """
        for person in people:
            if by is not None:
                refuse_own(person, by=by)
            if person.is_superuser:
                raise NotAllowed(_("A technical account is not opened by a code of HR."))
        if by is not None:
            _refuse_holders_of_roles(people, at)
        self.filter(person__in=people, used_at=None, replaced_at=None).update(replaced_at=at)
        made = [(person, new_code()) for person in people]
        self.bulk_create(
            self.model(
                person=person, digest=digest_of(code), made_by=by, made_at=at, expires_at=at + GOOD_FOR
            )
            for person, code in made
        )
        return made

    def owner_of(self, nip, code):
        """The code's row for this NIP. Raises WrongCode where they do not belong together."""
        found = self.filter(person__nip=nip, digest=digest_of(code)).select_related("person").first()
        if found is None or not found.person.is_active:
            raise WrongCode
        return found

    @transaction.atomic
    def use(self, nip, code, *, password, at):
        """Set the password of the code's owner, once. Raises WrongCode, CodeUsed or CodeOver."""
        found = self.owner_of(nip, code)
        if not self.good(at).filter(pk=found.pk).update(used_at=at):
            found.refresh_from_db()
            raise CodeUsed if found.used_at else CodeOver
        found.person.set_password(password)
        found.person.save(update_fields=["password"])
        return found.person


def _refuse_holders_of_roles(people, at):
    known = [person for person in people if person.has_usable_password()]
    if known and Grant.objects.filter(person__in=known).not_over(timezone.localdate(at)).exists():
        raise NotAllowed(
            _("Who holds a role and has a password gets no code: they ask for a link by mail at sign-in.")
        )


def without_password(people, *, at):
    """Of a queryset of people, those who never set a password and hold no good code at the moment `at`."""
    good = ActivationCode.objects.good(at).filter(person=OuterRef("pk"))
    gone = Q(deactivated_on__isnull=False, deactivated_on__lte=timezone.localdate(at))
    never_set = Q(password="") | Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)
    return people.filter(never_set, is_superuser=False).exclude(gone).exclude(Exists(good))


@tracked(exclude=["digest"])
class ActivationCode(models.Model):
    """A code for one person: who made it for whom, until when it is good, and when it was used.

    Without `made_by` it was printed by `manage.py bootstrap`.
    """

    person = models.ForeignKey(User, models.PROTECT, related_name="activation_codes")
    digest = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    replaced_at = models.DateTimeField(null=True)

    objects = CodeQuerySet.as_manager()

    class Meta:
        ordering = ["person", "pk"]
        verbose_name = gettext_lazy("activation code")
        constraints = [
            models.CheckConstraint(
                name="nobody_makes_a_code_for_themselves",
                condition=Q(made_by__isnull=True) | ~Q(made_by=models.F("person")),
                violation_error_message=gettext_lazy("Nobody makes a code for themselves."),
            ),
            models.CheckConstraint(
                name="a_code_is_good_for_a_day_at_most",
                condition=Q(expires_at__lte=models.F("made_at") + GOOD_FOR),
            ),
        ]

    def __str__(self):
        return f"{self.person}: {self.made_at:%Y-%m-%d %H.%M}"

    def is_good(self, at):
        return self.used_at is None and self.replaced_at is None and at < self.expires_at
