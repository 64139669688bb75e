"""Two requests at the same moment, in two threads with a connection each."""

import uuid
from datetime import date, time

import pytest
from django.core.exceptions import ValidationError

from activities.models import Activity
from tests import factories_activities
from tests.at_once import at_once
from tests.factories import at
from tests.factories_activities import activity, typed

pytestmark = pytest.mark.django_db(transaction=True)
NOW = at(2026, 3, 11)
WEDNESDAY, TUESDAY = date(2026, 3, 11), date(2026, 3, 10)


@pytest.fixture
def ana():
    return factories_activities.city().ana


def enter(who, day=WEDNESDAY, *, token=None, **fields):
    token = token or uuid.uuid4()
    return Activity.objects.enter(who, by=who, at=NOW, token=token, report=True, **typed(day, **fields))


def test_d63_of_two_tabs_with_300_minutes_each_one_is_accepted(ana):
    results = at_once(*[lambda: enter(ana, minutes=300)] * 2)

    refused = [result for result in results if isinstance(result, ValidationError)]
    assert [error.error_dict.keys() for error in refused] == [{"minutes"}]
    assert list(Activity.objects.values_list("minutes", flat=True)) == [300]


def test_d51_of_a_night_shift_and_the_next_morning_that_clash_one_is_accepted(ana):
    results = at_once(
        lambda: enter(ana, TUESDAY, starts_at=time(21), minutes=450),
        lambda: enter(ana, WEDNESDAY, starts_at=time(4), minutes=60),
    )

    refused = [result for result in results if isinstance(result, ValidationError)]
    assert [error.error_dict.keys() for error in refused] == [{"starts_at"}]
    assert Activity.objects.count() == 1


def test_d04_two_posts_of_one_form_make_one_row_and_both_get_it(ana):
    token = uuid.uuid4()

    results = at_once(*[lambda: enter(ana, token=token, minutes=300)] * 2)

    row = Activity.objects.get()
    assert results == [row, row]
    assert sorted(result.is_repeat for result in results) == [False, True]


def test_of_an_edit_and_a_withdrawal_of_one_version_one_succeeds(ana):
    row = activity(ana, TUESDAY)

    results = at_once(
        lambda: Activity.objects.get(pk=row.pk).edit(by=ana, at=NOW, version=1, minutes=30),
        lambda: Activity.objects.get(pk=row.pk).withdraw(by=ana, at=NOW, version=1),
    )

    assert sorted(str(type(result).__name__) for result in results) == ["NoneType", "StaleVersion"]
    row.refresh_from_db()
    assert row.version == 2


def test_edits_that_swap_days_do_not_wait_for_each_other(ana):
    one, other = activity(ana, TUESDAY), activity(ana, WEDNESDAY)

    results = at_once(
        lambda: Activity.objects.get(pk=one.pk).edit(by=ana, at=NOW, performed_on=WEDNESDAY),
        lambda: Activity.objects.get(pk=other.pk).edit(by=ana, at=NOW, performed_on=TUESDAY),
    )

    assert results == [None, None]
    assert set(Activity.objects.values_list("pk", "performed_on")) == {
        (one.pk, WEDNESDAY),
        (other.pk, TUESDAY),
    }
