"""A prepared list is that of its queryset, for every id."""

import pytest

from organization.models import Grant, Placement
from records.prepared import Prepared
from records.side_by_side import read_together
from tests import factories

pytestmark = pytest.mark.django_db


def postings(pk):
    return Placement.objects.filter(person=pk).select_related("unit").order_by("-starts_on")


def test_a_prepared_list_is_that_of_its_queryset_for_every_id(django_assert_num_queries):
    city, prepared = factories.city(), Prepared(postings)
    apart = {who: list(postings(who.pk)) for who in (city.ana, city.budi)}

    with django_assert_num_queries(2):
        found = {who: list(prepared.of(who.pk)) for who in (city.ana, city.budi)}
        units = [rows[0].unit for rows in found.values()]

    assert found == apart
    assert units == [city.agency, city.agency]
    assert list(prepared.of(0)) == []


def test_prepared_lists_are_read_with_others(django_assert_num_queries):
    city, prepared = factories.city(), Prepared(postings)
    own, others, grants = prepared.of(city.ana.pk), prepared.of(city.budi.pk), Grant.objects.all()

    with django_assert_num_queries(1):
        read_together(own, others, grants)
        found = [row.person_id for row in [*own, *others, *own]]

    assert found == [city.ana.pk, city.budi.pk, city.ana.pk]
