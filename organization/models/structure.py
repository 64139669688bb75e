"""Units, job classes and posts: the house in which people stand."""

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import connection, models, transaction
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organization.models import acting_sql
from records.history import tracked
from records.typed import TypedLine

LINE_OF = f"""
WITH RECURSIVE below AS (
    SELECT post.id FROM organization_post post WHERE post.id = %s
  UNION
    SELECT post.id FROM organization_post post JOIN below ON post.superior_id = below.id
)
SELECT id FROM below UNION ({acting_sql.LINE_UP.format(start="%s")})
"""  # noqa: S608 (constant parts only)


class Level(models.TextChoices):
    STAFF = "staff", gettext_lazy("staff")
    SUPERVISOR = "supervisor", gettext_lazy("supervisor")
    ADMINISTRATOR = "administrator", gettext_lazy("administrator")
    EXECUTIVE = "executive", gettext_lazy("executive")


class UnitQuerySet(models.QuerySet):
    @transaction.atomic
    def establish(self, *, code, parent=None, **fields):
        """Make a unit; a unit without a parent is an agency and its own top."""
        unit = self.create(code=code, parent=parent, agency=parent.agency if parent else None, **fields)
        if parent is None:
            unit.agency = unit
            unit.save(update_fields=["agency"])
        return unit

    def readable_by(self, reader, *, on):
        """Units that `reader` may look up on the day `on`: all for the auditor, HR's in their scope."""
        return self.all() if reader.holds("auditor", on=on) else self.administered_by(reader, on=on)

    def administered_by(self, reader, *, on):
        """Units for which HR administrator `reader` may ask something on the day `on`."""
        if reader.holds_citywide("hr", on=on):
            return self.all()
        return self.filter(agency__in=reader.agencies("hr", on=on).order_by())

    def matching(self, text):
        """Units whose name holds `text`, or whose code begins with it."""
        return self.filter(models.Q(name__icontains=text) | models.Q(code__startswith=text))

    def agencies(self):
        return self.filter(parent__isnull=True).order_by("name", "pk")


@tracked()
class Unit(models.Model):
    """An office of the city: an agency, or a part of one."""

    class Pattern(models.TextChoices):
        FIVE_DAYS = "5", gettext_lazy("5-day week")
        SIX_DAYS = "6", gettext_lazy("6-day week")

    class Zone(models.TextChoices):
        WIB = "Asia/Jakarta", "WIB"
        WITA = "Asia/Makassar", "WITA"
        WIT = "Asia/Jayapura", "WIT"

    code = TypedLine(gettext_lazy("code"), max_length=20, unique=True)
    name = TypedLine(gettext_lazy("name"), max_length=150)
    short_name = TypedLine(gettext_lazy("short name"), max_length=60)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    agency = models.ForeignKey("self", models.PROTECT, null=True, editable=False, related_name="parts")
    kind = models.CharField(gettext_lazy("kind"), max_length=20, default="agency")
    pattern = models.CharField(
        gettext_lazy("work week"), max_length=10, choices=Pattern, default=Pattern.FIVE_DAYS
    )
    zone = models.CharField(gettext_lazy("time zone"), max_length=30, choices=Zone, default=Zone.WIB)

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        verbose_name = gettext_lazy("unit")
        constraints = [
            models.CheckConstraint(
                name="unit_lies_in_a_zone_of_indonesia",
                condition=models.Q(zone__in=["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"]),
                violation_error_message=gettext_lazy("An office lies in WIB, WITA or WIT."),
            )
        ]

    def __str__(self):
        return self.short_name


@tracked()
class JobClass(models.Model):
    """A job class (kelas jabatan), 1 to 17; it proposes the level of a post."""

    number = models.PositiveSmallIntegerField(
        gettext_lazy("class"), unique=True, validators=[MinValueValidator(1), MaxValueValidator(17)]
    )
    level = models.CharField(gettext_lazy("level"), max_length=15, choices=Level)

    class Meta:
        ordering = ["number"]
        verbose_name = gettext_lazy("job class")
        constraints = [
            models.CheckConstraint(
                name="job_class_is_1_to_17",
                condition=models.Q(number__range=(1, 17)),
                violation_error_message=gettext_lazy("A job class is a number from 1 to 17."),
            )
        ]

    def __str__(self):
        return str(self.number)


class PostQuerySet(models.QuerySet):
    def readable_by(self, reader, *, on):
        """Posts that `reader` may look up on the day `on`: all for the auditor, HR's in their scope."""
        if reader.holds("auditor", on=on):
            return self.all()
        return self.administered_by(reader, on=on)

    def administered_by(self, reader, *, on):
        """Posts for which HR administrator `reader` may ask something on the day `on`."""
        if reader.holds_citywide("hr", on=on):
            return self.all()
        return self.filter(unit__agency__in=reader.agencies("hr", on=on).order_by())

    def matching(self, text):
        """Posts whose title, or whose office's name, holds `text`."""
        return self.filter(
            models.Q(title__icontains=text)
            | models.Q(unit__name__icontains=text)
            | models.Q(unit__agency__name__icontains=text)
        )

    def vacant(self, *, on):
        """Posts that nobody holds on the day `on`."""
        held = models.Q(postings__ends_on__isnull=True) | models.Q(postings__ends_on__gte=on)
        return self.exclude(pk__in=Post.objects.filter(held, postings__starts_on__lte=on).values("pk"))

    def acted_for_by(self, person, *, on):
        """Posts that `person` acts for on the day `on`: those they hold, and vacant ones below them.

        A vacant post is acted for by whoever acts for its own superior post; an empty superior matches
        nobody. Source: domain.md, section 2.
        """
        found = RawSQL(acting_sql.POSTS_OF_PERSON, [on, 0, person.pk])  # noqa: S611 (bound parameters)
        return self.filter(pk__in=found)

    def levels_below(self, person, *, on):
        """Ids of posts by level: 0 `person` acts for, 1 report to those, 2 to those of level 1."""
        levels = [[], [], []]
        with connection.cursor() as cursor:
            cursor.execute(acting_sql.LEVELS_OF_PERSON, [on, len(levels) - 1, person.pk])
            for pk, level in cursor:
                levels[level].append(pk)
        return levels

    def in_line_with(self, post):
        """The post itself and those above and below it, at any distance."""
        return self.filter(pk__in=RawSQL(LINE_OF, [post.pk, post.pk]))  # noqa: S611 (bound parameters)


@tracked()
class Post(models.Model):
    """A post (jabatan) in a unit, with its class, level, job families and superior post."""

    title = TypedLine(gettext_lazy("title"), max_length=150)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts", verbose_name=gettext_lazy("unit"))
    job_class = models.ForeignKey(JobClass, models.PROTECT, verbose_name=gettext_lazy("job class"))
    level = models.CharField(gettext_lazy("level"), max_length=15, choices=Level)
    families = ArrayField(
        models.CharField(max_length=60), default=list, blank=True, verbose_name=gettext_lazy("job families")
    )
    superior = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="below",
        verbose_name=gettext_lazy("superior post"),
    )
    sole = models.BooleanField(gettext_lazy("one holder only"), default=False)

    objects = PostQuerySet.as_manager()

    class Meta:
        ordering = ["unit", "title", "pk"]
        verbose_name = gettext_lazy("post")
        constraints = [
            models.CheckConstraint(
                name="post_is_not_its_own_superior",
                condition=models.Q(superior__isnull=True) | ~models.Q(superior=models.F("pk")),
                violation_error_message=gettext_lazy("A post cannot be its own superior."),
            )
        ]

    def __str__(self):
        return f"{self.title}, {self.unit}"

    def clean(self):
        """Refuse a superior line that comes back to this post."""
        super().clean()
        if self.pk and self.pk in (post.pk for post in self.superior_line()):
            raise ValidationError({"superior": _("The line of superiors comes back to this post.")})

    def superior_line(self):
        """The posts above this one, nearest first."""
        line, post = [], self.superior
        while post is not None and post not in line:
            line.append(post)
            post = post.superior
        return line
