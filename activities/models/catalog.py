"""The catalogue of work (uraian tugas): what may be reported, in which unit, by which norm."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from records.history import tracked
from records.typed import TypedLine

OPEN_FAMILIES = ("administrasi umum", "tambahan")


class CatalogItemQuerySet(models.QuerySet):
    def open_to(self, *posts):
        """Active items of the job families of `posts` and of those open to every post."""
        families = {family for post in posts for family in post.families} | set(OPEN_FAMILIES)
        return self.filter(is_active=True, job_family__in=families)


@tracked()
class CatalogItem(models.Model):
    """A kind of work that posts of a job family report, with its output unit and standard minutes.

    `standard_minutes` is the norm for one unit of output; empty where there is none.
    """

    class Kind(models.TextChoices):
        MAIN = "main", gettext_lazy("main task")
        ADDITIONAL = "additional", gettext_lazy("additional task")

    code = TypedLine(gettext_lazy("code"), max_length=20, unique=True)
    job_family = TypedLine(gettext_lazy("job family"), max_length=60)
    name = TypedLine(gettext_lazy("name"), max_length=150)
    output_unit = TypedLine(gettext_lazy("output unit"), max_length=40)
    standard_minutes = models.PositiveIntegerField(gettext_lazy("standard minutes"), null=True, blank=True)
    kind = models.CharField(gettext_lazy("kind"), max_length=10, choices=Kind, default=Kind.MAIN)
    is_active = models.BooleanField(gettext_lazy("in use"), default=True)

    objects = CatalogItemQuerySet.as_manager()

    class Meta:
        ordering = ["job_family", "name", "pk"]
        verbose_name = gettext_lazy("catalogue item")
        verbose_name_plural = gettext_lazy("catalogue items")
        constraints = [
            models.CheckConstraint(
                name="standard_minutes_are_at_least_one",
                condition=Q(standard_minutes__isnull=True) | Q(standard_minutes__gte=1),
                violation_error_message=gettext_lazy("The standard is at least 1 minute, or empty."),
            )
        ]

    def __str__(self):
        return self.name

    def is_open_to(self, post):
        """Whether work of this kind may be reported from `post`."""
        return self.is_active and (self.job_family in OPEN_FAMILIES or self.job_family in post.families)
