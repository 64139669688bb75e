"""New units and posts: asked for by one HR person, made by another. Source: domain.md, section 2."""

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organization.models.grants import Role
from organization.models.posts import ALWAYS, Post
from organization.models.requests import Requested
from organization.models.steps import StepQuerySet, one_waits
from organization.models.structure import JobClass, Level, Unit
from records.history import tracked
from records.typed import TypedLine


class FoundingQuerySet(StepQuerySet):
    def within(self, reader, *, on):
        """HR of the city decides all; HR of an agency what belongs to their agencies."""
        if reader.holds_citywide(Role.HR, on=on):
            return self
        agencies = reader.agencies(Role.HR, on=on).order_by()
        return self.filter(**{f"{self.model.PLACE}__agency__in": agencies})

    def not_about(self, reader):
        return self


class Founding(Requested):
    """Something new in the house; `made` is the row that the approval made."""

    decree = TypedLine(gettext_lazy("decree"), max_length=200)

    objects = FoundingQuerySet.as_manager()

    class Meta(Requested.Meta):
        abstract = True

    def take_force(self):
        """Make the row, checked once more as things are now."""
        self.clean()
        self.made = self.build()
        self.save(update_fields=["made"])


@tracked()
class NewUnit(Founding):
    """A new office: an agency, or a part of the unit `parent`."""

    PLACE = "parent"

    code = TypedLine(gettext_lazy("code"), max_length=20)
    name = TypedLine(gettext_lazy("name"), max_length=150)
    short_name = TypedLine(gettext_lazy("short name"), max_length=60)
    parent = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=gettext_lazy("part of")
    )
    pattern = models.CharField(
        gettext_lazy("work week"), max_length=10, choices=Unit.Pattern, default=Unit.Pattern.FIVE_DAYS
    )
    zone = models.CharField(
        gettext_lazy("time zone"), max_length=30, choices=Unit.Zone, default=Unit.Zone.WIB
    )
    made = models.OneToOneField(Unit, models.PROTECT, null=True, editable=False, related_name="founding")

    class Meta(Founding.Meta):
        ordering = ["pk"]
        verbose_name = gettext_lazy("new unit")
        constraints = [*Founding.Meta.constraints, one_waits("one_new_unit_of_a_code_waits", "code")]

    def __str__(self):
        return f"{self.name} ({self.code})"

    def clean(self):
        """The code is not taken."""
        super().clean()
        if Unit.objects.filter(code=self.code).exists():
            raise ValidationError({"code": _("This code belongs to a unit already.")})

    def build(self):
        return Unit.objects.establish(
            code=self.code,
            name=self.name,
            short_name=self.short_name,
            parent=self.parent,
            kind="division" if self.parent else "agency",
            pattern=self.pattern,
            zone=self.zone,
        )


@tracked()
class NewPost(Founding):
    """A new post in a unit, below the post `superior`, or at the top of its agency."""

    PLACE = "unit"

    title = TypedLine(gettext_lazy("title"), max_length=150)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=gettext_lazy("unit"))
    superior = models.ForeignKey(
        Post,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=gettext_lazy("superior post"),
    )
    job_class = models.ForeignKey(JobClass, models.PROTECT, verbose_name=gettext_lazy("job class"))
    level = models.CharField(
        gettext_lazy("level"),
        max_length=15,
        choices=Level,
        blank=True,
        help_text=gettext_lazy("Empty: as the class proposes."),
    )
    several = models.BooleanField(gettext_lazy("several people may hold it at once"), default=False)
    families = ArrayField(
        models.CharField(max_length=60), default=list, blank=True, verbose_name=gettext_lazy("job families")
    )
    made = models.OneToOneField(Post, models.PROTECT, null=True, editable=False, related_name="founding")

    class Meta(Founding.Meta):
        ordering = ["pk"]
        verbose_name = gettext_lazy("new post")
        constraints = [
            *Founding.Meta.constraints,
            models.UniqueConstraint(
                name="one_new_post_of_a_title_waits",
                fields=["unit", "title"],
                condition=Q(outcome="waiting"),
                violation_error_message=gettext_lazy("Such a request waits for a second HR person already."),
            ),
        ]

    def __str__(self):
        return f"{self.title}, {self.unit}"

    def clean(self):
        """A post that leads has one holder."""
        super().clean()
        if self.several and self.job_class_id and (self.level or self.job_class.level) != Level.STAFF:
            raise ValidationError({"several": _("A post that leads has one holder at a time.")})

    def build(self):
        return Post.objects.establish(
            starts_on=ALWAYS,
            decree=self.decree,
            title=self.title,
            unit=self.unit,
            superior=self.superior,
            job_class=self.job_class,
            level=self.level or self.job_class.level,
            sole=not self.several,
            families=self.families,
        )
