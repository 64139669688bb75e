from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from calendars.models import Holiday, WorkPattern
from calendars.models.obligations import obligations, person_calendars
from calendars.weeks import MonthKey
from organization.models import Level, Posting
from tests import factories

pytestmark = pytest.mark.django_db
MARCH = MonthKey(2026, 3)


def days_of(who, key=MARCH):
    return obligations([who.pk], key)[who.pk]


def segments(found):
    return [(s.worked_days, s.excused_paid_days, s.month_days) for s in found.segments]


def test_a_month_without_leave_asks_for_every_pattern_day():
    city = factories.city()
    found = days_of(city.ana)

    assert (found.target_minutes, len(found.obliged)) == (22 * 300, 22)
    assert found.places == [(date(2026, 3, 31), city.agency.pk)]
    assert segments(found) == [(Decimal(22), Decimal(0), 22)]
    assert found.last_working_day == date(2026, 3, 31)


def test_d49_a_joiner_of_16_march_has_12_days_and_a_leaver_of_1_march_none():
    city = factories.city()
    joiner = factories.staff(city.staff_post, starts_on=date(2026, 3, 16))
    leaver = factories.staff(city.staff_post, ends_on=date(2026, 3, 1))

    assert segments(days_of(joiner)) == [(Decimal(12), Decimal(0), 22)]
    assert segments(days_of(leaver)) == [(Decimal(0), Decimal(0), 22)]


@pytest.mark.parametrize("order", [("am", "pm"), ("pm", "am")])
def test_d46_two_half_days_take_the_day_in_either_order_and_a_third_is_refused(order):
    city = factories.city()
    day = date(2026, 3, 12)
    for half in order:
        factories.leave(city.ana, day, half=half)
    found = days_of(city.ana)

    assert (found.target_minutes, len(found.obliged)) == (21 * 300, 21)
    assert segments(found) == [(Decimal(21), Decimal(1), 22)]
    for half in ("am", "pm", ""):
        with pytest.raises(IntegrityError, match="leaves_of_a_person_do_not_overlap"), transaction.atomic():
            factories.leave(city.ana, day, half=half)


def test_a_half_excused_day_stays_obliged_and_half_of_217_is_109():
    city = factories.city()
    factories.signed(type_of_pattern(), scope="5", valid_from=date(2026, 3, 1), minutes=[217] * 5 + [0, 0])
    factories.leave(city.ana, date(2026, 3, 12), half="am")
    found = days_of(city.ana)

    assert (found.target_minutes, len(found.obliged)) == (21 * 217 + 109, 22)
    assert segments(found) == [(Decimal("21.5"), Decimal("0.5"), 22)]


def type_of_pattern():
    from calendars.models import WorkPattern

    return WorkPattern


def test_leave_paid_at_50_percent_counts_half_its_days_as_paid():
    city = factories.city()
    factories.leave_type("CS2", pay="50")
    factories.leave(city.ana, date(2026, 3, 2), date(2026, 3, 13), code="CS2")

    assert segments(days_of(city.ana)) == [(Decimal(12), Decimal(5), 22)]


def test_duty_that_excuses_nothing_changes_nothing():
    city = factories.city()
    factories.leave_type("DL", excuses=False, reduces=False)
    before = days_of(city.ana)
    factories.leave(city.ana, date(2026, 3, 2), date(2026, 3, 6), code="DL")
    after = days_of(city.ana)

    assert (after.target_minutes, after.obliged, segments(after)) == (
        before.target_minutes,
        before.obliged,
        segments(before),
    )


def test_d45_leave_over_new_year_uses_the_calendar_of_each_day():
    city = factories.city()
    factories.holiday(date(2026, 12, 31), kind=Holiday.Kind.JOINT_LEAVE)
    factories.holiday(date(2027, 1, 1))
    factories.leave(city.ana, date(2026, 12, 28), date(2027, 1, 4))

    taken = sum(
        sum(s.excused_paid_days for s in days_of(city.ana, key).segments)
        for key in (MonthKey(2026, 12), MonthKey(2027, 1))
    )
    assert taken == 4


def test_d48_suspended_days_are_neither_worked_nor_excused_nor_obliged():
    city = factories.city()
    factories.suspended(city.ana, date(2026, 3, 10))
    found = days_of(city.ana)

    assert [s.stay.status for s in found.segments] == ["PNS"]  # a suspended PNS stays a PNS
    assert segments(found) == [(Decimal(6), Decimal(0), 22)]
    assert (len(found.obliged), found.target_minutes) == (6, 1800)


def test_d43_a_joint_leave_day_added_later_lowers_the_target_by_one_day():
    city = factories.city()
    before = days_of(city.ana).target_minutes
    factories.holiday(date(2026, 3, 18), kind=Holiday.Kind.JOINT_LEAVE)

    assert days_of(city.ana).target_minutes == before - 300


def test_a_local_holiday_of_one_agency_closes_only_that_agency():
    city = factories.city()
    factories.holiday(date(2026, 3, 18), kind=Holiday.Kind.LOCAL, unit=city.agency)

    assert len(days_of(city.ana).obliged) == 21
    assert len(days_of(city.zul).obliged) == 22


def test_a_transfer_gives_a_segment_each_with_its_last_working_day_and_agency():
    city = factories.city()
    Posting.objects.filter(person=city.ana).update(ends_on=date(2026, 3, 15))
    factories.posted(
        city.ana, factories.post(city.other, level=Level.SUPERVISOR, number=9), date(2026, 3, 16)
    )
    found = days_of(city.ana)

    assert segments(found) == [(Decimal(10), Decimal(0), 22), (Decimal(12), Decimal(0), 22)]
    assert found.places == [(date(2026, 3, 13), city.agency.pk), (date(2026, 3, 31), city.other.pk)]


def test_obligations_take_the_same_queries_for_one_person_and_for_many(django_assert_num_queries):
    city = factories.city()
    factories.leave(city.ana, date(2026, 3, 12))
    for people in ([city.ana], [city.ana, city.budi, city.supervisor, city.zul]):
        with django_assert_num_queries(1):
            assert len(obligations([p.pk for p in people], MARCH)) == len(people)


def test_d52_in_ramadan_offices_of_five_and_of_six_days_have_their_own_minutes():
    city = factories.city()
    six = factories.agency(pattern="6")
    zul = factories.staff(factories.post(six))
    ramadan, after = {"valid_from": date(2026, 2, 19)}, {"valid_from": date(2026, 3, 19)}
    for scope, plain, fasting in (
        ("5", [450] * 5 + [0, 0], [390] * 5 + [0, 0]),
        ("6", [375] * 6 + [0], [325] * 6 + [0]),
    ):
        without = {"scope": scope}
        factories.signed(WorkPattern, minutes=plain, valid_from=date(2026, 1, 1), **without)
        factories.signed(WorkPattern, minutes=fasting, **ramadan, **without)
        factories.signed(WorkPattern, minutes=plain, **after, **without)

    first, last = date(2026, 2, 1), date(2026, 4, 5)
    days = person_calendars([city.ana.pk, zul.pk], first=first, last=last)
    asked = {
        who: [
            days[who].on(day).target_minutes
            for day in (date(2026, 3, 2), date(2026, 3, 7), date(2026, 3, 30))
        ]
        for who in (city.ana.pk, zul.pk)
    }

    assert asked == {city.ana.pk: [390, 0, 450], zul.pk: [325, 325, 375]}
    week = [date(2026, 3, day) for day in range(2, 9)]
    assert [sum(days[who].on(day).target_minutes for day in week) for who in asked] == [1950, 1950]
