"""URL parts that stand for a day, a week and a month; importing this module registers them.

What is no date, or lies outside FIRST_YEAR to LAST_YEAR, is no address: 404.
"""

from datetime import date

from django.urls import register_converter

from calendars.weeks import FIRST_YEAR, LAST_YEAR, MonthKey, Week


class Part:
    """A URL part that `parse` reads; it has a `year`. Raises ValueError, which Django answers with 404."""

    def to_python(self, text):
        found = self.parse(text)
        if not FIRST_YEAR <= found.year <= LAST_YEAR:
            raise ValueError(f"the year lies outside {FIRST_YEAR} to {LAST_YEAR}: {text}")
        return found

    def to_url(self, value):
        return str(value)


class DayConverter(Part):
    regex = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
    parse = staticmethod(date.fromisoformat)


class WeekConverter(Part):
    regex = r"[0-9]{4}-W[0-9]{2}"
    parse = staticmethod(Week.parse)


class MonthConverter(Part):
    regex = r"[0-9]{4}-[0-9]{2}"
    parse = staticmethod(MonthKey.parse)


for name, converter in [("day", DayConverter), ("week", WeekConverter), ("month", MonthConverter)]:
    register_converter(converter, name)
