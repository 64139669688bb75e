"""Posts (jabatan), and what each is by date: its unit, class, level and superior post.

Source: domain.md, section 2.
"""

from datetime import date, timedelta

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django.db.models import F, Q
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organization.models import acting_sql
from organization.models.structure import JobClass, Level, Unit
from records.history import tracked
from records.periods import Period, PeriodQuerySet, span
from records.side_by_side import Rows, read_together
from records.typed import TypedLine

# The first day of terms whose beginning nobody knows.
ALWAYS = date(1900, 1, 1)

# The first day on which a line of superiors comes back to where it began. Parameters: superior, first day,
# last day, post, the term left out (its own former self), post.
_COMES_BACK = """
WITH RECURSIVE up(id, days) AS (
    SELECT %s::bigint, daterange(%s::date, %s::date, '[]')
  UNION
    SELECT term.superior_id, up.days * daterange(term.starts_on, term.ends_on, '[]')
      FROM up JOIN organization_postterm term
        ON term.post_id = up.id AND daterange(term.starts_on, term.ends_on, '[]') && up.days
     WHERE term.superior_id IS NOT NULL AND up.id <> %s AND term.id IS DISTINCT FROM %s
)
SELECT min(lower(days)) FROM up WHERE id = %s
"""
# One at a time may change the tree: two changes, each without a cycle, may be one together.
_TREE_LOCK = "SELECT pg_advisory_xact_lock(hashtext('organization_postterm'))"
# Parameters: post, day, day, post, day, day, day, day. Of a day: the post, those below it and those above.
LINE_OF = f"""
WITH RECURSIVE below AS (
    SELECT %s::bigint AS id
  UNION
    SELECT term.post_id FROM organization_postterm term JOIN below ON term.superior_id = below.id
     WHERE {acting_sql.on("term", "%s::date")}
)
SELECT id FROM below UNION ({acting_sql.line_up("%s", "%s::date")})
"""  # noqa: S608 (constant parts only)


class PostQuerySet(models.QuerySet):
    @transaction.atomic
    def establish(self, *, starts_on, decree="", **fields):
        """Make a post with its first terms (`unit`, `job_class`, `level`, `superior`) from `starts_on` on."""
        terms = {name: fields.pop(name, None) for name in ("unit", "job_class", "level", "superior")}
        post = self.create(**fields)
        post.terms.create(starts_on=starts_on, decree=decree, **terms)
        return post

    def readable_by(self, reader, *, on):
        """Posts that `reader` may look up on the day `on`: all for the auditor, HR's in their scope."""
        if reader.holds("auditor", on=on):
            return self.all()
        return self.administered_by(reader, on=on)

    def administered_by(self, reader, *, on):
        """Posts for which HR administrator `reader` may ask something on the day `on`."""
        if reader.holds_citywide("hr", on=on):
            return self.all()
        agencies = reader.agencies("hr", on=on).order_by()
        here = PostTerm.objects.known(on).filter(unit__agency__in=agencies)
        return self.filter(pk__in=here.values("post"))

    def matching(self, text):
        """Posts whose title, or the name of an office in which they stand or stood, holds `text`."""
        offices = Unit.objects.filter(models.Q(name__icontains=text) | models.Q(agency__name__icontains=text))
        return self.filter(models.Q(title__icontains=text) | models.Q(terms__unit__in=offices)).distinct()

    def with_terms(self):
        """Each with its terms, by day, for `term_on`; one query."""
        terms = PostTerm.objects.select_related("unit__agency", "job_class", "superior").order_by("starts_on")
        return self.prefetch_related(models.Prefetch("terms", terms))

    def by_office(self, *, on):
        """In the order of their agencies' names on the day `on`, then by title."""
        then = PostTerm.objects.on(on).filter(post=models.OuterRef("pk"))
        return self.alias(office=models.Subquery(then.values("unit__agency__name"))).order_by(
            F("office").asc(nulls_last=True), "title", "pk"
        )

    def above_in(self, agency_id, *, besides):
        """The posts of one holder that stood in the agency, and the post `besides` (an id or None)."""
        here = PostTerm.objects.filter(unit__agency=agency_id).values("post")
        return self.filter(Q(pk__in=here, sole=True) | Q(pk=besides)).order_by("title", "pk")

    def of_unit(self, unit, *, on):
        """The posts that stand in `unit` on the day `on`; those not there yet, or not any more, too."""
        return self.filter(pk__in=PostTerm.objects.known(on).filter(unit=unit).values("post"))

    def below(self, post, *, on):
        """The posts that report to `post` on the day `on`."""
        return self.filter(pk__in=PostTerm.objects.on(on).filter(superior=post).values("post"))

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

    def levels_below(self, person, *, on, beside=()):
        """Ids of posts by level: 0 `person` acts for, 1 report to those, 2 to those of level 1.

        `beside` are lists filled by the same query.
        """
        levels = [[], [], []]
        found = Rows(acting_sql.LEVELS_OF_PERSON, [on, len(levels) - 1, person.pk])
        read_together(found, *beside)
        for pk, level in found:
            levels[level].append(pk)
        return levels

    def in_line_with(self, post, *, on):
        """The post itself and those above and below it on the day `on`, at any distance."""
        asked = [post.pk, on, on, post.pk, on, on, on, on]
        return self.filter(pk__in=RawSQL(LINE_OF, asked))  # noqa: S611 (bound parameters)


@tracked()
class Post(models.Model):
    """A post (jabatan) and its job families; its unit, class, level and superior are dated: PostTerm."""

    title = TypedLine(gettext_lazy("title"), max_length=150)
    families = ArrayField(
        models.CharField(max_length=60), default=list, blank=True, verbose_name=gettext_lazy("job families")
    )
    sole = models.BooleanField(gettext_lazy("one holder only"), default=False)

    objects = PostQuerySet.as_manager()

    class Meta:
        ordering = ["title", "pk"]
        verbose_name = gettext_lazy("post")

    def __str__(self):
        return self.title

    def name_on(self, day):
        """Its title with the office of the day."""
        return f"{self}, {self.term_on(day).unit}"

    def term_on(self, day):
        """Its PostTerm of the day, else the nearest after it, else the last.

        Asked of `terms` as they were prefetched by `with_terms`.
        """
        terms = sorted(self.terms.all(), key=lambda term: term.starts_on)
        return next((term for term in terms if term.ends_on is None or term.ends_on >= day), terms[-1])


class PostTermQuerySet(PeriodQuerySet):
    def known(self, day):
        """One of each post: the terms that hold on `day`, else the next, else the last."""
        near = models.Case(models.When(Q(ends_on__isnull=True) | Q(ends_on__gte=day), then=0), default=1)
        of_post = PostTerm.objects.filter(post=models.OuterRef("post")).annotate(near=near)
        first = of_post.order_by("near", "starts_on").values("pk")[:1]
        return self.filter(pk=models.Subquery(first))

    @transaction.atomic
    def change(self, post, *, starts_on, decree, **changes):
        """Let other terms hold for `post` from `starts_on`, to the end of those that held that day.

        Terms that begin on that day are corrected. Raises ValidationError with a sentence where none hold
        that day, or where the line of superiors would come back to the post.
        """
        with connection.cursor() as cursor:
            cursor.execute(_TREE_LOCK)
        former = self.filter(post=post).on(starts_on).select_for_update().first()
        if former is None:
            raise ValidationError({"starts_on": _("The post does not exist yet on that day.")})
        if former.starts_on == starts_on:
            return former.correct(decree=decree, **changes)
        kept = {name: getattr(former, name) for name in ("unit", "job_class", "level", "superior", "ends_on")}
        former.ends_on = starts_on - timedelta(days=1)
        former.save(update_fields=["ends_on"])
        term = self.model(post=post, starts_on=starts_on, decree=decree, **(kept | changes))
        term.full_clean()
        term.save()
        return term


@tracked()
class PostTerm(Period):
    """What a post is from a day to a day: its unit, class, level and superior post, by one decree."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="terms", verbose_name=gettext_lazy("post"))
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="post_terms", verbose_name=gettext_lazy("unit")
    )
    job_class = models.ForeignKey(
        JobClass, models.PROTECT, related_name="+", verbose_name=gettext_lazy("job class")
    )
    level = models.CharField(gettext_lazy("level"), max_length=15, choices=Level)
    superior = models.ForeignKey(
        Post,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="terms_below",
        verbose_name=gettext_lazy("superior post"),
    )
    decree = TypedLine(gettext_lazy("decree"), max_length=200, blank=True)

    objects = PostTermQuerySet.as_manager()

    class Meta(Period.Meta):
        ordering = ["post", "starts_on", "pk"]
        verbose_name = gettext_lazy("terms of a post")
        constraints = [
            *Period.Meta.constraints,
            ExclusionConstraint(
                name="terms_of_a_post_do_not_overlap",
                expressions=[("post", RangeOperators.EQUAL), (span(), RangeOperators.OVERLAPS)],
                violation_error_message=gettext_lazy("This post already has terms in these days."),
            ),
            models.CheckConstraint(
                name="a_post_is_never_below_itself",
                condition=Q(superior__isnull=True) | ~Q(superior=F("post")),
                violation_error_message=gettext_lazy("A post cannot be its own superior."),
            ),
        ]

    def __str__(self):
        return f"{self.post}, {self.unit}"

    def clean(self):
        """Refuse a line of superiors that comes back to this post on one of its days."""
        super().clean()
        day = self._comes_back_on()
        if day:
            raise ValidationError(
                {"superior": _("On %(day)s the line of superiors comes back to this post.") % {"day": day}}
            )

    def correct(self, **changes):
        """Let it say what it should have said. Raises ValidationError with a sentence."""
        for name, value in changes.items():
            setattr(self, name, value)
        self.full_clean()
        self.save()
        return self

    def _comes_back_on(self):
        if not (self.superior_id and self.post_id and self.superior_id != self.post_id and self.starts_on):
            return None
        days = [self.superior_id, self.starts_on, self.ends_on]
        with connection.cursor() as cursor:
            cursor.execute(_COMES_BACK, [*days, self.post_id, self.pk, self.post_id])
            return cursor.fetchone()[0]
