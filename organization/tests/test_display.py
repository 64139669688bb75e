from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.utils import timezone, translation

from organization.templatetags import display

WIB = ZoneInfo("Asia/Jakarta")


def drawn(component, **context):
    return Template(f'{{% include "components/{component}.html" %}}').render(Context(context))


def in_both(function, value):
    written = []
    for language in ("id", "en"):
        with translation.override(language):
            written.append(function(value))
    return tuple(written)


@pytest.mark.parametrize(
    ("function", "value", "written"),
    [
        (display.rupiah, 1234567, ("Rp1.234.567", "Rp1,234,567")),
        (display.rupiah, -5000, ("−Rp5.000", "−Rp5,000")),
        (display.rupiah, 0, ("Rp0", "Rp0")),
        (display.number, 1300, ("1.300", "1,300")),
        (display.number, -1, ("−1", "−1")),
        (display.decimal2, Decimal("62.4"), ("62,40", "62.40")),
        (display.decimal2, Decimal("0.005"), ("0,01", "0.01")),
        (display.decimal2, Decimal("-1234.5"), ("−1.234,50", "−1,234.50")),
        (display.decimal2, 100, ("100,00", "100.00")),
        (display.percent, Decimal("95.00"), ("95 %", "95%")),
        (display.percent, Decimal("2.50"), ("2,5 %", "2.5%")),
        (display.percent, 100, ("100 %", "100%")),
        (display.shortdate, date(2026, 3, 9), ("Sen, 9 Mar 2026", "Mon, 9 Mar 2026")),
        (display.shortdate, date(2026, 8, 14), ("Jum, 14 Agu 2026", "Fri, 14 Aug 2026")),
        (display.daymonth, date(2026, 5, 2), ("2 Mei", "2 May")),
        (display.weekday, date(2026, 3, 15), ("Min", "Sun")),
        (display.monthname, date(2026, 3, 9), ("Maret 2026", "March 2026")),
        (display.record_number, 10422, ("K-10422", "K-10422")),
    ],
)
def test_figures_and_days_are_written_as_the_language_writes_them(function, value, written):
    assert in_both(function, value) == written


@pytest.mark.parametrize(
    "function",
    [display.rupiah, display.number, display.decimal2, display.percent, display.shortdate, display.daymonth]
    + [display.clock, display.moment, display.deadline, display.record_number, display.monthname],
)
def test_nothing_is_a_dash(function):
    assert function(None) == "–"


@pytest.mark.parametrize("function", [display.rupiah, display.number, display.decimal2, display.percent])
def test_a_float_is_refused(function):
    with pytest.raises(TypeError):
        function(1.5)


@pytest.mark.parametrize(
    ("zone", "written"),
    [
        ("Asia/Jakarta", "Sen, 9 Mar 2026 16.05 WIB"),
        ("Asia/Makassar", "Sen, 9 Mar 2026 17.05 WITA"),
        ("Asia/Jayapura", "Sen, 9 Mar 2026 18.05 WIT"),
    ],
)
def test_a_moment_is_that_of_the_active_zone(zone, written):
    with translation.override("id"), timezone.override(ZoneInfo(zone)):
        assert display.moment(datetime(2026, 3, 9, 9, 5, tzinfo=UTC)) == written


def test_a_deadline_at_midnight_is_the_24th_hour_of_the_day_before():
    with timezone.override(WIB):
        written = in_both(display.deadline, datetime(2026, 3, 12, 0, 0, tzinfo=WIB))

    assert written == ("Rab, 11 Mar 24.00 WIB", "Wed, 11 Mar 24.00 WIB")


@pytest.mark.parametrize(
    ("hour", "waits", "written"),
    [
        (15, True, "Kam, 12 Mar 16.05 WIB"),
        (17, True, '<span class="ek-is-need">Kam, 12 Mar 16.05 WIB <b>(lewat)</b></span>'),
        (17, False, "Kam, 12 Mar 16.05 WIB"),
    ],
)
def test_w16_a_last_moment_that_has_passed_says_so_in_amber(monkeypatch, hour, waits, written):
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 3, 12, hour, 0, tzinfo=WIB))

    with timezone.override(WIB):
        assert display.due(datetime(2026, 3, 12, 16, 5, tzinfo=WIB), waits) == written
        assert display.due(None) == "–"


def test_a_deadline_within_a_day_names_its_hour():
    with translation.override("id"), timezone.override(WIB):
        assert display.deadline(datetime(2026, 3, 12, 16, 5, tzinfo=WIB)) == "Kam, 12 Mar 16.05 WIB"


def test_midnight_elsewhere_is_no_midnight_here():
    with translation.override("id"), timezone.override(WIB):
        makassar = datetime(2026, 3, 12, 0, 0, tzinfo=ZoneInfo("Asia/Makassar"))
        assert display.deadline(makassar) == "Rab, 11 Mar 23.00 WIB"
