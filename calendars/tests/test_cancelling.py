"""Leave and holidays that were typed wrong: limits of dates, cancelled or ended by two, then in no figure."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from calendars.models import Holiday, HolidayCancellation, Leave
from calendars.models.obligations import obligations
from calendars.weeks import MonthKey
from organization.models import Role, Sanction
from records.reach import moved
from records.refusals import NotNow, OwnRecord
from records.state import StaleVersion
from tests import factories

pytestmark = pytest.mark.django_db
MARCH, NOW = MonthKey(2026, 3), factories.at(2026, 3, 20)
DATES = {"starts_on", "ends_on", "first_month", "last_month", "date"}
MONDAY, WEDNESDAY = date(2026, 3, 9), date(2026, 3, 11)


def hr(name="Satu"):
    return factories.with_role(Role.HR, name=name)


def target(who):
    return obligations([who.pk], MARCH)[who.pk].target_minutes


def test_d96_leave_that_was_typed_wrong_is_cancelled_and_the_right_one_entered():
    ana = factories.city().ana
    full = target(ana)
    leave = factories.leave(ana, MONDAY, WEDNESDAY)
    request = leave.request_change(by=hr(), reason="tanggal keliru")
    waiting = target(ana)

    request.approve(by=hr("Dua"), at=NOW)
    right = Leave.objects.add(ana, by=hr(), code="CT", starts_on=MONDAY, ends_on=MONDAY, letter="2")

    leave.refresh_from_db()
    assert (full - waiting, full - target(ana)) == (3 * 300, 300)
    assert (leave.cancelled_at, list(Leave.objects.standing())) == (NOW, [right])
    assert [event.cancelled_at for event in leave.events.order_by("pgh_id")] == [None, NOW]


def test_leave_is_ended_early_by_two():
    ana = factories.city().ana
    full = target(ana)
    leave = factories.leave(ana, MONDAY, WEDNESDAY)
    request = leave.request_change(by=hr(), reason="kembali lebih awal", ends_on=MONDAY)
    waiting = target(ana)

    request.approve(by=hr("Dua"), at=NOW)

    leave.refresh_from_db()
    assert (full - waiting, full - target(ana)) == (3 * 300, 300)
    assert (leave.ends_on, leave.cancelled_at) == (MONDAY, None)
    assert [event.ends_on for event in leave.events.order_by("pgh_id")] == [WEDNESDAY, MONDAY]


@pytest.mark.parametrize("day", [WEDNESDAY, date(2026, 3, 12), date(2026, 3, 8)])
def test_an_end_lies_inside_the_leave_and_before_its_last_day(day):
    leave = factories.leave(factories.city().ana, MONDAY, WEDNESDAY)

    with pytest.raises(ValidationError) as refused:
        leave.request_change(by=hr(), reason="salah ketik nama", ends_on=day)
    assert "ends_on" in refused.value.error_dict


def test_one_change_of_a_leave_waits_and_none_follows_a_cancellation():
    leave = factories.leave(factories.city().ana, MONDAY)
    request = leave.request_change(by=hr(), reason="salah ketik nama")
    with pytest.raises(ValidationError):
        leave.request_change(by=hr(), reason="salah ketik nama")
    request.approve(by=hr("Dua"), at=NOW)
    leave.refresh_from_db()

    with pytest.raises(NotNow):
        leave.request_change(by=hr(), reason="salah ketik nama")
    with pytest.raises(OwnRecord):
        leave.request_change(by=leave.person, reason="salah ketik nama")


def test_a_holiday_is_cancelled_by_two_and_its_day_works_again():
    ana = factories.city().ana
    full = target(ana)
    holiday = factories.holiday(MONDAY)
    request = holiday.request_cancellation(by=hr(), reason="salah tahun")
    waiting = target(ana)

    request.approve(by=hr("Dua"), at=NOW)
    again = Holiday.objects.declare(
        date=MONDAY, name="Libur", name_en="", kind="national", unit=None, decree="SKB"
    )

    assert (full - waiting, full - target(ana)) == (300, 300)
    assert list(Holiday.objects.standing()) == [again]
    assert Holiday.objects.count() == 2


def test_a_holiday_that_was_moved_meanwhile_is_not_cancelled():
    holiday = factories.holiday(MONDAY)
    request = holiday.request_cancellation(by=hr(), reason="salah ketik nama")
    typed = {name: getattr(holiday, name) for name in Holiday.TYPED}
    Holiday.objects.get().correct(version=1, **typed | {"date": WEDNESDAY})

    with pytest.raises(StaleVersion):
        HolidayCancellation.objects.get(pk=request.pk).approve(by=hr("Dua"), at=NOW)
    assert HolidayCancellation.objects.get().is_waiting
    assert list(Holiday.objects.standing().values_list("date", flat=True)) == [WEDNESDAY]


def test_a_cancelled_holiday_is_not_corrected():
    holiday = factories.holiday(MONDAY)
    holiday.cancel(at=NOW)

    with pytest.raises(NotNow):
        holiday.correct(version=holiday.version, date=WEDNESDAY)


def by_leave(ana, first, last):
    Leave.objects.add(ana, by=hr(), code="CT", starts_on=first, ends_on=last, letter="1")


def by_sanction(ana, first, last):
    first, last = first.replace(day=1), last.replace(day=1)
    Sanction.objects.request(ana, by=hr(), percent=25, first_month=first, last_month=last, decree="SK")


def by_holiday(ana, first, last):
    for day in (first, last):
        Holiday.objects.declare(date=day, name="x", name_en="", kind="local", unit=None, decree="SK")


def by_corrected_holiday(ana, first, last):
    holiday = Holiday.objects.first() or factories.holiday(MONDAY)
    holiday.correct(version=1, date=last if last > timezone.localdate() else first)


@pytest.mark.parametrize("enter", [by_leave, by_sanction, by_holiday, by_corrected_holiday])
def test_d96_no_verb_takes_a_date_over_a_year_ahead_or_over_ten_years_back(enter):
    ana, today = factories.city().ana, timezone.localdate()

    for first, last in [
        (today, moved(today, 1) + timedelta(days=32)),
        (moved(today, -10) - timedelta(days=32), today),
        (date(2026, 11, 30), date(2062, 12, 2)),
    ]:
        with pytest.raises(ValidationError) as refused:
            enter(ana, first, last)
        assert refused.value.error_dict.keys() <= DATES
    assert not Leave.objects.exists() and not Sanction.objects.exists()


def test_a_date_exactly_a_year_ahead_is_taken():
    ana, today = factories.city().ana, timezone.localdate()

    by_leave(ana, today, moved(today, 1))

    assert Leave.objects.get().ends_on == moved(today, 1)


@pytest.mark.parametrize(
    ("day", "years", "then"),
    [
        (date(2026, 3, 9), 1, date(2027, 3, 9)),
        (date(2028, 2, 29), 1, date(2029, 2, 28)),
        (date(2028, 2, 29), -4, date(2024, 2, 29)),
        (date(2028, 2, 29), -10, date(2018, 2, 28)),
    ],
)
def test_a_year_is_counted_by_the_calendar(day, years, then):
    assert moved(day, years) == then
