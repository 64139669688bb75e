"""Until when a day may be reported: dates passed in, no clock, no database."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from activities.windows import CALENDAR_DAYS, MONTH_CLOSE, WORKING_DAYS, start_of, window

WIB = ZoneInfo("Asia/Jakarta")
MARCH = [date(2026, 3, day) for day in range(1, 32) if date(2026, 3, day).weekday() < 5]
FAR = datetime(2026, 4, 7, tzinfo=WIB)


def closes(day, *, days=2, counted_in=WORKING_DAYS, working_days=MARCH, month_closes_at=FAR, grace_minutes=0):
    found = window(
        day,
        zone=WIB,
        days=days,
        counted_in=counted_in,
        working_days=working_days,
        month_closes_at=month_closes_at,
        grace_minutes=grace_minutes,
    )
    return found.closes_at


@pytest.mark.parametrize(
    ("day", "closes_on"),
    [(2, 5), (3, 6), (4, 7), (5, 10), (6, 11), (9, 12)],  # first day after: 5 Mar 00.00 is "4 Mar 24.00"
)
def test_two_working_days_jump_the_weekend(day, closes_on):
    assert closes(date(2026, 3, day)) == datetime(2026, 3, closes_on, tzinfo=WIB)


def test_a_day_excused_in_whole_is_not_counted():
    on_leave = {date(2026, 3, 10), date(2026, 3, 11)}
    counted = [day for day in MARCH if day not in on_leave]

    assert closes(date(2026, 3, 9), working_days=counted) == datetime(2026, 3, 14, tzinfo=WIB)


def test_no_days_leave_only_the_day_itself():
    assert closes(date(2026, 3, 6), days=0) == datetime(2026, 3, 7, tzinfo=WIB)


def test_d53_the_old_rule_runs_to_the_month_close_and_the_new_one_three_days():
    old_close = datetime(2026, 1, 4, tzinfo=WIB)

    old = closes(date(2025, 12, 31), counted_in=MONTH_CLOSE, month_closes_at=old_close)
    new = closes(date(2026, 1, 1), days=3, counted_in=CALENDAR_DAYS)

    assert (old, new) == (datetime(2026, 1, 4, tzinfo=WIB), datetime(2026, 1, 5, tzinfo=WIB))


def test_the_month_s_entry_close_ends_every_window():
    entry_close = datetime(2026, 4, 1, 12, tzinfo=WIB)

    assert closes(date(2026, 3, 31), month_closes_at=entry_close) == entry_close
    assert closes(date(2026, 3, 31), month_closes_at=entry_close, grace_minutes=600) == entry_close


def test_where_too_few_working_days_follow_only_the_month_ends_it():
    assert closes(date(2026, 3, 30), working_days=MARCH) == FAR


def test_grace_comes_after_the_last_day():
    assert closes(date(2026, 3, 2), grace_minutes=15) == datetime(2026, 3, 5, 0, 15, tzinfo=WIB)


def test_d26_a_window_holds_from_its_first_moment_until_just_before_its_last():
    found = window(
        date(2026, 3, 2), zone=WIB, days=2, counted_in=WORKING_DAYS, working_days=MARCH, month_closes_at=FAR
    )
    instant = timedelta(microseconds=1)

    moments = [found.opens_at - instant, found.opens_at, found.closes_at - instant, found.closes_at]
    assert [found.holds(moment) for moment in moments] == [False, True, True, False]


def test_a_way_to_count_that_nobody_knows_is_refused():
    with pytest.raises(ValueError, match="fortnights"):
        closes(date(2026, 3, 2), counted_in="fortnights")


days_of_march = st.integers(1, 31).map(lambda day: date(2026, 3, day))


@given(day=days_of_march, days=st.integers(0, 10), away=st.sets(days_of_march))
def test_the_window_ends_at_a_midnight_after_so_many_counted_days_or_with_the_month(day, days, away):
    counted = [other for other in MARCH if other not in away]

    ends = closes(day, days=days, working_days=counted)

    if ends != FAR:
        within = [other for other in counted if day < other and start_of(other, WIB) < ends]
        assert len(within) == days
        assert ends == start_of(ends.date(), WIB) > start_of(day, WIB)
    else:
        assert len([other for other in counted if other > day]) < days


@given(day=days_of_march, days=st.integers(0, 10), away=st.sets(days_of_march))
def test_more_leave_never_shortens_a_window(day, days, away):
    counted = [other for other in MARCH if other not in away]

    assert closes(day, days=days, working_days=counted) >= closes(day, days=days)
