"""Who may verify and mark whom: never themselves, their own agency, or their own line of superiors.

Source: domain.md, section 1.
"""

from dataclasses import dataclass
from itertools import chain

from django.utils.translation import gettext as _

from organization import reviewers
from organization.models import Role, Unit, User
from records.refusals import NotAllowed
from records.side_by_side import read_together

UNIT = (Role.ASSESSOR, Role.HEAD)
READERS = (Role.ASSESSOR, Role.HEAD, Role.AUDITOR)


def readable_agencies(person, *, on):
    """The agencies whose months `person` may open: an assessor's scope, all for the head and the auditor."""
    scopes = [person.agencies(role, on=on).values("pk") for role in READERS if person.holds(role, on=on)]
    readable = Unit.objects.none()
    for scope in scopes:
        readable = readable | Unit.objects.filter(pk__in=scope)
    return readable.order_by("name", "pk")


@dataclass(frozen=True)
class Assessor:
    """A member of the assessment unit on one day: where they may verify and mark, and whom they may not."""

    person: User
    agencies: frozenset[int]
    line: frozenset[int]

    @classmethod
    def of(cls, person, *, at, beside=()):
        """Read what `person` may verify at the moment `at`, by the date in their office; one query.

        `beside` are lists filled by the same query.
        """
        on = person.today(at)
        posting = person.posting_on(on)
        own = posting.unit.agency_id if posting else None
        held = [person.agencies(role, on=on) for role in UNIT if person.holds(role, on=on)]
        lists = [agencies.values_list("pk", flat=True) for agencies in held]
        line = reviewers.own_line(person, on=on)
        read_together(line, *lists, *beside)
        return cls(person, frozenset(chain(*lists)) - {own}, frozenset(line))

    def refusal(self, owner_id, agency_id):
        """The sentence that keeps them from judging `owner_id` in that agency's month, or ""."""
        if owner_id == self.person.pk:
            return _("Nobody verifies or marks a month of their own.")
        if agency_id not in self.agencies:
            return _("An assessor judges the agencies assigned to them, and never their own.")
        if owner_id in self.line:
            return _("An assessor judges nobody in their own line of superiors.")
        return ""

    def may_read(self, owner_id):
        """Whether the days of `owner_id` are open to them: not their own, nor those of their own line."""
        return owner_id != self.person.pk and owner_id not in self.line

    def check(self, owner_id, agency_id):
        """Raise NotAllowed, with its sentence, if they may not verify and mark `owner_id` there."""
        if sentence := self.refusal(owner_id, agency_id):
            raise NotAllowed(sentence)
