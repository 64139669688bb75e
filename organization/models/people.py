"""People, their status and rank by date."""

from zoneinfo import ZoneInfo

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from pgtrigger import Delete

from organization.history import refusal, tracked
from organization.periods import Period, span

NIP = r"^[0-9]{14}[12][0-9]{3}$"
CITY_ZONE = "Asia/Jakarta"


class UserManager(BaseUserManager):
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
    name = models.CharField(gettext_lazy("name"), max_length=150)
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
    def is_active(self):
        return self.deactivated_on is None or self.deactivated_on > timezone.localdate()

    def get_full_name(self):
        return self.name

    def posting_on(self, day):
        """The definitive posting that holds on `day`, with its post, unit and agency, or None."""
        if day not in self._postings:
            related = ("post__unit__agency", "post__superior", "post__job_class")
            self._postings[day] = self.postings.select_related(*related).on(day).first()
        return self._postings[day]

    @cached_property
    def _postings(self):
        return {}

    def office_zone(self):
        """The time zone of the office where he is posted now, else the city's."""
        posting = self.posting_on(timezone.localdate(timezone=ZoneInfo(CITY_ZONE)))
        return ZoneInfo(posting.post.unit.zone if posting else CITY_ZONE)

    def today(self, at=None):
        """The date in his office at the moment `at` (now)."""
        return timezone.localdate(at or timezone.now(), timezone=self.office_zone())

    def roles_on(self, day):
        """Values of Role granted on `day`, with "supervisor" where posts stand below his; read once."""
        if day not in self._roles:
            self._roles[day] = self._find_roles(day)
        return self._roles[day]

    @cached_property
    def _roles(self):
        return {}

    def _find_roles(self, day):
        from organization.models.grants import Role
        from organization.models.structure import Post

        roles = set(self.grants.on(day).values_list("role", flat=True))
        if Post.objects.filter(superior__in=Post.objects.acted_for_by(self, on=day)).exists():
            roles.add(Role.SUPERVISOR.value)
        return frozenset(roles)

    def holds(self, role, *, on):
        return str(role) in self.roles_on(on)

    def agencies(self, role, *, on):
        """Agencies in the scope of his grants of `role` on that day; an assessor never has his own.

        Source: domain.md, section 1.
        """
        from organization.models.grants import Role
        from organization.models.structure import Unit

        scopes = list(self.grants.on(on).filter(role=role).values_list("unit__agency", flat=True))
        agencies = Unit.objects.agencies()
        if None not in scopes:
            agencies = agencies.filter(pk__in=scopes)
        posting = self.posting_on(on)
        if role == Role.ASSESSOR and posting:
            agencies = agencies.exclude(pk=posting.post.unit.agency_id)
        return agencies if scopes else agencies.none()


@tracked()
class Status(Period):
    """What a person is by law, from a day to a day; one at a time."""

    class Kind(models.TextChoices):
        PNS = "PNS", gettext_lazy("PNS")
        CPNS = "CPNS", gettext_lazy("CPNS (probation)")
        PPPK = "PPPK", gettext_lazy("PPPK")
        NON_ASN = "NON_ASN", gettext_lazy("non-ASN")
        SUSPENDED = "SUSPENDED", gettext_lazy("suspended")

    person = models.ForeignKey(User, models.PROTECT, related_name="statuses")
    kind = models.CharField(gettext_lazy("status"), max_length=10, choices=Kind)

    class Meta(Period.Meta):
        ordering = ["person", "starts_on", "pk"]
        constraints = [
            *Period.Meta.constraints,
            ExclusionConstraint(
                name="statuses_of_a_person_do_not_overlap",
                expressions=[("person", RangeOperators.EQUAL), (span(), RangeOperators.OVERLAPS)],
                violation_error_message=gettext_lazy("This person already has a status in these days."),
            ),
        ]

    def __str__(self):
        return self.get_kind_display()


@tracked()
class Rank(models.Model):
    """A rank (golongan), such as III/c for PNS or IX for PPPK."""

    code = models.CharField(gettext_lazy("rank"), max_length=6, unique=True)
    scheme = models.CharField(max_length=4, choices=[("PNS", "PNS"), ("PPPK", "PPPK")])
    order_no = models.PositiveSmallIntegerField()
    name = models.CharField(gettext_lazy("name"), max_length=60)

    class Meta:
        ordering = ["scheme", "order_no"]

    def __str__(self):
        return self.code


class RankHolding(models.Model):
    """A person's rank from a day until his next one."""

    person = models.ForeignKey(User, models.PROTECT, related_name="ranks")
    rank = models.ForeignKey(Rank, models.PROTECT)
    starts_on = models.DateField(gettext_lazy("first day"))

    class Meta:
        ordering = ["person", "-starts_on"]
        constraints = [
            models.UniqueConstraint(
                name="one_rank_a_day",
                fields=["person", "starts_on"],
                violation_error_message=gettext_lazy("This person already has a rank from that day."),
            )
        ]

    def __str__(self):
        return f"{self.rank} {self.starts_on:%Y-%m-%d}"
