"""Who stands on which post, by date."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from organization.models.posts import Post
from records.history import tracked
from records.periods import Period, PeriodQuerySet, span


class PostingQuerySet(PeriodQuerySet):
    def appoint(self, person, post, *, starts_on, ends_on=None):
        """Put `person` on `post`, checked whole. Raises ValidationError with a sentence on an overlap."""
        posting = self.model(person=person, post=post, starts_on=starts_on, ends_on=ends_on, sole=post.sole)
        posting.full_clean()
        posting.save()
        vars(person).pop("postings_held", None)
        return posting


@tracked()
class Posting(Period):
    """A definitive posting (penempatan): at most one a day for a person, one holder for a sole post."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="postings",
        verbose_name=gettext_lazy("employee"),
    )
    post = models.ForeignKey(Post, models.PROTECT, related_name="postings", verbose_name=gettext_lazy("post"))
    sole = models.BooleanField(editable=False, default=False)

    objects = PostingQuerySet.as_manager()

    class Meta(Period.Meta):
        ordering = ["person", "starts_on", "pk"]
        verbose_name = gettext_lazy("posting")
        constraints = [
            *Period.Meta.constraints,
            ExclusionConstraint(
                name="postings_of_a_person_do_not_overlap",
                expressions=[("person", RangeOperators.EQUAL), (span(), RangeOperators.OVERLAPS)],
                violation_error_message=gettext_lazy("This person already has a posting in these days."),
            ),
            ExclusionConstraint(
                name="a_sole_post_has_one_holder",
                expressions=[("post", RangeOperators.EQUAL), (span(), RangeOperators.OVERLAPS)],
                condition=Q(sole=True),
                violation_error_message=gettext_lazy("This post already has a holder in these days."),
            ),
        ]

    def __str__(self):
        return f"{self.person}: {self.post}"
