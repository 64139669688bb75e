"""The report, the review, the home page and the score ask one place what a day wants of a person.

The week is Monday 9 to Sunday 15 March 2026; a working day has 300 minutes, from Thursday on 217.
"""

import pytest

from activities.models import ReportingDays
from approvals.queue import ReviewScope
from approvals.week_pages import WeekReview
from assessment.models import Assessment
from calendars.models import WorkPattern
from calendars.models.obligations import obligations
from calendars.weeks import MonthKey, Week
from reports.home import Home
from tests import factories, factories_bonuses, factories_reports

pytestmark = pytest.mark.django_db
WEEK, MARCH = Week(2026, 11), MonthKey(2026, 3)
NOW = factories.at(2026, 3, 20, 9)
DAYS = dict(zip(("mon", "tue", "wed", "thu", "fri"), WEEK.days, strict=False))


def nothing(ana):
    """Every working day asks for its pattern."""


def half_leave(ana):
    factories.leave(ana, DAYS["thu"], half="am")


def whole_leave(ana):
    factories.leave(ana, DAYS["tue"], DAYS["wed"])


def leave_that_leaves_the_target(ana):
    factories.leave_type("CK", reduces=False)
    factories.leave(ana, DAYS["mon"], code="CK")


def suspension(ana):
    factories.suspended(ana, DAYS["wed"], DAYS["thu"])


def holiday(ana):
    factories.holiday(DAYS["fri"])


def new_tariff(ana):
    factories_bonuses.tariff(5, 1_700_000, valid_from=DAYS["wed"])


FULL = [300, 300, 300, 217, 217]
SITUATIONS = [
    (nothing, FULL, "mon tue wed thu fri"),
    (half_leave, [300, 300, 300, 109, 217], "mon tue wed thu fri"),
    (whole_leave, [300, 0, 0, 217, 217], "mon thu fri"),
    (leave_that_leaves_the_target, FULL, "tue wed thu fri"),
    (suspension, [300, 300, 0, 0, 217], "mon tue fri"),
    (holiday, [300, 300, 300, 217, 0], "mon tue wed thu"),
    (new_tariff, FULL, "mon tue wed thu fri"),
]


@pytest.mark.parametrize(
    ("situation", "targets", "obliged"), SITUATIONS, ids=lambda each: getattr(each, "__name__", "")
)
def test_every_room_gets_the_same_answer(situation, targets, obliged):
    city = factories_reports.city()
    factories.signed(WorkPattern, scope="5", valid_from=DAYS["thu"], minutes=[217] * 5 + [0, 0])
    situation(city.ana)
    expected = (targets + [0, 0], [DAYS[name] for name in obliged.split()])

    assert answer([day.asks for day in reported(city.ana)]) == expected
    assert answer(shown_at_home(city.ana)) == expected
    week = reviewed(city.supervisor, city.ana)
    assert (week.target_minutes, sorted(week.obliged)) == (sum(targets), expected[1])
    assert scored(city.agency, city.ana) == month_of(city.ana) == rest_of_march(targets, obliged)


def answer(days):
    return [day.target_minutes for day in days], [day.day for day in days if day.is_obliged]


def reported(person):
    days = ReportingDays(person, at=NOW)
    return [days[day] for day in WEEK.days]


def shown_at_home(person):
    home = Home(person, person.posting_on(NOW.date()), at=NOW)
    return [home.calendar.on(day) for day in WEEK.days]


def reviewed(reviewer, person):
    people = WeekReview(ReviewScope(reviewer, NOW), WEEK, back="week").people
    return next(someone.days for someone in people if someone.person == person)


def scored(agency, person):
    facts = Assessment.objects.facts(factories.month(agency))[person.pk]
    return facts.target_minutes, facts.obliged_days


def month_of(person):
    found = obligations([person.pk], MARCH)[person.pk]
    return found.target_minutes, len(found.obliged)


def rest_of_march(targets, obliged):
    """The week with the five working days of 300 minutes before it and the twelve of 217 after it."""
    return sum(targets) + 5 * 300 + 12 * 217, len(obliged.split()) + 17
