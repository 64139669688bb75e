"""For whom the reported work of one person waits: who decides it, since when and until when.

Read in a fixed number of queries, whatever the number of rows. Source: domain.md, sections 2, 4 and 5.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject

from activities.models import Activity
from approvals import due
from approvals.models import ReviewRule
from approvals.models.authority import office_zone
from calendars.models import WorkPattern
from calendars.weeks import Week
from organization.models import Acting, Capacity, Post
from records.dated import timeline_of

BEYOND_DEADLINES = timedelta(days=60)
NAMED = {"name": "person__name", "capacity": "capacity"}


@dataclass(frozen=True)
class Wait:
    """Rows of one week that wait for one decision.

    `reviewer` is the first of the order in `capacity`, "" where the assessment unit decides. `higher` is the
    next superior, who may decide as well since the week is overdue; else "".
    """

    rows: tuple[Activity, ...]
    week: Week
    due_at: datetime
    is_late: bool
    reviewer: str = ""
    capacity: str = ""
    higher: str = ""
    is_after_close: bool = False

    @property
    def since(self):
        """The moment at which the oldest of the rows was sent."""
        return min(row.reported_at for row in self.rows)

    @property
    def minutes(self):
        return sum(row.credited_minutes for row in self.rows)

    @property
    def capacity_words(self):
        """In which capacity the reviewer stands in, in words; "" for the superior."""
        stands_in = self.capacity and self.capacity != Capacity.HOLDER
        return Capacity(self.capacity).label if stands_in else ""


def waiting_of(person):
    """Their reported rows that nobody has decided, with what `waits` needs of each."""
    rows = Activity.objects.of(person).filter(status=Activity.Status.REPORTED)
    return rows.select_related("item", "month", "term__unit").order_by("performed_on", "starts_at", "pk")


def waits(person, rows, *, at):
    """A Wait for each week, post and month of the undecided `rows` of `person`, the oldest week first."""
    groups = {}
    for row in rows:
        key = (Week.of(row.performed_on), row.month_id, row.reviewing_post_id, row.post_id)
        groups.setdefault(key, []).append(row)
    if not groups:
        return []
    reader = _Reader(person, [found for group in groups.values() for found in group], at)
    return [reader.wait(week, tuple(groups[week, *rest])) for week, *rest in sorted(groups, key=_by_week)]


def _by_week(key):
    week, *rest = key
    return (week, *(part or 0 for part in rest))


class _Reader:
    """Who acts for the posts of some rows today, and by which rule and calendar each is due."""

    def __init__(self, person, rows, at):
        self.at = at
        posts = _acting(person, {row.reviewing_post_id for row in rows}, today=person.today(at))
        rules = ReviewRule.objects.approved()
        units = {row.term.unit_id: row.term.unit for row in rows}
        days = [row.performed_on for row in rows]
        last = max(*days, at.date()) + BEYOND_DEADLINES
        first = Week.of(min(days)).first_day
        self.calendars = WorkPattern.objects.calendars(
            units.values(), first=first, last=last, beside=[posts, rules]
        )
        self.posts, self.rules = {post.pk: post for post in posts}, timeline_of(rules)

    def wait(self, week, rows):
        row = rows[0]
        if not row.month.is_open_for_review(self.at):
            due_at = row.month.publication_due_at
            return Wait(rows, week, due_at, is_late=due_at <= self.at, is_after_close=True)
        due_at, is_higher = self._due(week, row)
        post = self.posts.get(row.reviewing_post_id)
        first, above = (post.first or {}, post.above or {}) if post else ({}, {})
        return Wait(
            rows,
            week,
            due_at,
            is_late=due_at <= self.at,
            reviewer=first.get("name", ""),
            capacity=first.get("capacity", ""),
            higher=above.get("name", "") if is_higher else "",
        )

    def _due(self, week, row):
        """The moment by which the line decides, and whether the next superior may by now."""
        closes_at, rule = row.month.review_closes_at, self.rules.find(row.performed_on)
        if rule is None:
            return closes_at, False
        calendar, zone = self.calendars[row.term.unit_id], office_zone(row)
        due_at = due.review_due_at(week, calendar, zone, due_days=rule.due_days, review_closes_at=closes_at)
        from_day = due.stands_higher_from(week, calendar, zone, overdue_days=rule.overdue_days)
        return due_at, self.at.astimezone(zone).date() >= from_day


def _acting(person, posts, *, today):
    """The posts with `first`, who is first of the order there today, and `above`, the next superior."""
    asked = {"owner": person, "day": today}
    first = Acting.objects.acting_for(OuterRef("pk"), **asked)
    above = Acting.objects.next_above(OuterRef("pk"), **asked)
    named = {
        name: Subquery(found.values(json=JSONObject(**NAMED))[:1])
        for name, found in (("first", first), ("above", above))
    }
    return Post.objects.filter(pk__in=posts - {None}).annotate(**named)
