"""Lists read together are what each gives alone."""

from datetime import date

import pytest
from django.db.models import Count, F, Sum
from django.db.models.functions import Lower

from activities.models import Activity
from calendars.models import Holiday
from organization.models import Grant, Placement, User
from records.side_by_side import Rows, read_together
from tests import factories
from tests.factories_activities import activity

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 9)


@pytest.fixture
def city():
    city = factories.city()
    for minutes in (30, 45, 60):
        activity(city.ana, DAY, minutes=minutes)
    factories.holiday(date(2026, 3, 19))
    return city


def lists(city):
    """Rows with what belongs to them, annotated ones, values, sums, and lists without rows."""
    people = User.objects.by_name().annotate(shout=Lower("name"))
    return [
        people,
        Placement.objects.filter(person=city.ana).select_related("unit__agency", "superior"),
        Holiday.objects.values_list("date", "unit", named=True),
        Activity.objects.order_by().values("person").annotate(rows=Count("pk"), sum=Sum("minutes")),
        Activity.objects.order_by("-minutes").values_list("minutes", flat=True),
        Activity.objects.values_list("person", flat=True).order_by(F("person__name").desc()).distinct(),
        Grant.objects.filter(person=city.ana),
        Activity.objects.none(),
        people.values_list("nip").union(Holiday.objects.values_list("name"), all=True),
    ]


def test_lists_read_together_are_what_each_gives_alone(city, django_assert_num_queries):
    alone, together = [list(one) for one in lists(city)], lists(city)

    with django_assert_num_queries(1):
        read_together(*together)
        found = [list(one) for one in together]

    assert found == alone
    assert [len(one) > 0 for one in alone] == [True] * 6 + [False] * 2 + [True]
    assert found[0][0].shout == alone[0][0].shout
    with django_assert_num_queries(0):
        assert found[1][0].unit.agency == city.agency


def test_a_list_read_already_is_not_read_again(city, django_assert_num_queries):
    read, other = User.objects.filter(pk=city.ana.pk), Grant.objects.all()
    assert list(read) == [city.ana]

    with django_assert_num_queries(1):
        read_together(read, other)
        assert (list(read), list(other)) == ([city.ana], [])


def test_what_is_asked_of_a_list_later_is_asked_anew(city):
    people = User.objects.all()
    read_together(people, Grant.objects.all())

    assert list(people.filter(pk=city.ana.pk)) == [city.ana]
    assert people.count() == len(people) == User.objects.count()


def test_nothing_is_asked_where_no_list_can_have_rows(django_assert_num_queries):
    nothing = Activity.objects.filter(pk__in=[])

    with django_assert_num_queries(0):
        read_together(nothing, Grant.objects.none())
        assert list(nothing) == []


def test_rows_of_a_statement_are_read_with_others_or_alone(django_assert_num_queries):
    beside, alone, people = (
        Rows("SELECT %s, 2", ["a"]),
        Rows("SELECT generate_series(1, 3)"),
        User.objects.all(),
    )

    with django_assert_num_queries(1):
        read_together(people, beside)
        assert (list(people), list(beside), list(beside)) == ([], [("a", 2)], [("a", 2)])
    with django_assert_num_queries(1):
        assert [n for (n,) in alone] == [n for (n,) in alone] == [1, 2, 3]
