"""Which days are open, asked all at once and one by one."""

from datetime import date

import pytest

from activities.models import EntryRule, ReportingDays
from calendars.models import Month
from calendars.weeks import ONE_DAY, MonthKey, days_between
from organization.models import Unit
from tests import factories, factories_activities
from tests.factories import at, signed

pytestmark = pytest.mark.django_db
DAYS = [(2, 27), (3, 2), (3, 3), (3, 4), (3, 6), (3, 9), (3, 10), (3, 11), (3, 19), (3, 20), (4, 1), (4, 2)]
MOMENTS = [at(2026, month, day, hour, 30) for month, day in DAYS for hour in (0, 9, 23)]


def two_days(city):
    return city.ana


def long_rule_before_a_short_one(city):
    signed(EntryRule, valid_from=date(2026, 3, 1), days=1)
    return city.ana


def until_the_month_closes(city):
    signed(EntryRule, valid_from=date(2026, 2, 1), counted_in="month_close", days=0)
    signed(EntryRule, valid_from=date(2026, 3, 4), days=1, grace_minutes=600)
    return city.ana


def calendar_days(city):
    signed(EntryRule, valid_from=date(2026, 2, 1), counted_in="calendar_days", days=6)
    return city.ana


def leave_of_two_weeks(city):
    factories.leave(city.ana, date(2026, 2, 25), date(2026, 3, 10))
    return city.ana


def suspension(city):
    worker = factories.person()
    factories.posted(worker, city.staff_post)
    days = {"starts_on": date(2026, 3, 2), "ends_on": date(2026, 3, 6)}
    factories.suspended(worker, days["starts_on"], days.get("ends_on"))
    return worker


def month_closed_late(city):
    late(city.agency)
    return city.ana


def transfer_out_of_an_agency_that_closes_late(city):
    late(city.agency)
    signed(EntryRule, valid_from=date(2026, 2, 1), counted_in="month_close")
    return moved(city, date(2026, 2, 16))


def transfer_on_a_weekend_into_a_zone_where_midnight_is_earlier(city):
    Unit.objects.filter(pk=city.other.pk).update(zone="Asia/Jayapura")
    return moved(city, date(2026, 3, 8))


def moved(city, day):
    """A person who leaves their agency for the other one on `day`."""
    mover = factories.staff(city.staff_post, ends_on=day - ONE_DAY)
    factories.posted(mover, factories.post(city.other), starts_on=day)
    return mover


def late(agency):
    """Let February of the agency be open for entry until 20 March."""
    month, end = Month.objects.of(agency, MonthKey(2026, 2)), at(2026, 3, 20)
    moments = dict.fromkeys(["entry_closes_at", "review_closes_at", "publication_due_at"], end)
    Month.objects.filter(pk=month.pk).update(**moments)


SITUATIONS = [
    two_days,
    long_rule_before_a_short_one,
    until_the_month_closes,
    calendar_days,
    leave_of_two_weeks,
    suspension,
    month_closed_late,
    transfer_out_of_an_agency_that_closes_late,
    transfer_on_a_weekend_into_a_zone_where_midnight_is_earlier,
]


@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda situation: situation.__name__)
def test_the_open_days_are_all_those_that_say_so_one_by_one(situation):
    person = situation(factories_activities.city())
    for moment in MOMENTS:
        one_by_one = ReportingDays(person, at=moment)
        every = reversed(list(days_between(one_by_one.first, one_by_one.today)))

        expected = [one_by_one[day] for day in every if one_by_one[day].is_open(moment)]
        assert facts(ReportingDays(person, at=moment).open_now()) == facts(expected)


def facts(days):
    return [(found.day, found.posting, found.rule, found.window) for found in days]
