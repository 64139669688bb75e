"""Units and job classes: the house in which posts stand."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.utils.translation import gettext_lazy

from records.history import tracked
from records.typed import TypedLine


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
