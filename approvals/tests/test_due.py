"""Until when a review is due: pure, no database."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from approvals import due
from calendars.weeks import OfficeCalendar, Span, Week, end_of

WIB, WIT = ZoneInfo("Asia/Jakarta"), ZoneInfo("Asia/Jayapura")
W11 = Week(2026, 11)
FIVE, SIX = (300,) * 5 + (0, 0), (250,) * 6 + (0,)
FAR = datetime(2026, 4, 8, tzinfo=WIB)


def office(minutes=FIVE, *closed):
    return OfficeCalendar(((date(2025, 1, 1), minutes),), frozenset(closed))


def test_a_day_ends_at_midnight_of_its_office():
    assert end_of(date(2026, 3, 11), WIB) == datetime(2026, 3, 11, 17, tzinfo=ZoneInfo("UTC"))
    assert end_of(date(2026, 3, 11), WIT) == datetime(2026, 3, 11, 15, tzinfo=ZoneInfo("UTC"))


@pytest.mark.parametrize(
    ("calendar", "closes", "expected"),
    [
        (office(), FAR, datetime(2026, 3, 19, tzinfo=WIB)),
        (office(FIVE, date(2026, 3, 17)), FAR, datetime(2026, 3, 20, tzinfo=WIB)),
        (
            office(FIVE, date(2026, 3, 18), date(2026, 3, 19), date(2026, 3, 20)),
            FAR,
            datetime(2026, 3, 24, tzinfo=WIB),
        ),
        (office(SIX), FAR, datetime(2026, 3, 19, tzinfo=WIB)),
        (office(), datetime(2026, 3, 18, 12, tzinfo=WIB), datetime(2026, 3, 18, 12, tzinfo=WIB)),
    ],
)
def test_a_review_is_due_on_the_third_working_day_or_at_review_close(calendar, closes, expected):
    assert due.review_due_at(W11, calendar, WIB, due_days=3, review_closes_at=closes) == expected


@pytest.mark.parametrize(
    ("calendar", "expected"),
    [
        (office(), date(2026, 3, 19)),
        (office(FIVE, date(2026, 3, 16)), date(2026, 3, 20)),
        (office(FIVE, date(2026, 3, 19), date(2026, 3, 20)), date(2026, 3, 23)),
    ],
)
def test_it_stands_higher_from_the_fourth_working_day(calendar, expected):
    assert due.stands_higher_from(W11, calendar, WIB, overdue_days=4) == expected


@pytest.mark.parametrize(
    ("today", "closes", "expected"),
    [
        (date(2026, 3, 16), FAR, (date(2026, 3, 17), date(2026, 4, 7))),
        (date(2026, 3, 20), FAR, (date(2026, 3, 23), date(2026, 4, 7))),
        (date(2026, 4, 6), FAR, (date(2026, 4, 7), date(2026, 4, 7))),
        (date(2026, 4, 7), FAR, None),
        (date(2026, 4, 6), datetime(2026, 4, 7, 23, 59, tzinfo=WIB), None),
    ],
)
def test_a_return_leaves_one_whole_working_day_before_review_close(today, closes, expected):
    assert due.return_days(today, office(), WIB, review_closes_at=closes) == expected


@pytest.mark.parametrize(
    ("starts", "ends", "due_at", "higher_from"),
    [
        # The review of W11 is due on Wednesday 18 March, 24.00, and stands higher from Thursday.
        ((18, 20), (19, 1), datetime(2026, 3, 20, tzinfo=WIB), date(2026, 3, 20)),
        ((18, 20), (20, 23), datetime(2026, 3, 21, tzinfo=WIB), date(2026, 3, 21)),
        ((18, 20), (21, 8), datetime(2026, 3, 24, tzinfo=WIB), date(2026, 3, 24)),  # a Saturday
        ((18, 20), (18, 23), datetime(2026, 3, 19, tzinfo=WIB), date(2026, 3, 19)),
        ((19, 0), (19, 9), datetime(2026, 3, 19, tzinfo=WIB), date(2026, 3, 19)),
    ],
)
def test_d01_a_review_that_is_due_in_an_outage_is_due_on_the_first_working_day_after(
    starts, ends, due_at, higher_from
):
    begun, over = (datetime(2026, 3, day, hour, tzinfo=WIB) for day, hour in (starts, ends))
    calendar = OfficeCalendar(((date(2025, 1, 1), FIVE),), frozenset(), (Span(1, begun, over),))

    found = due.review_due_at(W11, calendar, WIB, due_days=3, review_closes_at=FAR)

    assert found == due_at
    assert due.stands_higher_from(W11, calendar, WIB, overdue_days=4) == higher_from
