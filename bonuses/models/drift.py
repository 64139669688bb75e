"""Whom a computed list would pay by other facts today. Source: domain.md, section 6, "Late truths"; case D93.

A list is computed once and looked at for days; a sanction, a rank or a tariff may become known in between.
"""

from django.utils.translation import gettext as _

from assessment.models import Assessment
from bonuses.models.lines import Line
from bonuses.models.reckoning import ASSESSED, Facts, Gap, inputs_of, line
from calendars.segments import PaidDays
from records.refusals import NotNow
from records.sentences import named

NAMED_AT_MOST = 5


class FactsMoved(NotNow):
    """The facts behind a computed list are no longer those of today. Its text names the people."""


def sentence_about(names):
    """Whose facts changed, and what to do, as a sentence for the user."""
    return _(
        "Facts changed after this list was computed (%(names)s). Send it back to draft, and let it be "
        "computed again."
    ) % {"names": named(names, at_most=NAMED_AT_MOST)}


def changed_people(run):
    """Names of those whose line would stand on other inputs now, by name; [] where the run is not whole.

    Reads a fixed number of queries, whatever the number of agencies and people.
    """
    months = [share.month_id for share in run.shares.all()]
    found = Assessment.objects.filter(month__in=months).order_by("person__name", "person")
    assessments = list(found.values_list(*ASSESSED, named=True))
    stored = Line.objects.filter(share__run=run, attempt=run.attempt)
    stored = {who: (inputs, rule) for who, inputs, rule in stored.values_list("person", "inputs", "pay_rule")}
    days = {assessment.person_id: PaidDays.of(assessment.days) for assessment in assessments}
    facts = Facts.read(found.order_by().values("person"), days, run.key)
    return [
        assessment.person__name
        for assessment in assessments
        if _now(assessment, days[assessment.person_id], facts, stored) != stored.get(assessment.person_id)
    ]


def _now(assessment, days, facts, stored):
    """The inputs and the rule by which a line would be computed now; None where there would be none."""
    try:
        if assessment.person_id in stored:
            inputs, *_rest = inputs_of(assessment, days, facts)
            return inputs, facts.pay_rule.pk
        return line(assessment, days, facts)["inputs"], facts.pay_rule.pk
    except Gap:
        return None
