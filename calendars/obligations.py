"""What a month asks of many people at once, read in a fixed number of queries.

Source: domain.md, section 3.
"""

from dataclasses import replace

from calendars.days import PersonDays, Stay, person_days
from calendars.models import Leave, WorkPattern
from calendars.weeks import ONE_DAY, MonthKey
from organization.models import EmploymentStatus, Posting, Unit

HELD = (
    *("pk", "person_id", "post_id", "starts_on", "ends_on"),
    *("post__unit", "post__unit__agency", "post__unit__pattern"),
)
DATED = ("starts_on", "ends_on", "kind")


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
    held = Posting.objects.filter(person__in=people_ids).overlapping(first, last)
    postings = list(held.order_by("person", "starts_on", "pk").values_list(*HELD, named=True))
    calendars = WorkPattern.objects.calendars(_units(postings), first=first, last=last)
    statuses = _statuses(people_ids, first, last)
    absences = Leave.objects.filter(person__in=people_ids).absences(first, last)
    stays = {}
    for posting in postings:
        calendar = calendars[posting.post__unit]
        parts = _stays(posting, calendar, statuses.get(posting.person_id, ()), first, last)
        stays.setdefault(posting.person_id, []).extend(parts)
    return stays, absences


def cut(stays, first, last):
    """The parts of `stays` that lie from `first` to `last`."""
    return [
        replace(stay, first=max(stay.first, first), last=min(stay.last, last))
        for stay in stays
        if stay.first <= last and first <= stay.last
    ]


def _units(postings):
    """The offices of the postings, each once, with what their calendar depends on."""
    offices = {(p.post__unit, p.post__unit__pattern, p.post__unit__agency) for p in postings}
    return [Unit(pk=pk, pattern=pattern, agency_id=agency) for pk, pattern, agency in sorted(offices)]


def _statuses(people_ids, first, last):
    """{person_id: [(first day, last day or None, kind), ...]} in the order of the days."""
    rows = EmploymentStatus.objects.filter(person__in=people_ids).overlapping(first, last)
    grouped = {}
    for person, *status in rows.order_by("person", "starts_on").values_list("person", *DATED):
        grouped.setdefault(person, []).append(status)
    return grouped


def _stays(posting, calendar, statuses, first, last):
    """Cut a posting where the person's status changes; days without a status keep None."""
    day, until = max(first, posting.starts_on), min(last, posting.ends_on or last)
    found = []
    while day <= until:
        kind, end = None, until
        for starts_on, ends_on, status in statuses:
            if starts_on <= day <= (ends_on or until):
                kind, end = status, min(end, ends_on or until)
            elif starts_on > day:
                end = min(end, starts_on - ONE_DAY)
        office = posting.post__unit, posting.post__unit__agency
        found.append(Stay(posting.pk, posting.post_id, *office, day, end, kind, calendar))
        day = end + ONE_DAY
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
