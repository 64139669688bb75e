"""A set of rows too large for one request: what is shown of it before it is sent, and what became of it.

Source: cases D27 and D115.
"""

from dataclasses import dataclass
from functools import cached_property

from django.core.paginator import Paginator

from activities.models import Activity
from approvals.models import BulkSet, Decision
from approvals.states import SetRowState

ROWS_A_PAGE = 50
PEOPLE_AT_ONCE = 500  # each is a field of the form


def larger_than_a_request(review, scope):
    """The BulkSet of the clean rows of a WeekReview, where one request does not take them all; else None."""
    if len(review.approvable) == len(review.clean):
        return None
    rows = [
        (int(pk), int(version), someone.person.pk)
        for someone in review.clean[:PEOPLE_AT_ONCE]
        for pk, version in (pair.split(":") for pair in someone.chosen.split(","))
    ]
    return BulkSet.objects.show(rows, to=scope.person, week=review.week, at=scope.at)


@dataclass(frozen=True)
class SetRow:
    """One row of a set with what became of it: its decision, why there is none, or neither yet."""

    activity: Activity
    decision: Decision | None
    refusal: str

    @property
    def state(self):
        if self.refusal:
            return SetRowState.LEFT
        return self.decision.shown_verdict if self.decision else SetRowState.WAITS


class SetPage:
    """What became of a BulkAct: its sums, and a page of its rows, first those that were not decided."""

    def __init__(self, act, number=1):
        self.act = act
        pairs = sorted(act.pairs, key=lambda pair: (pair[0] not in act.refusals, pair))
        self.page = Paginator(pairs, ROWS_A_PAGE).get_page(number)

    @cached_property
    def rows(self):
        """The SetRows of the page; two queries."""
        pks = [pk for pk, _version in self.page]
        activities = Activity.objects.select_related("person", "item").in_bulk(pks)
        made = Decision.objects.filter(activity__in=pks, by=self.act.listed.person, in_bulk=True)
        decisions = {(decision.activity_id, decision.version): decision for decision in made}
        refusals = self.act.refusals
        return [
            SetRow(activities[pk], decisions.get((pk, version)), refusals.get(pk, ""))
            for pk, version in self.page
        ]
