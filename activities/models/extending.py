"""What an outage moves of the moments that rows keep. Source: domain.md, section 3."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from activities.models.activity import Activity
from activities.models.opened import OpenDay
from calendars.models import Month
from calendars.models.obligations import person_calendars
from calendars.moving import moved
from calendars.weeks import MOVED_AT_MOST, days_between

Status = Activity.Status


def move_for(outage, *, at):
    """Move windows and due moments of rows, and opened days, that lie inside the outage; safe twice."""
    inside = (outage.starts_at + timedelta(microseconds=1), outage.ends_at)
    rows = Activity.objects.filter(month__status=Month.Status.OPEN)
    unsent = rows.filter(status__in=[Status.DRAFT, Status.REPORTED], window_closes_at__range=inside)
    _move(unsent, "window_closes_at", outage)
    _move(rows.filter(status=Status.RETURNED, return_due_at__range=inside), "return_due_at", outage)
    _reopen(OpenDay.objects.filter(until__range=inside), outage, at=at)


def _move(rows, name, outage):
    later = {}
    found = list(rows.order_by("pk").values_list("pk", "person_id", name))
    ends = _ends({(person, moment) for _pk, person, moment in found}, outage)
    for pk, person, moment in found:
        later.setdefault(ends[person, moment], []).append(pk)
    for moment, ids in later.items():
        Activity.objects.filter(pk__in=ids).update(**{name: moment})


def _reopen(opened, outage, *, at):
    """The same days once more, to the later moment: what was opened is never edited."""
    found = list(opened)
    ends = _ends({(row.person_id, row.until) for row in found}, outage)
    rows = [
        OpenDay(person_id=row.person_id, day=row.day, cause=row.cause, until=ends[row.person_id, row.until])
        for row in found
        if ends[row.person_id, row.until] > at
    ]
    OpenDay.objects.open(rows, by=outage.ended_by, at=at, reason=outage.reason)


def _ends(wanted, outage):
    """The moved moment of each (person id, moment); it stays where somebody has no working day ahead."""
    first = outage.ends_at.date() - timedelta(days=1)
    last = first + MOVED_AT_MOST
    calendars = person_calendars({person for person, _moment in wanted}, first=first, last=last)
    found = {}
    for person, moment in wanted:
        calendar = calendars.get(person)
        found[person, moment] = moment if calendar is None else _moved(calendar, moment, outage, last)
    return found


def _moved(calendar, moment, outage, last):
    def working(day):
        return (each for each in days_between(day, last) if calendar.on(each).is_working)

    stay = calendar.stays[-1]
    return moved(moment, [outage.span], zone=ZoneInfo(stay.zone), working=working)[0]
