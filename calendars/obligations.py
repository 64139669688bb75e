"""What a month asks of many people at once, read in a fixed number of queries.

Source: domain.md, section 3.
"""

from dataclasses import replace

from calendars.days import PersonDays, Stay, person_days
from calendars.models import Leave, WorkPattern
from calendars.weeks import MonthKey
from organization.models import Posting, Status


def obligations(people_ids, key: MonthKey) -> dict[int, PersonDays]:
    """PersonDays by person id for everyone of `people_ids` who is posted on a day of the month.

    Six queries whatever the number of people. Computed when read, so a late change of leave, holiday or
    posting is in the next figure.
    """
    stays, absences = stays_and_absences(people_ids, key.first_day, key.last_day)
    shared = {}
    return {person: _days(found, absences.get(person, {}), key, shared) for person, found in stays.items()}


def stays_and_absences(people_ids, first, last):
    """({person_id: [Stay, ...]}, {person_id: {day: [Absence, ...]}}) from `first` to `last`; six queries.

    What person_days counts from; a stay never reaches outside the range.
    """
    postings = list(
        Posting.objects.filter(person__in=people_ids)
        .overlapping(first, last)
        .select_related("post__unit")
        .order_by("person", "starts_on", "pk")
    )
    calendars = WorkPattern.objects.calendars({p.post.unit for p in postings}, first=first, last=last)
    statuses = _by_person(Status.objects.filter(person__in=people_ids).overlapping(first, last))
    absences = Leave.objects.filter(person__in=people_ids).absences(first, last)
    stays = {}
    for posting in postings:
        parts = _stays(
            posting, calendars[posting.post.unit_id], statuses.get(posting.person_id, ()), first, last
        )
        stays.setdefault(posting.person_id, []).extend(parts)
    return stays, absences


def cut(stays, first, last):
    """The parts of `stays` that lie from `first` to `last`."""
    return [
        replace(stay, first=max(stay.first, first), last=min(stay.last, last))
        for stay in stays
        if stay.first <= last and first <= stay.last
    ]


def _by_person(rows):
    grouped = {}
    for row in rows.order_by("person", "starts_on"):
        grouped.setdefault(row.person_id, []).append(row)
    return grouped


def _stays(posting, calendar, statuses, first, last):
    """Cut a posting where the person's status changes; days without a status keep None."""
    day, until = max(first, posting.starts_on), min(last, posting.ends_on or last)
    found = []
    while day <= until:
        now = next((s for s in statuses if s.holds_on(day)), None)
        later = [s.starts_on for s in statuses if s.starts_on > day]
        end = min([until, *(start.fromordinal(start.toordinal() - 1) for start in later)])
        if now is not None and now.ends_on:
            end = min(end, now.ends_on)
        unit = posting.post.unit
        kind = now.kind if now else None
        found.append(Stay(posting.pk, posting.post_id, unit.pk, unit.agency_id, day, end, kind, calendar))
        day = end.fromordinal(end.toordinal() + 1)
    return found


def _days(stays, absences, key, shared):
    """Count the days; people with one alike stay and no leave share the counting."""
    if absences or len(stays) > 1:
        return person_days(stays, absences, key)
    stay = stays[0]
    alike = (id(stay.calendar), stay.first, stay.last, stay.status == "SUSPENDED")
    if alike not in shared:
        shared[alike] = person_days(stays, {}, key)
    model = shared[alike]
    segment = model.segments[0]
    own = type(segment)(stay, segment.worked_days, segment.excused_paid_days, segment.month_days)
    return PersonDays(model.target_minutes, model.working, model.obliged, (own,), stay.agency_id)
