"""People, and what each may do on a day."""

from zoneinfo import ZoneInfo

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from pgtrigger import Delete

from organization.imports.nip import born
from organization.models.employment import EmploymentStatus
from organization.models.grants import Grant, Role
from organization.models.placements import RELATED, Placement
from organization.models.posts import Post, PostTerm
from organization.models.structure import Unit
from records.history import refusal, tracked
from records.prepared import Prepared
from records.side_by_side import read_together
from records.typed import TypedLine

NIP = r"^[0-9]{14}[12][0-9]{3}$"
CITY_ZONE = "Asia/Jakarta"


class UserQuerySet(models.QuerySet):
    def readable_by(self, reader, *, on):
        """People whose master data `reader` may read on the day `on`: all for the auditor, HR's in scope.

        HR of an agency has those posted there on that day. One's own page is the profile. Source:
        domain.md, section 1.
        """
        if reader.holds(Role.AUDITOR, on=on):
            return self.all()
        return self._in_scope_of(reader, on=on)

    def administered_by(self, reader, *, on):
        """People whose master data HR administrator `reader` may change on the day `on`; see refuse_own."""
        return self._in_scope_of(reader, on=on)

    def matching(self, text):
        """People whose name holds `text`, or whose NIP begins with it; spaces in a NIP do not count."""
        digits = "".join(text.split())
        found = models.Q(name__icontains=text)
        return self.filter(found | models.Q(nip__startswith=digits) if digits.isdigit() else found)

    def with_posting_on(self, day):
        """Each with `postings_then` and `statuses_then`: lists of what holds on `day`; two queries."""
        postings = Placement.objects.on(day).select_related(*RELATED)
        return self.prefetch_related(
            models.Prefetch("placements", postings, to_attr="postings_then"),
            models.Prefetch("statuses", EmploymentStatus.objects.on(day), to_attr="statuses_then"),
        )

    def holding(self, role, *, agency, on):
        """Who holds the granted `role` for the agency (an id) on the day `on`.

        A head of assessment is one for every agency; an assessor never for their own.
        """
        held = Grant.objects.on(on).filter(role=role)
        if role != Role.HEAD:
            held = held.filter(Q(unit=None) | Q(unit__agency=agency))
        gone = Q(deactivated_on__isnull=False, deactivated_on__lte=on)
        found = self.filter(~gone, pk__in=held.values("person"))
        if role != Role.ASSESSOR:
            return found
        own = Placement.objects.on(on).filter(unit__agency=agency)
        return found.exclude(pk__in=own.values("person"))

    def posted_in(self, agency, *, on):
        """Those posted somewhere in the agency on the day `on`."""
        here = Placement.objects.on(on).filter(unit__agency=agency)
        return self.filter(pk__in=here.values("person"))

    def by_name(self):
        """In a total order, so that the pages of a list hold everyone once."""
        return self.order_by(Lower("name"), "pk")

    def _in_scope_of(self, reader, *, on):
        if reader.holds_citywide(Role.HR, on=on):
            return self.all()
        agencies = reader.agencies(Role.HR, on=on).order_by()
        here = Placement.objects.on(on).filter(unit__agency__in=agencies)
        return self.filter(pk__in=here.values("person"))


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    def create_user(self, nip, password=None, **fields):
        """A person who can sign in; without a password, only after one is set."""
        user = self.model(nip=nip, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, nip, password=None, **fields):
        """The technical administrator; a superuser has no role in the product."""
        return self.create_user(nip, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, nip):
        return self.get(nip=nip)


@tracked(exclude=["password", "last_login"])
class User(AbstractBaseUser, PermissionsMixin):
    """A person, known by the NIP: 18 digits as text. Deactivated by date, never deleted.

    Source: domain.md, section 1.
    """

    nip = models.CharField(
        "NIP",
        max_length=18,
        unique=True,
        validators=[RegexValidator(NIP, gettext_lazy("A NIP has 18 digits; the 15th is 1 or 2."))],
        error_messages={"unique": gettext_lazy("This NIP is already registered.")},
    )
    name = TypedLine(gettext_lazy("name"), max_length=150)
    email = models.EmailField(gettext_lazy("email"), blank=True)
    is_staff = models.BooleanField(default=False)
    deactivated_on = models.DateField(gettext_lazy("deactivated on"), null=True, blank=True)

    objects = UserManager()
    USERNAME_FIELD = "nip"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = gettext_lazy("employee")
        triggers = [refusal("people_are_never_deleted", Delete)]
        constraints = [
            models.CheckConstraint(
                name="nip_has_18_digits",
                condition=Q(nip__regex=NIP),
                violation_error_message=gettext_lazy("A NIP has 18 digits; the 15th is 1 or 2."),
            )
        ]

    def __str__(self):
        return self.name

    @property
    def birth_date(self):
        """As the NIP tells it."""
        return born(self.nip)

    @property
    def is_active(self):
        return self.deactivated_on is None or self.deactivated_on > timezone.localdate()

    def get_full_name(self):
        return self.name

    def posting_on(self, day):
        """The Placement that holds on `day`: their post, and its unit and agency as they were; or None."""
        return next((posting for posting in self.postings_held if posting.holds_on(day)), None)

    @cached_property
    def postings_held(self):
        """All their definitive postings, each once for each of the terms that its post had; read once.

        `leads` tells whether a post reports to it, `has_letters` whether a letter has ever
        named them, by which they may act for other posts.
        """
        return self._own(_POSTINGS.of(self.pk))

    def read_standing(self, beside=()):
        """Read at once what every page asks of who opens it: their postings, and their grants of any day.

        `beside` are lists filled by the same query.
        """
        postings, grants = _POSTINGS.of(self.pk), _GRANTS.of(self.pk)
        read_together(postings, grants, *beside)
        self.postings_held, self._grants_held = self._own(postings), self._own(grants)

    def _own(self, rows):
        rows = list(rows)
        for row in rows:
            row.person = self
        return rows

    def office_zone(self):
        """The time zone of the office where they are posted now, else the city's."""
        posting = self.posting_on(timezone.localdate(timezone=ZoneInfo(CITY_ZONE)))
        return ZoneInfo(posting.unit.zone if posting else CITY_ZONE)

    def today(self, at=None):
        """The date in their office at the moment `at` (now)."""
        return timezone.localdate(at or timezone.now(), timezone=self.office_zone())

    def roles_on(self, day):
        """Values of Role granted on `day`, with "supervisor" where posts stand below theirs; read once."""
        if day not in self._roles:
            self._roles[day] = self._find_roles(day)
        return self._roles[day]

    @cached_property
    def _roles(self):
        return {}

    def _find_roles(self, day):
        roles = {grant.role for grant in self.grants_on(day)}
        if self._has_posts_below(day):
            roles.add(Role.SUPERVISOR.value)
        return frozenset(roles)

    def _has_posts_below(self, day):
        """Whether a post reports to one they act for; a vacant one below them is itself acted for."""
        own, below, _next = self.levels_on(day)
        if below or len(own) < 2:
            return bool(below)
        return PostTerm.objects.on(day).filter(superior__in=own).exists()

    def levels_on(self, day, beside=()):
        """Ids of the posts they act for on `day`, that report to those, and to these; read once.

        `beside` are lists filled by the same query, where one is asked.
        """
        if day not in self._levels:
            known = self._only_level(day)
            self._levels[day] = known or Post.objects.levels_below(self, on=day, beside=beside)
        return self._levels[day]

    def _only_level(self, day):
        """Those levels, not asked for, where they hold one post, lead nobody, and act nowhere else."""
        posting = self.posting_on(day)
        if posting is None or self.deactivated_on or self.holds(Role.AUDITOR, on=day):
            return None
        return None if posting.leads or posting.has_letters else [[posting.post_id], [], []]

    @cached_property
    def _levels(self):
        return {}

    def grants_on(self, day):
        """Their role grants that hold on `day`, with their units; read once."""
        if day not in self._grants:
            known = self._grants_held
            held = self.grants.select_related("unit").on(day) if known is None else known
            self._grants[day] = [grant for grant in held if grant.holds_on(day)]
        return self._grants[day]

    _grants_held = None

    @cached_property
    def _grants(self):
        return {}

    def holds(self, role, *, on):
        """Whether they hold `role` on that day; a granted one is told without looking at posts."""
        granted = any(grant.role == str(role) for grant in self.grants_on(on))
        return granted if role != Role.SUPERVISOR else str(role) in self.roles_on(on)

    def holds_citywide(self, role, *, on):
        """Whether they hold `role` on that day for the whole city, not for a unit."""
        return any(grant.role == role and grant.unit_id is None for grant in self.grants_on(on))

    def agencies(self, role, *, on):
        """Agencies in the scope of their grants of `role` on that day; an assessor never has their own.

        Source: domain.md, section 1.
        """
        units = [grant.unit for grant in self.grants_on(on) if grant.role == role]
        agencies = Unit.objects.agencies()
        if None not in units:
            agencies = agencies.filter(pk__in=[unit.agency_id for unit in units])
        if role == Role.ASSESSOR:
            agencies = agencies.exclude(pk=self._agency_on(on))
        return agencies if units else agencies.none()

    def covers(self, role, agency_id, *, on):
        """Whether that agency is one of these; told without reading them."""
        units = [grant.unit for grant in self.grants_on(on) if grant.role == role]
        held = any(unit is None or unit.agency_id == agency_id for unit in units)
        return held and not (role == Role.ASSESSOR and agency_id == self._agency_on(on))

    def _agency_on(self, day):
        posting = self.posting_on(day)
        return posting.unit.agency_id if posting else None


def _postings_with_posts(pk):
    found = Placement.objects.filter(person=pk).select_related(*RELATED).order_by("starts_on", "key")
    letters = User._meta.get_field("letters").related_model.objects.filter(person=OuterRef("person"))
    below = PostTerm.objects.filter(superior=OuterRef("post"))
    return found.annotate(leads=Exists(below), has_letters=Exists(letters))


_POSTINGS = Prepared(_postings_with_posts)
_GRANTS = Prepared(lambda pk: Grant.objects.filter(person=pk).select_related("unit"))
