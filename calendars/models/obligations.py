"""What days ask of many people at once, read in a fixed number of queries.

Computed when read, so that a late change of leave, holiday or posting is in the next figure. Source:
domain.md, section 3.
"""

from dataclasses import replace

from calendars.days import PersonCalendar, PersonDays
from calendars.models.leaves import Leave, LeaveType, absences_of
from calendars.models.outages import Outage
from calendars.models.patterns import Holiday, WorkPattern, morning, office_calendars
from calendars.models.unasked import UnaskedDay, with_unasked
from calendars.segments import stays_of
from calendars.weeks import MonthKey
from organization.models import Placement, Suspension, Unit
from records.side_by_side import read_together

READ = (
    *("posting_id", "person_id", "post_id", "starts_on", "ends_on", "unit_id", "class_number", "level"),
    *("agency_id", "pattern", "zone", "statuses_then", "tariffs_begin"),
)


def obligations(people_ids, key: MonthKey, beside=()) -> dict[int, PersonDays]:
    """PersonDays by person id for everyone of `people_ids`, ids or a query, posted on a day of it.

    `beside` are lists that the caller needs too, filled by the same query.
    """
    found = person_calendars(people_ids, first=key.first_day, last=key.last_day, beside=beside)
    shared = {}
    return {person: _count(calendar, key, shared) for person, calendar in found.items()}


def person_calendar(person, *, first, last, beside=()) -> PersonCalendar:
    """The days of one person from `first` to `last`."""
    found = person_calendars([person.pk], first=first, last=last, beside=beside)
    return found.get(person.pk) or PersonCalendar()


def person_calendars(people_ids, *, first, last, beside=()) -> dict[int, PersonCalendar]:
    """PersonCalendar by person id for everyone posted on a day from `first` to `last`; one query.

    `beside` are lists that the caller needs too, filled by the same query.
    """
    held = Placement.objects.filter(person__in=people_ids).for_days(first, last)
    postings = held.order_by("person", "starts_on", "key").values_list(*READ, named=True)
    patterns, holidays = WorkPattern.objects.up_to_any(last), Holiday.objects.closing(first, last)
    outages, away = Outage.objects.since(morning(first)), _Away(people_ids, first, last)
    read_together(postings, patterns, holidays, outages, *away.lists, *beside)
    return _calendars(postings, office_calendars(_units(postings), patterns, holidays, outages), away)


def calendars_of(postings, *, first, last, offices) -> dict[int, PersonCalendar]:
    """The same for postings already read by `for_days`, in their order; one query.

    `offices` are the calendars of their units by id.
    """
    away = _Away({posting.person_id for posting in postings}, first, last)
    read_together(*away.lists)
    return _calendars(postings, offices, away)


class _Away:
    """Leave, suspensions and days not asked for of these people, from `first` to `last`, to be read."""

    def __init__(self, people_ids, first, last):
        self.first, self.last = first, last
        self._leaves = Leave.objects.filter(person__in=people_ids).standing().overlapping(first, last)
        suspended = Suspension.objects.filter(person__in=people_ids).standing().overlapping(first, last)
        self._suspended = suspended.order_by().values_list("person_id", "starts_on", "ends_on")
        self._types = LeaveType.objects.approved()
        self._unasked = UnaskedDay.objects.of_people(people_ids, first, last)
        self.lists = (self._leaves, self._types, self._suspended, self._unasked)

    def calendars(self, stays):
        """PersonCalendar by person id for the `stays` by person id, once the lists were read."""
        absences = absences_of(self._leaves, self._types, first=self.first, last=self.last)
        absences, suspended = with_unasked(absences, self._unasked), {}
        for person, *days in self._suspended:
            suspended.setdefault(person, []).append(tuple(days))
        return {
            person: PersonCalendar(found, absences.get(person, {}), suspended.get(person, ()))
            for person, found in stays.items()
        }


def _calendars(postings, offices, away):
    stays = {}
    for person, parts in stays_of(postings, offices, away.first, away.last):
        stays.setdefault(person, []).extend(parts)
    return away.calendars(stays)


def _units(postings):
    """The offices of the postings, each once, with what their calendar depends on."""
    offices = {(posting.unit_id, posting.pattern, posting.agency_id) for posting in postings}
    return [Unit(pk=pk, pattern=pattern, agency_id=agency) for pk, pattern, agency in sorted(offices)]


def _count(calendar, key, shared):
    """Count the days; people with one alike stay and no leave share the counting."""
    if calendar.absences or calendar.suspended or len(calendar.stays) > 1:
        return calendar.count(key)
    stay = calendar.stays[0]
    alike = (id(stay.calendar), stay.first, stay.last)
    if alike not in shared:
        shared[alike] = calendar.count(key)
    model = shared[alike]
    return replace(model, segments=(replace(model.segments[0], stay=stay),))
