"""URL parts that stand for a day, a week and a month; importing this module registers them."""

from datetime import date

from django.urls import register_converter

from calendars.weeks import MonthKey, Week


class DayConverter:
    regex = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
    to_python = staticmethod(date.fromisoformat)
    to_url = staticmethod(date.isoformat)


class WeekConverter:
    regex = r"[0-9]{4}-W[0-9]{2}"
    to_python = staticmethod(Week.parse)
    to_url = staticmethod(str)


class MonthConverter:
    regex = r"[0-9]{4}-[0-9]{2}"
    to_python = staticmethod(MonthKey.parse)
    to_url = staticmethod(str)


for name, converter in [("day", DayConverter), ("week", WeekConverter), ("month", MonthConverter)]:
    register_converter(converter, name)
