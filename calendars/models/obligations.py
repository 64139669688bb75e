"""What days ask of many people at once, read in a fixed number of queries.

Computed when read, so that a late change of leave, holiday or posting is in the next figure. Source:
domain.md, section 3.
"""

from dataclasses import replace
from datetime import date

from calendars.days import PersonCalendar, PersonDays
from calendars.models.leaves import Leave
from calendars.models.patterns import WorkPattern
from calendars.segments import Stay
from calendars.weeks import MonthKey
from organization.models import Posting, Unit

READ = (
    *("pk", "person_id", "post_id", "starts_on", "ends_on"),
    *("unit_id", "agency_id", "pattern", "zone", "statuses_then", "tariffs_begin"),
)


def obligations(people_ids, key: MonthKey) -> dict[int, PersonDays]:
    """PersonDays by person id for everyone of `people_ids`, ids or a query, posted on a day of it."""
    found, shared = person_calendars(people_ids, first=key.first_day, last=key.last_day), {}
    return {person: _count(calendar, key, shared) for person, calendar in found.items()}


def person_calendar(person, *, first, last) -> PersonCalendar:
    """The days of one person from `first` to `last`."""
    return person_calendars([person.pk], first=first, last=last).get(person.pk) or PersonCalendar()


def person_calendars(people_ids, *, first, last) -> dict[int, PersonCalendar]:
    """PersonCalendar by person id for everyone posted on a day from `first` to `last`; five queries."""
    held = Posting.objects.filter(person__in=people_ids).for_days(first, last)
    postings = list(held.order_by("person", "starts_on", "pk").values_list(*READ, named=True))
    return calendars_of(postings, first=first, last=last)


def calendars_of(postings, *, first, last, offices=None) -> dict[int, PersonCalendar]:
    """The same for postings already read by `for_days`, in their order; four queries.

    `offices` are the calendars of their units by id, two queries less.
    """
    if offices is None:
        offices = WorkPattern.objects.calendars(_units(postings), first=first, last=last)
    people = {posting.person_id for posting in postings}
    absences, stays = Leave.objects.filter(person__in=people).absences(first, last), {}
    for posting in postings:
        parts = _stays(posting, offices[posting.unit_id], first, last)
        stays.setdefault(posting.person_id, []).extend(parts)
    return {person: PersonCalendar(found, absences.get(person, {})) for person, found in stays.items()}


def _units(postings):
    """The offices of the postings, each once, with what their calendar depends on."""
    offices = {(posting.unit_id, posting.pattern, posting.agency_id) for posting in postings}
    return [Unit(pk=pk, pattern=pattern, agency_id=agency) for pk, pattern, agency in sorted(offices)]


def _stays(posting, calendar, first, last):
    """The days of a posting from `first` to `last`, in the parts that are paid alike."""
    stay = Stay(
        posting_id=posting.pk,
        post_id=posting.post_id,
        unit_id=posting.unit_id,
        agency_id=posting.agency_id,
        first=max(first, posting.starts_on),
        last=min(last, posting.ends_on or last),
        calendar=calendar,
        zone=posting.zone,
    )
    statuses = [(_day(begin), _day(end), kind) for begin, end, kind in posting.statuses_then]
    return stay.parts(statuses=statuses, tariffs=posting.tariffs_begin)


def _day(text):
    return date.fromisoformat(text) if text else None


def _count(calendar, key, shared):
    """Count the days; people with one alike stay and no leave share the counting."""
    if calendar.absences or len(calendar.stays) > 1:
        return calendar.count(key)
    stay = calendar.stays[0]
    alike = (id(stay.calendar), stay.first, stay.last, stay.is_suspended)
    if alike not in shared:
        shared[alike] = calendar.count(key)
    model = shared[alike]
    own = replace(model.segments[0], stay=stay)
    return replace(model, segments=(own,), home_agency_id=stay.agency_id)
