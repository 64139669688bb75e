"""A run beside the month before: what changed in people and rupiah, of the same agencies."""

from bonuses.models import Line, NoLine


def comparison(run, agencies, totals):
    """Rows `{kind, before, now, change}`, net in rupiah, the rest people; none without a month before."""
    before = Line.objects.of_month(run.key.previous, agencies=agencies).totals()
    unpaid_before = NoLine.objects.of_month(run.key.previous, agencies=agencies).count()
    if not before["people"] and not unpaid_before:
        return []
    before["unpaid"], now = unpaid_before, totals | {"unpaid": NoLine.objects.of_run(run).count()}
    kinds = ("people", "net", "topped_up", "acted", "sanctioned", "unpaid")
    return [
        {"kind": kind, "before": before[kind], "now": now[kind], "change": now[kind] - before[kind]}
        for kind in kinds
    ]
