"""Which activities a person reviews at a moment, as rows of the database.

`models.authority.Decider` answers the same for one row and is asked at every decision; what stands in a queue
is read by these. Source: domain.md, sections 2, 4 and 5.
"""

from datetime import UTC, datetime, time
from functools import cached_property, reduce
from operator import or_
from zoneinfo import ZoneInfo

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Count, Exists, F, Func, Min, OuterRef, Q
from django.db.models.expressions import RawSQL
from django.db.models.functions import TruncWeek
from django.utils import timezone

from activities.models import Activity
from approvals import due
from approvals.models import Decision, ReviewRule
from calendars.models import Month, WorkPattern
from calendars.weeks import ONE_DAY, MonthKey, Week
from organization import reviewers
from organization.models import Acting, Placement, PostTerm, Role, Unit, acting_sql


class AnyOf(Func):
    """`column = ANY (ids of a query)`: read once and looked up in an index, where IN would scan the table."""

    template, arg_joiner, output_field = "%(expressions)s)", " = ANY (", BooleanField()


def any_of(column, ids):
    """Whether `column` is one of the ids that a queryset of one column gives."""
    return Q(AnyOf(F(column), ArraySubquery(ids.order_by())))


def any_by(column, sql, *params):
    """The same for ids that a piece of SQL gives."""
    return Q(AnyOf(F(column), RawSQL(f"ARRAY({sql})", params)))  # noqa: S611 (constant SQL, bound parameters)


def owners_near(*levels, day):
    """Ids of the people towards whose work somebody on the posts of `levels` may be passed over."""
    posts = [post for level in levels for post in level]
    return any_by("person", acting_sql.OWNERS_PASSED_OVER, posts, day)


def scope_of(request):
    """What the person signed in reviews at the moment of the request; made once for page and menu."""
    if not hasattr(request, "review_scope"):
        request.review_scope = ReviewScope(request.user, timezone.now())
    return request.review_scope


class ReviewScope:
    """The work that `person` reviews at the moment `at`. Never their own, never a draft."""

    def __init__(self, person, at):
        self.person, self.at, self.today = person, at, person.today(at)

    def rows(self):
        """Everything they review or have decided: the permission of the review's pages."""
        return self._others().filter(self._mine)

    def reached(self):
        """Everything they may have a say in, now or after review close: the permission of one row."""
        return self._others().filter(self._mine | self.of_the_unit)

    def answerable(self):
        """Everything that a form of theirs is answered for: what they reach, and what left their page.

        Waiting work of the level below leaves the next superior's reach when somebody there decides it; of
        the row that was on their page they are told who did. Read by RowReader, which asks if it was overdue.
        """
        return self._others().filter(self._mine | self.next_above | self.of_the_unit)

    def readable(self):
        """Rows whose decisions they may read: their own, reached, and of agencies they oversee."""
        overseen = [
            Q(month__agency__in=self.person.agencies(role, on=self.today).order_by())
            for role in (Role.HEAD, Role.AUDITOR)
            if self.person.holds(role, on=self.today)
        ]
        reached = ~Q(person=self.person) & ~Q(status=Activity.Status.DRAFT) & (self._mine | self.of_the_unit)
        return Activity.objects.filter(reduce(or_, overseen, Q(person=self.person) | reached))

    def waiting(self):
        """Reported rows of months still open for review. Those of the next level only once overdue."""
        return self._open_rows(self.line | self.assessed | self._overdue(), self._parts(*self._levels))

    def in_own_line(self):
        """What waits with them by their own line alone."""
        return self._open_rows(self.line, self._line_parts())

    @cached_property
    def weeks_in_line(self):
        """The same by week, oldest first: monday, rows, people, and when its review closes; one query."""
        figures = {"people": Count("person", distinct=True), "closes": Min("month__review_closes_at")}
        weeks = self.in_own_line().order_by().values(monday=TruncWeek("performed_on"))
        return list(weeks.annotate(rows=Count("pk"), **figures).order_by("monday"))

    def with_the_unit(self):
        """What waits with them as an assessor: for want of somebody in the line, or since review close."""
        if not self.person.holds(Role.ASSESSOR, on=self.today):
            return Activity.objects.none()
        left = self._reported.filter(month__agency__in=self.agencies, month__status=Month.Status.VERIFYING)
        from_the_first_day = self.open_for_review & self.assessed
        return self._united(*self._line_parts(), left).filter(from_the_first_day | self.undecided_here)

    @cached_property
    def parts_of_the_unit(self):
        """The same by month and week: month, monday, rows, and since when they wait; one query."""
        parts = self.with_the_unit().order_by().values("month", monday=TruncWeek("performed_on"))
        return list(parts.annotate(rows=Count("pk"), since=Min("reported_at")))

    def _open_rows(self, theirs, parts):
        return self._united(*parts).filter(self.open_for_review, theirs)

    def in_week(self, week, *, answered=None):
        """Rows of `week` that may be theirs: of their people, waiting near them, or decided by them.

        Which of them are, Standings tells, which asks once for all rows of one owner instead of once a row.
        With `answered`, also the row of that id, which was answerable when they sent a form of it.
        """
        dated = Activity.objects.in_week(week)
        first, last = min(week.first_day, self.today), max(week.last_day, self.today)
        team = dated.filter(any_of("person", self._people(first, last)))
        since = datetime.combine(week.first_day - ONE_DAY, time.min, UTC)
        own = Decision.objects.filter(by=self.person, at__gte=since)
        decided = dated.filter(any_of("pk", own.values("activity")))
        waiting = [part & dated for part in self._parts(*self._levels)]
        sent = [] if answered is None else [dated.filter(pk=answered)]
        return self._united(team, decided, *waiting, *sent)

    def of_person(self, person, week):
        """The same of one of their people alone (an id)."""
        return self._others().filter(person=person).in_week(week)

    def undecided(self):
        """Undecided rows of months whose review is closed, in the agencies they assess."""
        return self._others().filter(self.undecided_here, status=Activity.Status.REPORTED)

    def months(self):
        """MonthKeys of the agencies in which they review, and the present one."""
        offices = PostTerm.objects.on(self.today).filter(post__in=self.posts).values("unit__agency")
        found = Month.objects.filter(Q(agency__in=offices) | Q(agency__in=self.agencies)).order_by()
        present = MonthKey.of(self.today)
        return [present, *(MonthKey(*key) for key in found.values_list("year", "month").distinct())]

    def team(self, week):
        """Placements in `week` of the people whose superior post they act for today."""
        return (
            Placement.objects.for_days(week.first_day, week.last_day)
            .filter(superior__in=self.posts)
            .exclude(person=self.person)
        )

    @property
    def posts(self):
        """Ids of the posts they act for today."""
        return self._levels[0]

    @property
    def _levels(self):
        """Ids of those posts, of the posts that report to them, and of the posts that report to these."""
        return self.person.levels_on(self.today)

    @property
    def _mine(self):
        return self.line | self.higher | self.assessed | self.decided

    def _line_parts(self):
        """Parts of what waits that hold all that is theirs by their line, each read by its own index.

        What the line holds besides the work of their posts is the work of owners towards whom the people
        below are passed over. The exact answer is `line` and `assessed`.
        """
        held, below, _next = self._levels
        return self._parts(held, below)

    def _parts(self, *levels):
        """The same of what waits with the posts of `levels`, where those of the last are only passed over."""
        posts = [post for level in levels[:-1] for post in level]
        parts = [Q(reviewing_post__in=posts), owners_near(*levels, day=self.today)]
        if self.is_assessor:
            nobody = any_by("reviewing_post", acting_sql.POSTS_OF_NOBODY, self.today, 0)
            owners = any_by("person", acting_sql.OWNERS_NEAR_NOBODY, self.today, 1, self.today)
            parts += [nobody, Q(reviewing_post=None), owners]
        return [self._reported.filter(part) for part in parts]

    @property
    def _reported(self):
        return Activity.objects.filter(status=Activity.Status.REPORTED)

    def _united(self, *parts):
        """The rows of any of `parts`: united by id, so that each part is read by its own index."""
        first, *others = (part.order_by().values("pk") for part in parts)
        return self._others().filter(any_of("pk", first.union(*others)))

    @property
    def is_assessor(self):
        return self.person.holds(Role.ASSESSOR, on=self.today)

    @cached_property
    def agencies(self):
        """Agencies they assess today, never their own; none for everybody else."""
        if not self.is_assessor:
            return Unit.objects.none()
        return self.person.agencies(Role.ASSESSOR, on=self.today).order_by()

    @property
    def open_for_review(self):
        return Q(month__status=Month.Status.OPEN, month__review_closes_at__gt=self.at)

    @property
    def line(self):
        """Work that they act for today, in whatever capacity."""
        return Q(self.acts_for)

    @property
    def acts_for(self):
        """Whether they act for the post of the row outside, towards its owner."""
        return Exists(self._acting_for().filter(person=self.person))

    @property
    def acts_above(self):
        """Whether they act for the next post above."""
        return Exists(self._next_above().filter(person=self.person))

    @property
    def nobody_acts(self):
        """Whether nobody in the line acts for it."""
        return ~Exists(self._acting_for())

    @property
    def higher(self):
        """Waiting work whose reviewers stand next below them; theirs only once it is overdue."""
        return Q(status=Activity.Status.REPORTED) & self.next_above

    @property
    def next_above(self):
        """Work, waiting or decided, of whose reviewers they are the next superior."""
        return Q(self.acts_above)

    @property
    def assessed(self):
        """Work that nobody in the line acts for, in the agencies they assess."""
        return self.of_the_unit & Q(self.nobody_acts)

    @property
    def decided(self):
        return Q(Exists(Decision.objects.filter(activity=OuterRef("pk"), by=self.person)))

    @property
    def undecided_here(self):
        """Work of months whose review is closed, in the agencies they assess."""
        return self.of_the_unit & Q(month__status=Month.Status.VERIFYING)

    @cached_property
    def of_the_unit(self):
        """Work that they may see as an assessor: of the agencies assigned to them, but for their own line."""
        line = reviewers.own_line(self.person, on=self.today)
        return Q(month__agency__in=self.agencies) & ~Q(person__in=line)

    def _people(self, first, last):
        """Ids of the people who stand below them on one of these days."""
        found = Placement.objects.overlapping(first, last).filter(superior__in=self.posts)
        return found.values("person")

    def _others(self):
        return Activity.objects.exclude(person=self.person).exclude(status=Activity.Status.DRAFT)

    def _acting_for(self):
        return Acting.objects.acting_for(OuterRef("reviewing_post"), owner=OuterRef("person"), day=self.today)

    def _next_above(self):
        return Acting.objects.next_above(OuterRef("reviewing_post"), owner=OuterRef("person"), day=self.today)

    def _overdue(self):
        """Those of the next level whose week is overdue today: asked by day and office, in five queries."""
        parts = [Q(reviewing_post__in=self._levels[1]), owners_near(*self._levels, day=self.today)]
        below = self._united(*map(self._reported.filter, parts)).filter(self.open_for_review)
        found = sorted(below.order_by().values_list("performed_on", "term__unit").distinct())
        units = Unit.objects.in_bulk({unit for _day, unit in found})
        first = min((day for day, _unit in found), default=self.today)
        calendars = WorkPattern.objects.calendars(units.values(), first=first, last=self.today)
        rules = ReviewRule.objects.timeline()
        overdue = Q(pk__in=[])
        for day, unit in found:
            rule = rules.find(day)
            zone = ZoneInfo(units[unit].zone)
            if rule and self.at.astimezone(zone).date() >= due.stands_higher_from(
                Week.of(day), calendars[unit], zone, overdue_days=rule.overdue_days
            ):
                overdue |= Q(performed_on=day, term__unit=unit)
        return self.higher & overdue
