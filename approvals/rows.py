"""Activities as a reviewer sees them: what was decided so far, and what they may do with each now.

Read in three queries, whatever the number of rows. Source: domain.md, sections 4 and 5.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Min, OuterRef, Subquery, Value, When
from django.db.models.functions import JSONObject

from activities.models import Activity
from approvals import due
from approvals.forms import ApproveForm, FewerForm, RecallForm, RejectForm, ReturnForm
from approvals.models import Decision, ReviewRule
from approvals.models.authority import office_zone
from approvals.states import RowState
from calendars.models import WorkPattern
from calendars.weeks import Week
from records.refusals import said

UNDECIDED, LINE, HIGHER, OTHER = "undecided", "line", "higher", "other"
MINE = (UNDECIDED, LINE, HIGHER)
RELATED = ("person", "item", "month", "entered_by", "post__unit", "reviewing_post")
BEYOND_DEADLINES = timedelta(days=60)


@dataclass(frozen=True)
class Past:
    """One decision of a row, in words of the screen."""

    verdict: str
    minutes: int
    reason: str
    by: str
    by_id: int
    capacity: str
    after_close: bool
    at: datetime

    @classmethod
    def of(cls, stored):
        return cls(**stored | {"at": datetime.fromisoformat(stored["at"])})

    @property
    def label(self):
        return Decision.Verdict(self.verdict).label

    @property
    def capacity_label(self):
        return Decision.Capacity(self.capacity).label


@dataclass
class ReviewRow:
    """One activity with its decisions so far, and the forms by which a reviewer may decide it now.

    `answered` is a rejected form of this row, with what was typed and why it was rejected.
    """

    activity: Activity
    past: list[Past]
    stands: str
    is_open: bool
    reviewer_id: int
    return_days: tuple[date, date] | None
    back: str
    answered: object = None

    @property
    def is_waiting(self):
        return self.activity.status == Activity.Status.REPORTED

    @property
    def can_decide(self):
        return self.is_waiting and (self.stands == UNDECIDED or (self.is_open and self.stands in MINE))

    @property
    def state(self):
        """What is said of it where it waits, but not for the reader; else None."""
        return RowState.ELSEWHERE if self.is_waiting and not self.can_decide else None

    @property
    def can_recall(self):
        return self.is_open and self.decision is not None and self.decision.by_id == self.reviewer_id

    @property
    def needs_a_look(self):
        """Flagged, or changed since it was once decided, or brought up from the level below."""
        return self.can_decide and bool(self.activity.flagged or self.past or self.stands == HIGHER)

    @property
    def can_act(self):
        return self.can_decide or self.can_recall

    @property
    def has_flags(self):
        """Whether anything about it is said beside its text."""
        return self.activity.flagged or self.activity.was_answered or self.is_higher

    @property
    def is_higher(self):
        return self.is_waiting and self.stands == HIGHER

    @property
    def stands_open(self):
        return self.answered is not None

    @property
    def refusal(self):
        """Why its answer was rejected, where no open form of the row says so."""
        if self.answered is None or self.answered in self.acts:
            return ""
        return said(self.answered)

    @property
    def decision(self):
        """The decision that holds now; None while the row waits."""
        return self.past[-1] if self.past and not self.is_waiting else None

    @property
    def earlier(self):
        return self.past if self.is_waiting else self.past[:-1]

    @property
    def minutes(self):
        """Minutes it stands for: the decided ones, else the credited ones while it waits."""
        return self.activity.credited_minutes if self.is_waiting else self.activity.approved_minutes

    @property
    def chosen(self):
        """Its id and version, as bulk forms list them."""
        return f"{self.activity.pk}:{self.activity.version}"

    @cached_property
    def approve(self):
        return self._form(ApproveForm)

    @cached_property
    def acts(self):
        """The forms that ask for a reason, in their order on the screen."""
        if self.can_recall:
            return [self._form(RecallForm)]
        if not self.can_decide:
            return []
        possible = [FewerForm] if self.activity.credited_minutes > 1 else []
        possible += [ReturnForm] if self.return_days or type(self.answered) is ReturnForm else []
        return [self._form(form) for form in [*possible, RejectForm]]

    def _form(self, form):
        return self.answered if type(self.answered) is form else form(row=self)


class RowReader:
    """Reads rows for the reviewer of `scope`; `back` names the page to which their forms lead back."""

    def __init__(self, scope, *, back):
        self.scope, self.back = scope, back
        self.calendars = {}

    def read(self, activities, *, first, units=()):
        """Rows of `activities` in the order of the screen. Those of the next level only once overdue.

        `first` is a day not after any of them; the calendars of `units` are read along.
        """
        found = list(self._annotated(activities))
        offices = {unit.pk: unit for unit in [*units, *(activity.post.unit for activity in found)]}
        last = (
            max([first, self.scope.today, *(activity.performed_on for activity in found)]) + BEYOND_DEADLINES
        )
        self.calendars = WorkPattern.objects.calendars(offices.values(), first=first, last=last)
        return [self._row(a) for a in found if a.stands != HIGHER or self.is_overdue(a)]

    def find(self, pks):
        """Rows by id: those of `pks` of which a form that the reviewer sent is answered."""
        found = self.scope.answerable().filter(pk__in=pks)
        day = found.aggregate(day=Min("performed_on"))["day"]
        rows = self.read(found, first=Week.of(day).first_day) if day else []
        return {row.activity.pk: row for row in rows}

    def due_at(self, activity):
        """The moment by which the line decides it; review close where no rule says it earlier."""
        if activity.rule is None:
            return activity.month.review_closes_at
        return due.review_due_at(
            Week.of(activity.performed_on),
            self.calendars[activity.post.unit_id],
            office_zone(activity),
            due_days=activity.rule["due"],
            review_closes_at=activity.month.review_closes_at,
        )

    def is_overdue(self, activity):
        """Whether it stands with the next superior too."""
        if activity.rule is None:
            return False
        calendar = self.calendars[activity.post.unit_id]
        week, days = Week.of(activity.performed_on), activity.rule["overdue"]
        today = self.scope.at.astimezone(office_zone(activity)).date()
        return today >= due.stands_higher_from(week, calendar, overdue_days=days)

    def _row(self, activity):
        scope, month = self.scope, activity.month
        is_open = month.is_open_for_review(scope.at)
        return ReviewRow(
            activity,
            [Past.of(stored) for stored in activity.past],
            stands=activity.stands,
            is_open=is_open,
            reviewer_id=scope.person.pk,
            return_days=self._return_days(activity) if is_open and activity.stands in MINE else None,
            back=self.back,
        )

    def _return_days(self, activity):
        zone = office_zone(activity)
        return due.return_days(
            self.scope.at.astimezone(zone).date(),
            self.calendars[activity.post.unit_id],
            zone,
            review_closes_at=activity.month.review_closes_at,
        )

    def _annotated(self, activities):
        stands = Case(
            When(self.scope.undecided_here, then=Value(UNDECIDED)),
            When(self.scope.line | self.scope.assessed, then=Value(LINE)),
            When(self.scope.higher, then=Value(HIGHER)),
            When(self.scope.decided, then=Value(OTHER)),
            When(self.scope.next_above, then=Value(HIGHER)),
            default=Value(OTHER),
        )
        return (
            activities.annotate(stands=stands, past=ArraySubquery(PAST), rule=Subquery(RULE[:1]))
            .select_related(*RELATED)
            .order_by("performed_on", "starts_at", "pk")
        )


PAST = (
    Decision.objects.filter(activity=OuterRef("pk"))
    .order_by("pk")
    .values(
        stored=JSONObject(
            verdict="verdict",
            minutes="minutes",
            reason="reason",
            by="by__name",
            by_id="by",
            capacity="capacity",
            after_close="after_close",
            at="at",
        )
    )
)
RULE = ReviewRule.objects.up_to(OuterRef("performed_on")).values(
    days=JSONObject(due="due_days", overdue="overdue_days")
)
