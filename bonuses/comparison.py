"""A run beside the month before: what changed in people and rupiah, of the same agencies."""

from django.utils.translation import gettext_lazy

from bonuses.models import Line, NoLine

KINDS = {
    "people": gettext_lazy("People paid"),
    "net": gettext_lazy("Net, million rupiah"),
    "topped_up": gettext_lazy("Added up to the floor"),
    "acted": gettext_lazy("Acting (Plt)"),
    "sanctioned": gettext_lazy("Sanctions"),
    "unpaid": gettext_lazy("Without a line, with the reason"),
}


def comparison(run, agencies, totals, *, unpaid):
    """Rows `{label, is_money, before, now, change}`; none without a month before.

    `totals` and `unpaid`, the number without a line, are those of the run. Net is in rupiah, the rest counts
    people.
    """
    before = Line.objects.of_month(run.key.previous, agencies=agencies).totals()
    unpaid_before = NoLine.objects.of_month(run.key.previous, agencies=agencies).count()
    if not before["people"] and not unpaid_before:
        return []
    before["unpaid"], now = unpaid_before, totals | {"unpaid": unpaid}
    return [
        {
            "label": label,
            "is_money": kind == "net",
            "before": before[kind],
            "now": now[kind],
            "change": now[kind] - before[kind],
        }
        for kind, label in KINDS.items()
    ]
