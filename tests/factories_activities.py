"""Builders for activities: rules, catalogue items, and activities in any status, as consistent rows."""

from datetime import date, datetime, time, timedelta

from activities.models import Activity, CatalogItem, EntryRule
from calendars.models import Month
from calendars.weeks import MonthKey, Week
from tests import factories
from tests.factories import WIB

MONDAY = date(2026, 3, 9)
TEXT = "Memeriksa berkas usulan yang masuk hari ini."


def entry_rule(**fields):
    """2 working days, 450 minutes a day, no grace, from 2025 on."""
    return factories.signed(EntryRule, **fields)


def city():
    """factories.city() with an entry rule in force."""
    names = factories.city()
    entry_rule()
    return names


def item(name="Memeriksa berkas", *, family="administrasi umum", unit="berkas", standard=None, **fields):
    fields.setdefault("code", f"T-{CatalogItem.objects.count() + 1:03d}")
    return CatalogItem.objects.create(
        name=name, job_family=family, output_unit=unit, standard_minutes=standard, **fields
    )


def typed(day=MONDAY, **fields):
    """What a person types, as enter() takes it."""
    values = {"performed_on": day, "item": None, "other_title": "Pekerjaan lain", "description": TEXT}
    values |= {"starts_at": None, "minutes": 90, "quantity": 1} | fields
    return values | ({"other_title": ""} if values["item"] else {})


def activity(who, day=MONDAY, *, status="reported", minutes=90, item=None, **fields):
    """A row of `who` on `day`, reported at 16.00 of it; approved ones count their credited minutes."""
    posting = who.posting_on(day)
    month = fields.pop("month", None) or Month.objects.of(posting.unit.agency, MonthKey.of(day))
    values = _moments(day, status) | _minutes(item, minutes, fields.get("quantity", 1), status)
    values |= {
        "post": posting.post,
        "term_id": posting.term_id,
        "reviewing_post": posting.superior,
        "other_title": "" if item else "Pekerjaan lain",
        "description": TEXT,
        "entered_by": who,
    }
    return Activity.objects.create(
        person=who, month=month, performed_on=day, status=status, item=item, **values | fields
    )


def _moments(day, status):
    reported_at = datetime.combine(day, time(16), WIB)
    moments = {"window_closes_at": datetime.combine(day + timedelta(days=3), time.min, WIB)}
    if status != "draft":
        moments |= {"first_reported_at": reported_at, "reported_at": reported_at, "in_time": True}
    if status == "returned":
        moments["return_due_at"] = datetime.combine(Week.of(day).next.last_day, time.min, WIB)
    return moments


def _minutes(item, minutes, quantity, status):
    standard = item.standard_minutes if item else None
    credited = min(minutes, quantity * standard) if standard else minutes
    decided = credited if status in ("approved", "voided") else 0
    return {
        "minutes": minutes,
        "quantity": quantity,
        "standard_minutes": standard,
        "credited_minutes": credited,
        "approved_minutes": decided,
        "counted_minutes": credited if status == "approved" else 0,
    }
