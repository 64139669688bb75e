"""What a day asks, against values worked out by hand, and what a month makes of its days."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendars.days import Absence, PersonCalendar, PersonDay
from calendars.segments import Stay
from calendars.weeks import MonthKey, OfficeCalendar, Week, days_between

FEBRUARY = MonthKey(2026, 2)
FIRST, LAST = date(2026, 1, 1), date(2026, 3, 31)
PATTERNS = ((FIRST, (300,) * 5 + (0, 0)), (date(2026, 2, 18), (217,) * 5 + (0, 0)))
OFFICE = OfficeCalendar(PATTERNS, frozenset({date(2026, 2, 17)}))
STAY = Stay(1, 2, 3, 4, FIRST, LAST, 5, "staff", "PNS", OFFICE, "Asia/Jakarta")
PLAIN, RAMADAN, HOLIDAY, SUNDAY = (date(2026, 2, day) for day in (16, 19, 17, 15))
HALF = Decimal("0.5")
LEAVE, DUTY, ILL = (True, True, Decimal(100)), (False, True, Decimal(0)), (True, False, Decimal(50))


def away(*kinds, share=HALF):
    return [Absence(share, *kind) for kind in kinds]


WORKING = [
    # day, absences: minutes of the target, obliged, excused share, excused paid share
    (PLAIN, [], (300, True, 0, 0)),
    (RAMADAN, [], (217, True, 0, 0)),
    (PLAIN, away(LEAVE, share=Decimal(1)), (0, False, 1, 1)),
    (PLAIN, away(LEAVE), (150, True, HALF, HALF)),
    (RAMADAN, away(LEAVE), (109, True, HALF, HALF)),
    (RAMADAN, away(LEAVE, LEAVE), (0, False, 1, 1)),
    (RAMADAN, away(LEAVE, ILL), (109, False, 1, Decimal("0.75"))),
    (PLAIN, away(DUTY, share=Decimal(1)), (0, True, 0, 0)),
    (PLAIN, away(ILL, share=Decimal(1)), (300, False, 1, HALF)),
]
OFF = [(HOLIDAY, False), (SUNDAY, False), (PLAIN, True), (HOLIDAY, True)]


@pytest.mark.parametrize(("day", "absences", "asked"), WORKING)
@pytest.mark.parametrize("status", ["PNS", "CPNS", "PPPK", "NON_ASN", None])
def test_a_working_day_asks_what_the_pattern_and_the_absences_leave(day, absences, asked, status):
    found = PersonCalendar([replace(STAY, status=status)], {day: absences}).on(day)

    assert (found.is_working, found.is_suspended, found.is_excused) == (True, False, not found.is_obliged)
    assert (found.target_minutes, found.is_obliged, found.excused, found.excused_paid) == asked


@pytest.mark.parametrize(("day", "suspended"), OFF)
@pytest.mark.parametrize("absences", [[], away(LEAVE), away(LEAVE, share=Decimal(1))])
def test_a_day_off_and_a_suspended_day_ask_for_nothing(day, suspended, absences):
    found = PersonCalendar([STAY], {day: absences}, [(day, None)] if suspended else []).on(day)

    asked = (found.target_minutes, found.is_working, found.is_obliged, found.is_excused)
    assert asked == (0, False, False, False)
    assert found.is_suspended == suspended


def test_a_day_without_a_post_asks_for_nothing():
    day = LAST + timedelta(days=1)
    found = PersonCalendar([STAY], {day: away(LEAVE)}).on(day)

    assert found == PersonDay(day)
    assert (found.target_minutes, found.is_working, found.is_obliged, found.is_suspended) == (0, *[False] * 3)


def test_a_day_names_the_place_where_it_is_worked():
    moved = replace(STAY, first=date(2026, 2, 10), post_id=7, unit_id=8, agency_id=9, zone="Asia/Jayapura")
    calendar = PersonCalendar([replace(STAY, last=date(2026, 2, 9)), moved])

    places = [calendar.on(date(2026, 2, day)).stay for day in (9, 10)]
    assert [(stay.post_id, stay.unit_id, stay.agency_id, stay.zone) for stay in places] == [
        (2, 3, 4, "Asia/Jakarta"),
        (7, 8, 9, "Asia/Jayapura"),
    ]


def test_a_month_not_over_is_counted_up_to_its_day_against_all_its_days():
    found = PersonCalendar([STAY]).count(FEBRUARY, until=date(2026, 2, 3))

    assert (found.target_minutes, len(found.obliged)) == (600, 2)
    assert [(part.worked_days, part.month_days) for part in found.segments] == [(2, 19)]


DAYS = st.dates(FIRST, LAST)
KINDS = st.sampled_from(["PNS", "CPNS", "PPPK"])


@st.composite
def statuses(draw):
    """Periods that do not overlap, some without a last day at the end, some with days between."""
    borders = sorted(draw(st.sets(DAYS, max_size=6)))
    found = [(borders[n], borders[n + 1] - timedelta(days=1)) for n in range(0, len(borders) - 1, 2)]
    if len(borders) % 2:
        found.append((borders[-1], None))
    return [(first, last, draw(KINDS)) for first, last in found]


ABSENCES = st.dictionaries(DAYS, st.sampled_from([row[1] for row in WORKING if row[1]]), max_size=20)


@given(statuses=statuses(), tariffs=st.sets(DAYS, max_size=3))
def test_a_stay_is_cut_into_parts_of_one_status_and_one_tariff(statuses, tariffs):
    parts = STAY.parts(statuses=statuses, tariffs=tariffs)

    days = [day for part in parts for day in days_between(part.first, part.last)]
    assert days == list(days_between(FIRST, LAST))
    for part in parts:
        inside = days_between(part.first, part.last)
        assert {status_on(day, statuses) for day in inside} == {part.status}
        assert not [day for day in tariffs if part.first < day <= part.last]
    for one, other in zip(parts, parts[1:], strict=False):
        assert one.status != other.status or other.first in tariffs


@given(statuses=statuses(), tariffs=st.sets(DAYS, max_size=3), absences=ABSENCES)
def test_a_month_is_the_sum_of_its_days_however_it_is_cut(statuses, tariffs, absences):
    calendar = PersonCalendar(STAY.parts(statuses=statuses, tariffs=tariffs), absences)
    whole = PersonCalendar(STAY.parts(statuses=statuses), absences)
    days = [calendar.on(day) for day in FEBRUARY.days]
    working = [day for day in days if day.is_working]

    found = calendar.count(FEBRUARY)

    assert days_asked(found) == days_asked(whole.count(FEBRUARY))
    assert days_asked(found) == (
        sum(day.target_minutes for day in days),
        tuple(day.day for day in working),
        {day.day for day in days if day.is_obliged},
        sum(1 - day.excused for day in working),
        sum(day.excused_paid for day in working),
    )
    weeks = [calendar.count(week).target_minutes for week in (Week(2026, number) for number in range(6, 10))]
    border = sum(calendar.on(day).target_minutes for day in (date(2026, 2, 1), date(2026, 3, 1)))
    assert (sum(weeks), border) == (found.target_minutes, 0)


def status_on(day, statuses):
    return next((kind for first, last, kind in statuses if first <= day <= (last or day)), None)


def days_asked(found):
    return (
        found.target_minutes,
        found.working,
        found.obliged,
        sum(part.worked_days for part in found.segments),
        sum(part.excused_paid_days for part in found.segments),
    )
