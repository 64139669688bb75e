"""Where each person's month stands: what it comes to now, and whether its mark still fits."""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy

from assessment.models.assessments import Assessment, why_not_assessed
from assessment.models.rules import ScoreRule
from assessment.scoring import MonthFacts
from calendars.days import PersonDays
from records.dated import NoRule
from records.looks import GOOD, NEEDED, PLAIN, ShownChoices
from records.side_by_side import read_together


class State(ShownChoices):
    """What is left to do for one person."""

    WAITING = "waiting", "s-tunggu", PLAIN, gettext_lazy("no mark yet")
    CHANGED = "changed", "bendera", NEEDED, gettext_lazy("facts changed, confirm again")
    CONFIRMED = "confirmed", "s-disetujui", GOOD, gettext_lazy("confirmed")
    UNASSESSED = "unassessed", "s-kosong", PLAIN, gettext_lazy("not assessed")


@dataclass(frozen=True)
class PersonMonth:
    """One person's month. `score` holds the mark where it still fits, else the proposal.

    `reason` is a value of Assessment.Unassessed where there is no score; `days` are None once published,
    when the row holds them.
    """

    person_id: int
    facts: MonthFacts
    proposal: Decimal
    score: object
    band: str
    state: State
    row: Assessment | None
    rule: ScoreRule
    reason: str = ""
    days: PersonDays | None = None

    @property
    def version(self):
        return self.row.version if self.row else 0

    @property
    def parts(self):
        """What each component adds to the score, in points, not rounded."""
        return [
            without_zeros(points * weight)
            for points, weight in zip(self.score[:3], self.rule.weights, strict=True)
        ]

    @property
    def exact(self):
        """The weighted sum before it is rounded."""
        return without_zeros(sum(self.parts))

    @property
    def is_rounded(self):
        return self.exact != self.score.score

    @property
    def confirmed_by(self):
        """Who gave the mark that still fits; None where there is none."""
        return self.row.marked_by if self.state == State.CONFIRMED else None

    @property
    def base_minutes(self):
        """The minutes against which the refused ones are held."""
        return self.rule.base_minutes(self.facts)

    @property
    def unassessed(self):
        """Why there is no score, in words; "" where there is one."""
        return Assessment.Unassessed(self.reason).label if self.reason else ""


def without_zeros(value):
    """A Decimal without needless zeros behind the point."""
    text = f"{value:f}"
    return Decimal(text.rstrip("0").rstrip(".") if "." in text else text)


def person_months(month, people=None, beside=()):
    """{person id: PersonMonth} of a month, in a fixed number of queries; `people` keeps it to some ids,
    `beside` are lists filled by the first of them.

    Before publication from the facts of now, afterwards from what was frozen.
    """
    rows = Assessment.objects.filter(month=month).select_related("rule", "marked_by")
    if people is not None:
        rows = rows.filter(person__in=people)
    if month.is_published:
        read_together(rows, *beside)
        return {
            row.person_id: _person_month(
                row.person_id, row.facts, row.rule, row=row, reason=row.not_assessed_reason
            )
            for row in rows
        }
    rules = ScoreRule.objects.up_to(month.key.last_day)[:1]
    found = Assessment.objects.days_and_facts(month, people, beside=[rows, rules, *beside])
    if not rules:
        raise NoRule(ScoreRule, month.key.last_day)
    marked = {row.person_id: row for row in rows}
    return {
        person: _person_month(
            person, facts, rules[0], row=marked.get(person), reason=why_not_assessed(days), days=days
        )
        for person, (days, facts) in found.items()
    }


def tally(person_months):
    """How many people stand in each state; also "people"."""
    counts = Counter(person_month.state.value for person_month in person_months.values())
    return {"people": len(person_months)} | {state.value: counts[state.value] for state in State}


def _person_month(person, facts, rule, *, row, reason, days=None):
    proposal, state = rule.proposal(facts), _state(facts, rule, row=row, reason=reason)
    quality = row.quality if state == State.CONFIRMED else proposal
    score = rule.score(facts, quality=quality)
    band = rule.band(score.score) if score else ""
    return PersonMonth(person, facts, proposal, score, band, state, row, rule, reason=reason, days=days)


def _state(facts, rule, *, row, reason):
    if reason:
        return State.UNASSESSED
    if row is None or row.score is None:
        return State.WAITING
    return State.CONFIRMED if row.facts == facts and row.rule_id == rule.pk else State.CHANGED
