"""A week's rows as a page counts them without opening them, and how its reviewer stands to each; one query.

Source: domain.md, section 5.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.postgres.aggregates import JSONBAgg
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef
from django.db.models.functions import JSONArray, JSONObject

from activities.models import Activity
from approvals.models import Decision, ReviewRule
from approvals.standings import HIGHER, PAIR, Standings, may_decide
from calendars.models import Month
from organization.models import Post, Unit, User
from records.timeline import Timeline

MADE = Decision.objects.filter(activity=OuterRef("pk")).order_by()
RULES = ReviewRule.objects.approved().order_by().values(
    stored=JSONObject(from_day="valid_from", due_days="due_days", overdue_days="overdue_days")
)  # fmt: skip
SHARED = {"owner": "person__name", "line_title": "reviewing_post__title", "closes": "month__review_closes_at"}
COLUMNS = {
    "pk": "pk",
    "version": "version",
    "day": "performed_on",
    "status": "status",
    "flagged": "flagged",
    "credited": "credited_minutes",
    "approved": "approved_minutes",
    "title": "post__title",
    "unit": "term__unit_id",
    "agency": "term__unit__agency_id",
    "pattern": "term__unit__pattern",
    "zone": "term__unit__zone",
    "since": "reported_at",
}
NAMES = (*COLUMNS, "changed", "decided")


@dataclass(frozen=True)
class CountedRow:
    """One row of the week, without what only its own text needs. `minutes` are those it stands for."""

    pk: int
    version: int
    person: User
    title: str
    unit: Unit
    reviewing_post: Post | None
    day: date
    closes: datetime
    since: datetime
    stands: str
    can_decide: bool
    flagged: bool
    changed: bool
    reached: bool
    minutes: int

    @property
    def is_higher(self):
        """Whether it waits with them for want of a decision in the level below."""
        return self.can_decide and self.stands == HIGHER

    @property
    def needs_a_look(self):
        """Flagged, or changed since it was once decided, or brought up from the level below."""
        return self.can_decide and (self.flagged or self.changed or self.stands == HIGHER)


@dataclass(frozen=True)
class DaysOfReview:
    """A review rule as deadlines are reckoned by it."""

    valid_from: date
    due_days: int
    overdue_days: int
    scope: str = ""


class CountedRows(Standings):
    """The Standings to `activities`, and each of them as a CountedRow, by day."""

    def __init__(self, scope, activities):
        decided = Exists(MADE.filter(by=scope.person))
        facts = JSONArray(*COLUMNS.values(), Exists(MADE), decided)
        shared = {name: F(path) for name, path in SHARED.items()}
        rows = JSONBAgg(facts, order_by=("performed_on", "starts_at", "pk"))
        super().__init__(scope, activities, rows=rows, rules=ArraySubquery(RULES), **shared)
        self._units = {}
        found = [row for pair in self.pairs for row in self._of_pair(scope, pair)]
        self.rows = sorted(found, key=lambda row: row.day)

    @property
    def rules(self):
        """The review rules as a Timeline; None where there is no row to reckon with."""
        stored = self.pairs[0]["rules"] if self.pairs else None
        return stored and Timeline(
            DaysOfReview(date.fromisoformat(rule.pop("from_day")), **rule) for rule in map(dict, stored)
        )

    def _of_pair(self, scope, pair):
        """Its rows. What they share is made once: there are hundreds of rows to a page."""
        person, post = User(pk=pair["person"], name=pair["owner"]), pair["reviewing_post"]
        shared = {
            "person": person,
            "reviewing_post": post and Post(pk=post, title=pair["line_title"]),
            "closes": pair["closes"],
        }
        month = Month(status=pair["month__status"], review_closes_at=pair["closes"])
        standing, is_open = self.of_pair(*(pair[name] for name in PAIR)), month.is_open_for_review(scope.at)
        rows = (dict(zip(NAMES, values, strict=True)) for values in pair["rows"])
        return [_row(row, standing, is_open=is_open, unit=self._unit(row), **shared) for row in rows]

    def _unit(self, row):
        if row["unit"] not in self._units:
            facts = {"agency_id": row["agency"], "pattern": row["pattern"], "zone": row["zone"]}
            self._units[row["unit"]] = Unit(pk=row["unit"], **facts)
        return self._units[row["unit"]]


def _row(row, standing, *, is_open, **shared):
    waits = row["status"] == Activity.Status.REPORTED
    stands = standing.towards(row["status"], decided=row["decided"])
    return CountedRow(
        pk=row["pk"],
        version=row["version"],
        title=row["title"],
        day=date.fromisoformat(row["day"]),
        since=datetime.fromisoformat(row["since"]),
        stands=stands,
        can_decide=waits and may_decide(stands, is_open=is_open),
        flagged=row["flagged"],
        changed=row["changed"],
        reached=standing.reaches(row["status"], decided=row["decided"]),
        minutes=row["credited"] if waits else row["approved"],
        **shared,
    )
