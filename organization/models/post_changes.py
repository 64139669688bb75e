"""Another unit, class, level or superior for a post from a day on: by decree, asked for by one, made by two.

Source: domain.md, section 2 ("reclassified post").
"""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organization.models.foundings import FoundingQuerySet
from organization.models.posts import Post, PostTerm
from organization.models.requests import Requested
from organization.models.steps import one_waits
from organization.models.structure import JobClass, Level, Unit
from records.history import tracked
from records.reach import within_reach
from records.typed import TypedLine

KEPT = ("unit", "job_class", "level", "superior")


@tracked()
class PostChange(Requested):
    """What a post is from a day on; asked for again for the same day, it corrects what was typed wrong."""

    PLACE = "unit"

    post = models.ForeignKey(Post, models.PROTECT, related_name="changes", verbose_name=gettext_lazy("post"))
    starts_on = models.DateField(gettext_lazy("first day"), validators=[within_reach])
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=gettext_lazy("unit"))
    job_class = models.ForeignKey(JobClass, models.PROTECT, verbose_name=gettext_lazy("job class"))
    level = models.CharField(
        gettext_lazy("level"),
        max_length=15,
        choices=Level,
        blank=True,
        help_text=gettext_lazy("Empty: as the class proposes."),
    )
    superior = models.ForeignKey(
        Post,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=gettext_lazy("superior post"),
    )
    decree = TypedLine(gettext_lazy("decree"), max_length=200)

    objects = FoundingQuerySet.as_manager()

    class Meta(Requested.Meta):
        ordering = ["pk"]
        verbose_name = gettext_lazy("change of a post")
        constraints = [
            *Requested.Meta.constraints,
            one_waits("one_change_of_a_post_waits", "post"),
        ]

    def __str__(self):
        return f"{self.post}, {self.unit}"

    def clean(self):
        """Something is different from that day on, and the post never stands below itself."""
        super().clean()
        if not (self.post_id and self.starts_on and self.unit_id and self.job_class_id):
            return
        held = self.post.terms.on(self.starts_on).first()
        if held is None:
            raise ValidationError({"starts_on": _("The post does not exist yet on that day.")})
        if all(getattr(held, name) == value for name, value in self.terms.items()):
            raise ValidationError(_("From that day on nothing would be different."))
        term = PostTerm(post=self.post, starts_on=self.starts_on, ends_on=held.ends_on, **self.terms)
        term.pk = held.pk if held.starts_on == self.starts_on else None
        term.clean()

    @property
    def terms(self):
        """{name: value} of what the post is to be."""
        found = {name: getattr(self, name) for name in KEPT}
        return found | {"level": self.level or self.job_class.level}

    def take_force(self):
        """Raises ValidationError where it does not fit any more."""
        self.clean()
        PostTerm.objects.change(self.post, starts_on=self.starts_on, decree=self.decree, **self.terms)
