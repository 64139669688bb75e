"""The sizes of a draw: what the rule makes of the rows there are, and what was found in them."""

from typing import NamedTuple

from assessment import sampling
from assessment.models import Draw, ScoreRule
from assessment.models.draws import plan_of, strata_of
from calendars.models import Month


class StratumSize(NamedTuple):
    """One line of the plan, or of the result: sizes in rows, shares of 1 (None where all are read)."""

    label: str
    number: int
    confidence: object
    error: object
    population: int
    size: int
    read: int
    refused: int

    @property
    def title(self):
        """Its name; of a later draw with the number."""
        return f"{self.label} {self.number}" if self.number > 1 else self.label

    @property
    def percents(self):
        """Confidence and error in per cent."""
        return (self.confidence * 100, self.error * 100) if self.confidence else None

    @property
    def refusal_percent(self):
        """Refused rows in whole per cent of those read, None before the first."""
        return self.refused * 100 // self.read if self.read else None


def planned_strata(month):
    """What a draw would take now; nothing while the month is open, for its rows are still to come."""
    if month.status == Month.Status.OPEN:
        return []
    rule = ScoreRule.objects.in_force(month.key.last_day)
    planned = []
    for stratum, ids in strata_of(month).items():
        confidence, error = plan_of(rule, stratum)
        size = sampling.sample_size(confidence, error, len(ids)) if confidence else len(ids)
        planned.append(StratumSize(Draw.Stratum(stratum).label, 1, confidence, error, len(ids), size, 0, 0))
    return planned


def drawn_strata(month):
    """What was drawn, and how many of its rows were read and refused; one query."""
    return [
        StratumSize(
            draw.get_stratum_display(),
            draw.number,
            draw.confidence,
            draw.error,
            draw.population,
            draw.size,
            draw.read,
            draw.refused,
        )
        for draw in Draw.objects.filter(month=month).with_findings()
    ]
