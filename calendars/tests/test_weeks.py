from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendars.weeks import MonthKey, OfficeCalendar, Week, end_of

FIVE = ((date(2025, 1, 1), (300, 300, 300, 300, 300, 0, 0)),)
WIB = ZoneInfo("Asia/Jakarta")


def test_d62_weeks_over_new_year_are_keyed_by_iso_year():
    assert Week.of(date(2025, 12, 29)) == Week(2026, 1)
    assert (Week.parse("2026-W53").first_day, Week.parse("2026-W53").last_day) == (
        date(2026, 12, 28),
        date(2027, 1, 3),
    )
    assert Week.of(date(2026, 3, 15)).previous.first_day == date(2026, 3, 2)
    assert Week(2026, 53).next == Week(2027, 1)


@pytest.mark.parametrize("text", ["2026-W54", "2026-11", "26-W01", "2026-W1", "abc"])
def test_what_is_not_a_week_is_refused(text):
    with pytest.raises(ValueError):
        Week.parse(text)


@pytest.mark.parametrize("text", ["2026-13", "2026-00", "202-01", "2026-1", "x"])
def test_what_is_not_a_month_is_refused(text):
    with pytest.raises(ValueError):
        MonthKey.parse(text)


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_every_day_lies_in_its_week_and_month(day):
    week, month = Week.of(day), MonthKey.of(day)
    assert week.first_day <= day <= week.last_day
    assert month.first_day <= day <= month.last_day
    assert Week.parse(str(week)) == week
    assert MonthKey.parse(str(month)) == month
    assert month.next.previous == month


def test_d60_the_last_day_of_a_month_is_in_and_the_next_first_is_out():
    days = MonthKey(2026, 3).days
    assert (days[0], days[-1], len(days)) == (date(2026, 3, 1), date(2026, 3, 31), 31)


def test_a_day_ends_at_the_next_midnight_of_the_office():
    assert end_of(date(2026, 3, 31), WIB) == datetime(2026, 4, 1, tzinfo=WIB)


def test_january_2026_has_20_pattern_days_for_a_five_day_office():
    calendar = OfficeCalendar(FIVE, frozenset({date(2026, 1, 1), date(2026, 1, 16)}))
    january = MonthKey(2026, 1)

    assert len(calendar.pattern_days(january.first_day, january.last_day)) == 20
    assert calendar.nth_after(date(2026, 1, 31), 3) == date(2026, 2, 4)
    assert calendar.nth_after(date(2026, 1, 30), 1) == date(2026, 2, 2)
    assert calendar.previous(date(2026, 1, 19), 2) == [date(2026, 1, 15), date(2026, 1, 14)]


def test_d52_minutes_follow_the_pattern_in_force_on_the_day():
    ramadan, after = date(2026, 2, 19), date(2026, 3, 19)
    patterns = (
        (date(2025, 1, 1), (450,) * 5 + (0, 0)),
        (ramadan, (390,) * 5 + (0, 0)),
        (after, (450,) * 5 + (0, 0)),
    )
    calendar = OfficeCalendar(patterns, frozenset())

    assert calendar.minutes_on(date(2026, 3, 2)) == 390
    assert calendar.minutes_on(date(2026, 3, 30)) == 450
    assert calendar.minutes_on(date(2024, 12, 31)) == 0


def test_a_calendar_without_pattern_days_says_so():
    with pytest.raises(ValueError):
        OfficeCalendar((), frozenset()).nth_after(date(2026, 1, 1), 1)
