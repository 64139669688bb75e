"""Which activities a person reviews at a moment, as rows of the database.

`models.authority.Decider` answers the same for one row and is asked at every decision; what stands in a queue
is read by these. Source: domain.md, sections 2, 4 and 5.
"""

from datetime import UTC, datetime, time
from functools import cached_property, reduce
from operator import or_

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q
from django.db.models.expressions import RawSQL

from activities.models import Activity
from approvals import due
from approvals.models import Decision, ReviewRule
from calendars.models import Month, WorkPattern
from calendars.weeks import ONE_DAY, Week
from organization import reviewers
from organization.models import Post, Posting, Role, Unit
from organization.models.structure import HELD

# Posts whose reviewers stand directly below a person: they, and the vacant posts under them.
NEXT_BELOW = f"""
WITH RECURSIVE asked AS (SELECT %s::bigint[] AS mine, %s::date AS day), next AS (
    SELECT below.id FROM organization_post below, asked
     WHERE below.superior_id = ANY (asked.mine) AND NOT below.id = ANY (asked.mine)
  UNION
    SELECT below.id FROM organization_post below JOIN next ON below.superior_id = next.id, asked
     WHERE NOT EXISTS ({HELD.format(post="below.id")})
)
SELECT id FROM next
"""  # noqa: S608 (constant parts only)
# Posts that nobody acts for, up to the top: their work is the assessors'.
ACTED_FOR_BY_NOBODY = f"""
WITH RECURSIVE asked AS (SELECT %s::date AS day), nobody AS (
    SELECT post.id FROM organization_post post, asked
     WHERE post.superior_id IS NULL AND NOT EXISTS ({HELD.format(post="post.id")})
  UNION
    SELECT below.id FROM organization_post below JOIN nobody ON below.superior_id = nobody.id, asked
     WHERE NOT EXISTS ({HELD.format(post="below.id")})
)
SELECT id FROM nobody
"""  # noqa: S608 (constant parts only)


class AnyOf(Func):
    """`column = ANY (ids of a query)`: read once and looked up in an index, where IN would scan the table."""

    template, arg_joiner, output_field = "%(expressions)s)", " = ANY (", BooleanField()


def any_of(column, ids):
    """Whether `column` is one of the ids that a queryset of one column gives."""
    return Q(AnyOf(F(column), ArraySubquery(ids.order_by())))


def any_by(column, sql, *params):
    """The same for ids that a piece of SQL gives."""
    return Q(AnyOf(F(column), RawSQL(f"ARRAY({sql})", params)))  # noqa: S611 (constant SQL, bound parameters)


LEVELS_ABOVE = ["reviewing_post" + "__superior" * level for level in range(6)]


class ReviewScope:
    """The work that `person` reviews at the moment `at`. Never his own, never a draft."""

    def __init__(self, person, at):
        self.person, self.at, self.today = person, at, person.today(at)

    def rows(self):
        """Everything he reviews or has decided: the permission of the review's pages."""
        return self._others().filter(self._mine)

    def reached(self):
        """Everything he may have a say in, now or after review close: the permission of one row."""
        return self._others().filter(self._mine | self.of_the_unit)

    def readable(self):
        """Rows whose decisions he may read: his own, those he reaches, those of the agencies he oversees."""
        overseen = [
            Q(month__agency__in=self.person.agencies(role, on=self.today).order_by())
            for role in (Role.HEAD, Role.AUDITOR)
            if self.person.holds(role, on=self.today)
        ]
        mine = Q(person=self.person) | Q(pk__in=self.reached().values("pk"))
        return Activity.objects.filter(reduce(or_, overseen, mine))

    def waiting(self):
        """Reported rows of months still open for review. Those of the next level only once overdue."""
        reported = Activity.objects.filter(status=Activity.Status.REPORTED)
        return self._open_rows(reported).filter(self.line | self.assessed | self._overdue(reported))

    def waiting_in_line(self):
        """What waits with him by his own line, without the overdue work of the next level; one query."""
        reported = Activity.objects.filter(status=Activity.Status.REPORTED)
        return self._open_rows(reported).filter(self.line | self.assessed)

    def _open_rows(self, reported):
        promoted = reported.filter(any_of("person", self._people(self.today, self.today)))
        return self._united(promoted, *self._reported_parts(reported)).filter(self.open_for_review)

    def in_week(self, week):
        """Rows of `week`: of his people, waiting with him or the level below, or decided by him."""
        dated = Activity.objects.in_week(week)
        first, last = min(week.first_day, self.today), max(week.last_day, self.today)
        team = dated.filter(any_of("person", self._people(first, last)))
        since = datetime.combine(week.first_day - ONE_DAY, time.min, UTC)
        own = Decision.objects.filter(by=self.person, at__gte=since)
        decided = dated.filter(any_of("pk", own.values("activity")))
        reported = dated.filter(status=Activity.Status.REPORTED)
        return self._united(team, decided, *self._reported_parts(reported)).filter(self._mine)

    def undecided(self):
        """Undecided rows of months whose review is closed, in the agencies he assesses."""
        return self._others().filter(self.undecided_here, status=Activity.Status.REPORTED)

    def team(self, week):
        """Postings in `week` of the people whose superior post he acts for today."""
        return (
            Posting.objects.overlapping(week.first_day, week.last_day)
            .filter(post__superior__in=self.posts)
            .exclude(person=self.person)
        )

    @cached_property
    def posts(self):
        """Ids of the posts he acts for today."""
        return list(
            Post.objects.acted_for_by(self.person, on=self.today).order_by().values_list("pk", flat=True)
        )

    @property
    def _mine(self):
        return self.line | self.higher | self.assessed | self.decided

    def _reported_parts(self, reported):
        """Parts of `reported` that wait with him or the level below, each by the index of waiting work."""
        parts = [reported.filter(self._direct), reported.filter(self._below)]
        if self.person.holds(Role.ASSESSOR, on=self.today):
            parts += [reported.filter(self._nobody), reported.filter(reviewing_post=None)]
            parts += [reported.filter(Exists(self._owner_above().filter(post__superior=None)), self.assessed)]
        return parts

    def _united(self, *parts):
        """The rows of any of `parts`: united by id, so that each part is read by its own index."""
        first, *others = (part.order_by().values("pk") for part in parts)
        return self._others().filter(any_of("pk", first.union(*others)))

    @property
    def _direct(self):
        return Q(reviewing_post__in=self.posts)

    @property
    def _below(self):
        return any_by("reviewing_post", NEXT_BELOW, self.posts, self.today)

    @property
    def _nobody(self):
        return any_by("reviewing_post", ACTED_FOR_BY_NOBODY, self.today)

    @cached_property
    def agencies(self):
        """Agencies he assesses today, never his own; none for everybody else."""
        if not self.person.holds(Role.ASSESSOR, on=self.today):
            return Unit.objects.none()
        return self.person.agencies(Role.ASSESSOR, on=self.today).order_by()

    @property
    def open_for_review(self):
        return Q(month__status=Month.Status.OPEN, month__review_closes_at__gt=self.at)

    @property
    def line(self):
        """Work of the posts he acts for, but for owners who now stand at or above the reviewing post.

        Of those it is the work whose owners' own superior post he acts for.
        """
        passed_over = Exists(self._owner_above().filter(post__superior__in=self.posts))
        return (self._direct & ~Q(Exists(self._owner_above()))) | Q(passed_over)

    @property
    def higher(self):
        """Waiting work whose reviewers stand directly below him; his only once it is overdue."""
        waits = Q(status=Activity.Status.REPORTED) & self._below
        return waits & ~Q(Exists(self._owner_above()))

    @property
    def assessed(self):
        """Work that nobody in the line acts for, in the agencies he assesses."""
        alone = Q(reviewing_post=None) | self._nobody
        on_top = Q(Exists(self._owner_above().filter(post__superior=None)))
        return self.of_the_unit & (alone | on_top)

    @property
    def decided(self):
        return Q(Exists(Decision.objects.filter(activity=OuterRef("pk"), by=self.person)))

    @property
    def undecided_here(self):
        """Work of months whose review is closed, in the agencies he assesses."""
        return self.of_the_unit & Q(month__status=Month.Status.VERIFYING)

    @cached_property
    def of_the_unit(self):
        """Work that he may see as an assessor: of the agencies assigned to him, but of his own line."""
        line = reviewers.own_line(self.person, on=self.today)
        return Q(month__agency__in=self.agencies) & ~Q(person__in=line)

    def _people(self, first, last):
        """Ids of the people who stand below him on one of these days."""
        found = Posting.objects.overlapping(first, last).filter(post__superior__in=self.posts)
        return found.values("person")

    def _others(self):
        return Activity.objects.exclude(person=self.person).exclude(status=Activity.Status.DRAFT)

    def _owner_above(self):
        """The owner's posting of today, where it is at or above the reviewing post of his row."""
        above = Q()
        for post in LEVELS_ABOVE:
            above |= Q(post=OuterRef(post))
        return Posting.objects.on(self.today).filter(above, person=OuterRef("person"))

    def _overdue(self, reported):
        """Those of the next level whose week is overdue today: asked by day and office, in five queries."""
        below = reported.filter(self.open_for_review, self._below)
        found = sorted(below.order_by().values_list("performed_on", "post__unit").distinct())
        units = Unit.objects.in_bulk({unit for _day, unit in found})
        first = min((day for day, _unit in found), default=self.today)
        calendars = WorkPattern.objects.calendars(units.values(), first=first, last=self.today)
        rules = ReviewRule.objects.timeline()
        overdue = Q(pk__in=[])
        for day, unit in found:
            rule = rules.find(day)
            if rule and self.today >= due.stands_higher_from(
                Week.of(day), calendars[unit], overdue_days=rule.overdue_days
            ):
                overdue |= Q(performed_on=day, post__unit=unit)
        return self.higher & overdue
