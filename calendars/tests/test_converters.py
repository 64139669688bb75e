from datetime import date

import pytest

from calendars.converters import DayConverter, MonthConverter, WeekConverter
from calendars.weeks import MonthKey, Week

READ = [
    (DayConverter, "2026-03-09", date(2026, 3, 9)),
    (WeekConverter, "2026-W53", Week(2026, 53)),
    (MonthConverter, "2026-03", MonthKey(2026, 3)),
]


@pytest.mark.parametrize(("converter", "text", "value"), READ)
def test_an_address_names_a_day_a_week_and_a_month(converter, text, value):
    assert (converter().to_python(text), converter().to_url(value)) == (value, text)


@pytest.mark.parametrize(
    ("converter", "text"),
    [
        (DayConverter, "2026-02-31"),
        (DayConverter, "0001-01-01"),
        (DayConverter, "9999-12-31"),
        (WeekConverter, "2025-W53"),
        (WeekConverter, "0001-W01"),
        (WeekConverter, "9999-W52"),
        (MonthConverter, "2026-13"),
        (MonthConverter, "1999-12"),
        (MonthConverter, "2100-01"),
    ],
)
def test_what_is_no_date_or_far_away_is_no_address(converter, text):
    with pytest.raises(ValueError):
        converter().to_python(text)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/approvals/0001-W01/", "/approvals/9999-W52/", "/scores/9999-12/"])
def test_a_far_away_address_is_not_found(client, path):
    from tests import factories

    client.force_login(factories.city().supervisor)
    assert client.get(path).status_code == 404
