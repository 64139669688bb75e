"""Which activities a person reviews at a moment, as rows of the database.

`authority.Decider` answers the same question for one row and is asked at every decision; what stands in a
queue is read by these. Source: domain.md, sections 2, 4 and 5.
"""

from functools import cached_property, reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q
from django.db.models.expressions import RawSQL

from activities.models import Activity
from approvals import due
from approvals.models import Decision, ReviewRule
from calendars.models import Month, WorkPattern
from calendars.weeks import Week
from organization.models import Post, Posting, Role, Unit
from organization.models.structure import ACTED_FOR, HELD

# Posts whose reviewers stand directly below a person: they, and the vacant posts under them.
NEXT_BELOW = f"""
WITH RECURSIVE mine AS ({ACTED_FOR}), asked AS (SELECT %s::date AS day), next AS (
    SELECT below.id FROM organization_post below JOIN mine ON below.superior_id = mine.id
     WHERE below.id NOT IN (SELECT id FROM mine)
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
LEVELS_ABOVE = ["reviewing_post" + "__superior" * level for level in range(6)]


class ReviewScope:
    """The work that `person` reviews at the moment `at`. Never his own, never a draft."""

    def __init__(self, person, at):
        self.person, self.at, self.today = person, at, person.today(at)

    def rows(self):
        """Everything he reviews or has decided: the permission of the review's pages."""
        return self._others().filter(self.line | self.higher | self.assessed | self.decided)

    def reached(self):
        """Everything he may have a say in, now or after review close: the permission of one row."""
        agencies = Q(month__agency__in=self.agencies)
        return self._others().filter(self.line | self.higher | self.assessed | self.decided | agencies)

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
        rows = self._others().filter(status=Activity.Status.REPORTED).filter(self.open_for_review)
        overdue = self._overdue(rows.filter(self.higher))
        return rows.filter(self.line | self.assessed | overdue)

    def in_week(self, week):
        """Rows of `week`: of his team, waiting with him or the level below, or decided by him.

        The candidates are united by id, so that each part is read by its own index.
        """
        dated = Activity.objects.in_week(week)
        reported = self._others(dated).filter(status=Activity.Status.REPORTED)
        decided = Decision.objects.filter(
            by=self.person, activity__performed_on__range=(week.first_day, week.last_day)
        )
        candidates = (
            dated.filter(person__in=self._people(week))
            .values("pk")
            .union(
                reported.filter(self.line | self.higher | self.assessed).values("pk"),
                decided.values("activity"),
            )
        )
        return self.rows().filter(pk__in=candidates)

    def left(self):
        """Undecided rows of months whose review is closed, in the agencies he assesses."""
        return self._others().filter(self.left_to_him, status=Activity.Status.REPORTED)

    def team(self, week):
        """Postings in `week` of the people whose superior post he acts for today."""
        return (
            Posting.objects.overlapping(week.first_day, week.last_day)
            .filter(post__superior__in=self.posts)
            .exclude(person=self.person)
        )

    @cached_property
    def posts(self):
        return Post.objects.acted_for_by(self.person, on=self.today)

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
        return (Q(reviewing_post__in=self.posts) & ~Q(Exists(self._owner_above()))) | Q(passed_over)

    @property
    def higher(self):
        """Waiting work whose reviewers stand directly below him; his only once it is overdue."""
        below = RawSQL(NEXT_BELOW, [self.person.pk, self.today, self.today])  # noqa: S611 (bound parameters)
        waits = Q(status=Activity.Status.REPORTED)
        return waits & Q(reviewing_post__in=below) & ~Q(Exists(self._owner_above()))

    @property
    def assessed(self):
        """Work that nobody in the line acts for, in the agencies he assesses."""
        nobody = RawSQL(ACTED_FOR_BY_NOBODY, [self.today])  # noqa: S611 (a bound parameter)
        alone = Q(reviewing_post=None) | Q(reviewing_post__in=nobody)
        on_top = Q(Exists(self._owner_above().filter(post__superior=None)))
        return Q(month__agency__in=self.agencies) & (alone | on_top)

    @property
    def decided(self):
        return Q(Exists(Decision.objects.filter(activity=OuterRef("pk"), by=self.person)))

    @property
    def left_to_him(self):
        """Work of months whose review is closed, in the agencies he assesses."""
        return Q(month__status=Month.Status.VERIFYING, month__agency__in=self.agencies)

    def _people(self, week):
        """Ids of the people who stand below him today or stood there in `week`."""
        first, last = min(week.first_day, self.today), max(week.last_day, self.today)
        return Posting.objects.overlapping(first, last).filter(post__superior__in=self.posts).values("person")

    def _others(self, rows=None):
        rows = Activity.objects.all() if rows is None else rows
        return rows.exclude(person=self.person).exclude(status=Activity.Status.DRAFT)

    def _owner_above(self):
        """The owner's posting of today, where it is at or above the reviewing post of his row."""
        above = Q()
        for post in LEVELS_ABOVE:
            above |= Q(post=OuterRef(post))
        return Posting.objects.on(self.today).filter(above, person=OuterRef("person"))

    def _overdue(self, rows):
        """Those of `rows` whose week is overdue today: asked by day and office, in five queries."""
        found = sorted(rows.order_by().values_list("performed_on", "post__unit").distinct())
        units = Unit.objects.in_bulk({unit for _day, unit in found})
        first = min((day for day, _unit in found), default=self.today)
        calendars = WorkPattern.objects.calendars(units.values(), first=first, last=self.today)
        rules = list(ReviewRule.objects.approved().filter(scope="").order_by("-valid_from"))
        overdue = Q(pk__in=[])
        for day, unit in found:
            rule = next((rule for rule in rules if rule.valid_from <= day), None)
            if rule and self.today >= due.stands_higher_from(
                Week.of(day), calendars[unit], overdue_days=rule.overdue_days
            ):
                overdue |= Q(performed_on=day, post__unit=unit)
        return self.higher & overdue
