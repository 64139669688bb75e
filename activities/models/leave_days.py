"""Work on days of full leave: how much there is, and its mark, which follows the facts."""

from django.db.models import Count, Max, Sum

from activities.models.activity import Activity
from calendars.models import Month
from calendars.models.obligations import person_calendar


def reported_in(person, first, last):
    """(rows, minutes) that `person` has reported for days from `first` to `last`; one query."""
    found = Activity.objects.of(person).filter(performed_on__range=(first, last)).filling_the_day()
    counts = found.aggregate(rows=Count("pk"), minutes=Sum("minutes"))
    return counts["rows"], counts["minutes"] or 0


def follow_leave(person, *, since):
    """Let the mark of their rows from `since` on say what is so now: whether the day is excused in whole.

    So it does not matter whether leave or report came first. Rows of final months stay as they are.
    """
    rows = (
        Activity.objects.of(person).filter(performed_on__gte=since).exclude(month__status=Month.Status.FINAL)
    )
    last = rows.aggregate(last=Max("performed_on"))["last"]
    if last is None:
        return
    calendar = person_calendar(person, first=since, last=last)
    wrong = {True: [], False: []}
    for pk, day, flagged in rows.values_list("pk", "performed_on", "flagged"):
        excused = calendar.on(day).is_excused
        if flagged != excused:
            wrong[excused].append(pk)
    for excused, ids in wrong.items():
        Activity.objects.filter(pk__in=ids).update(flagged=excused)
