"""Which rows a week and a month hold, and what a month adds up to."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activities.models import Activity, CatalogItem
from activities.models.querysets import MonthTotals
from calendars.weeks import MonthKey, Week
from organization.models import Posting
from tests import factories, factories_activities
from tests.factories_activities import activity

pytestmark = pytest.mark.django_db
MARCH = MonthKey(2026, 3)
TUESDAY, WEDNESDAY = date(2026, 3, 10), date(2026, 3, 11)


@pytest.fixture
def city():
    return factories_activities.city()


def test_d60_a_month_holds_its_last_day_and_not_the_next_one(city):
    last, first = activity(city.ana, date(2026, 3, 31)), activity(city.ana, date(2026, 4, 1))

    assert list(Activity.objects.in_month(MARCH)) == [last]
    assert list(Activity.objects.in_month(MARCH.next)) == [first]
    assert list(Activity.objects.in_month(last.month)) == [last]


def test_d62_days_of_december_stand_in_week_one_of_the_next_year(city):
    rows = [activity(city.ana, date(2025, 12, day)) for day in (29, 30, 31)]

    assert list(Activity.objects.in_week(Week(2026, 1))) == rows
    assert list(Activity.objects.in_month(MonthKey(2025, 12))) == rows
    assert not Activity.objects.in_week(Week.parse("2026-W53")).exists()


def test_one_s_own_rows_stay_one_s_own_after_a_transfer(city):
    mover = factories.staff(city.staff_post, ends_on=TUESDAY)
    factories.posted(mover, factories.post(city.other), starts_on=WEDNESDAY)
    rows = [activity(mover, TUESDAY), activity(mover, WEDNESDAY)]
    activity(city.ana, TUESDAY)

    assert list(Activity.objects.of(mover)) == rows


def test_a_month_adds_up_minutes_rows_and_days_in_time_by_person(city):
    activity(city.ana, TUESDAY, minutes=100, status="approved")
    activity(city.ana, TUESDAY, minutes=60, status="rejected")
    activity(city.ana, WEDNESDAY, minutes=50, status="approved", counted_minutes=20)
    activity(city.ana, date(2026, 3, 12), status="reported", in_time=False)
    activity(city.ana, date(2026, 3, 31), status="returned")
    activity(
        city.ana, date(2026, 3, 13), status="draft", in_time=True, first_reported_at=factories.at(2026, 3, 13)
    )
    activity(city.ana, date(2026, 4, 1), status="approved")
    activity(city.budi, TUESDAY, status="voided")

    assert Activity.objects.month_facts(MARCH) == {
        city.ana.pk: MonthTotals(120, 150, 5, frozenset({TUESDAY, WEDNESDAY, date(2026, 3, 31)})),
        city.budi.pk: MonthTotals(0, 90, 1, frozenset({TUESDAY})),
    }
    assert Activity.objects.month_facts(MARCH, people=[city.budi.pk]).keys() == {city.budi.pk}
    assert Activity.objects.month_facts(MonthKey(2026, 2)) == {}


def test_minutes_earned_in_two_agencies_add_up(city):
    mover = factories.staff(city.staff_post, ends_on=TUESDAY)
    factories.posted(mover, factories.post(city.other), starts_on=WEDNESDAY)
    activity(mover, TUESDAY, minutes=100, status="approved")
    activity(mover, WEDNESDAY, minutes=50, status="approved")

    assert Activity.objects.month_facts(MARCH)[mover.pk].counted_minutes == 150


def test_days_without_a_post_or_suspended_hold_nothing_as_known_now(city):
    for day in (TUESDAY, WEDNESDAY, date(2026, 3, 12), date(2026, 3, 13)):
        for who in (city.ana, city.budi):
            activity(who, day, minutes=100, status="approved")
    before = Activity.objects.month_facts(MARCH)[city.ana.pk]
    factories.suspended(city.ana, WEDNESDAY, date(2026, 3, 12))
    Posting.objects.filter(person=city.budi).update(starts_on=WEDNESDAY, ends_on=date(2026, 3, 12))

    after = Activity.objects.month_facts(MARCH)

    assert before.counted_minutes == 400
    assert after == {
        city.ana.pk: MonthTotals(200, 200, 2, frozenset({TUESDAY, date(2026, 3, 13)})),
        city.budi.pk: MonthTotals(200, 200, 2, frozenset({WEDNESDAY, date(2026, 3, 12)})),
    }


def test_a_month_is_one_query_however_many_people(city):
    for who in (city.ana, city.budi, city.supervisor):
        activity(who, TUESDAY, status="approved")

    with CaptureQueriesContext(connection) as queries:
        Activity.objects.month_facts(MARCH)
    assert len(queries) == 1


def test_d55_a_post_sees_its_own_families_and_those_open_to_all(city):
    general, extra = factories_activities.item("Surat"), factories_activities.item("Apel", family="tambahan")
    staffing = factories_activities.item("Pangkat", family="kepegawaian")
    factories_activities.item("Audit", family="pengawasan")
    factories_activities.item("Lama", is_active=False)
    hr_post = factories.post(city.agency, families=["kepegawaian"])

    assert set(CatalogItem.objects.open_to(hr_post)) == {general, extra, staffing}
    assert set(CatalogItem.objects.open_to(city.staff_post)) == {general, extra}
    assert set(CatalogItem.objects.open_to()) == {general, extra}


def test_the_use_of_items_counts_ones_own_rows_of_late(city):
    rare, usual, old = (factories_activities.item(name) for name in ("Jarang", "Biasa", "Dulu"))
    for item in (rare, usual, usual):
        activity(city.ana, TUESDAY, item=item)
    activity(city.ana, date(2026, 1, 6), item=old)
    activity(city.budi, TUESDAY, item=rare)
    activity(city.budi, TUESDAY, item=rare)

    used = Activity.objects.of(city.ana).use_of_items(since=date(2026, 2, 1), day=TUESDAY)
    minutes = sum(row.minutes for row in Activity.objects.of(city.ana).filter(item=usual))
    assert used == {usual.pk: (2, minutes), rare.pk: (1, minutes // 2)}


def test_minutes_of_another_day_or_of_a_draft_do_not_fill_a_day(city):
    activity(city.ana, TUESDAY, minutes=50, status="draft")
    activity(city.ana, TUESDAY, minutes=30)
    activity(city.ana, TUESDAY + timedelta(days=1), minutes=70)

    own = Activity.objects.of(city.ana)
    assert own.use_of_items(since=date(2026, 2, 1), day=TUESDAY) == {None: (3, 30)}
    assert own.use_of_items(since=date(2026, 2, 1), day=None) == {None: (3, 0)}
