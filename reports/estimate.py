"""The score and the bonus of a month that is not over: what they would be if it went on like this.

Computed by the same formulas as the real ones, from the same facts; nothing here is stored or paid.
Source: domain.md, sections 6 and 7.
"""

from dataclasses import dataclass, replace
from functools import cached_property

from activities.models import Activity
from assessment.scoring import MonthFacts, Score
from bonuses import formulas
from calendars.days import PersonDays
from organization.models import Placement
from reports.home_rules import HomeRules


@dataclass(frozen=True)
class Provisional:
    """One person's month up to today. `rows` are their reported activities of days that count.

    `so_far` counts the days up to today, `whole` those of the whole month. `with_waiting` takes what the
    superior has not decided yet for approved.
    """

    rules: HomeRules
    posting: Placement
    rows: list[Activity]
    so_far: PersonDays
    whole: PersonDays
    with_waiting: bool = False

    @cached_property
    def if_all_approved(self):
        """The same month with all that waits approved in full; None where nothing waits."""
        return replace(self, with_waiting=True) if self.waiting_minutes and not self.with_waiting else None

    @cached_property
    def facts(self) -> MonthFacts:
        in_time = {row.performed_on for row in self.rows if row.in_time}
        waiting = self.waiting_minutes if self.with_waiting else 0
        return MonthFacts(
            target_minutes=self.so_far.target_minutes,
            counted_minutes=sum(row.counted_minutes for row in self.rows) + waiting,
            obliged_days=len(self.so_far.obliged),
            days_in_time=len(in_time & self.so_far.obliged),
            approved_minutes=sum(row.approved_minutes for row in self.rows) + waiting,
        )

    @property
    def waiting_minutes(self):
        """Minutes that would count if the superior approved all that waits."""
        return sum(row.credited_minutes for row in self.rows if row.status == Activity.Status.REPORTED)

    @cached_property
    def score(self) -> Score | None:
        """The score so far, None while there is no target or no obliged day."""
        quality = self.rules.score.proposal(self.facts)
        return self.rules.score.score(self.facts, quality=quality)

    @property
    def band(self):
        return self.rules.score.band(self.score.score)

    @property
    def weights(self):
        return self.rules.score.weights

    @property
    def is_transferred(self):
        """Whether the month holds another posting, which the estimate leaves out."""
        return any(part.stay.posting_id != self.posting.posting_id for part in self.whole.segments)

    @cached_property
    def paid_parts(self):
        """Segments of today's post as pairs: its days, and the same as the formulas take it."""
        parts = [part for part in self.whole.segments if part.stay.posting_id == self.posting.posting_id]
        return [(part, found) for part in parts if (found := self._segment(part))]

    @cached_property
    def inputs(self):
        """What the bonus is computed from: today's post at the score so far; None where it has none."""
        if not self.paid_parts or self.score is None:
            return None
        return formulas.PersonInput(
            segments=tuple(found for _part, found in self.paid_parts),
            score=self.score.score,
            participated=self.facts.counted_minutes > 0,
            band=self.band,
        )

    @cached_property
    def bonus(self):
        """The month's Bonus before deductions, at today's score on today's post; None where it has none."""
        return self.inputs and formulas.bonus(self.inputs, self.rules.formula())

    @property
    def is_floor(self):
        return self.bonus is not None and self.bonus.floor_top_up > 0

    def _segment(self, part):
        percent, ceiling = self.rules.status_percent(part.stay.status), self.rules.ceiling_on(part.stay.last)
        if percent is None or ceiling is None or not part.month_days:
            return None
        return formulas.SegmentInput(
            ceiling=ceiling,
            level=part.stay.level,
            status_percent=percent,
            worked_days=part.worked_days,
            excused_paid_days=part.excused_paid_days,
            month_days=part.month_days,
        )
