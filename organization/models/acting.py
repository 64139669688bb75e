"""Who acts for which post, in which capacity and on which days: a view of the database, and how it is read.

Holders come from postings, Plh, Plt and delegates from acting letters that stand. A further kind of acting
is a further branch of the view, made by a migration; nothing else changes.
Source: domain.md, section 2.
"""

from django.conf import settings
from django.db import models
from django.db.models import BigIntegerField, BooleanField, DateField, F, Func, Q, Value
from django.utils.translation import gettext_lazy

from organization.models import acting_sql
from organization.models.posts import Post
from records.periods import PeriodQuerySet


class Capacity(models.TextChoices):
    """In which capacity a person acts for a post."""

    DELEGATE = "delegate", gettext_lazy("delegate")
    PLH = "plh", "Plh"
    HOLDER = "holder", gettext_lazy("supervisor")
    PLT = "plt", "Plt"


class Seat(Func):
    """The id of a post in the line up from a post; which one, `template` says. None where there is none."""

    output_field = BigIntegerField()
    arg_joiner = ", "


class ActsTowards(Func):
    """Whether a row of the view acts towards an owner on a day."""

    template, arg_joiner, output_field = acting_sql.ACTS_TOWARDS, ", ", BooleanField()


class ActingQuerySet(PeriodQuerySet):
    """The one reading of the view. Post, owner and day are values, or references to an outer query."""

    def acting_for(self, post, *, owner, day):
        """Who may act for `post` on `day` towards work of `owner`, first of the order first.

        Passed over are the owner, anybody in whose superior line the owner stands, and auditors. Where
        nobody is left, the same is asked of the post's own superior post; nobody at the top means that
        it is the assessors'.
        """
        return self._sitting(acting_sql.FIRST_SEAT, post, owner, day)

    def next_above(self, post, *, owner, day):
        """Who may act for the first post above those of `acting_for` that somebody else acts for."""
        return self._sitting(acting_sql.NEXT_SEAT, post, owner, day)

    def _sitting(self, template, post, owner, day):
        owner, day = _id(owner), Value(day, DateField())
        seat = Seat(_id(post), owner, day, template=template)
        row = (F("post"), F("person"), F("starts_on"), F("ends_on"), F("rank"))
        return self.on(day).filter(Q(ActsTowards(*row, owner, day)), post=seat)


def _id(known):
    """The id of a row as a value of the query; a reference to an outer query stays as it is."""
    if hasattr(known, "resolve_expression"):
        return known
    return Value(getattr(known, "pk", known), BigIntegerField())


class Acting(models.Model):
    """A person who acts for a post from a day to a day, a holder without a letter.

    `rank` is the place in the order, smallest first.
    """

    key = models.TextField(primary_key=True)
    post = models.ForeignKey(Post, models.DO_NOTHING, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.DO_NOTHING, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    rank = models.SmallIntegerField()
    capacity = models.CharField(max_length=10, choices=Capacity)
    letter = models.ForeignKey("organization.ActingLetter", models.DO_NOTHING, null=True, related_name="+")

    objects = ActingQuerySet.as_manager()

    class Meta:
        managed = False
        db_table = "organization_acting"
        ordering = ["rank", "starts_on", "key"]

    def __str__(self):
        return f"{self.person}: {self.post} ({self.get_capacity_display()})"
