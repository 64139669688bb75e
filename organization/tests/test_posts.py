from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from organization.models import Placement, PostTerm
from organization.reviewers import reviewer
from tests import factories

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 16)
BEFORE = DAY - timedelta(days=1)


def terms(post):
    return list(post.terms.values_list("starts_on", "ends_on", "job_class__number", "superior"))


def test_other_terms_hold_from_their_day_and_the_past_stays():
    post = factories.post(factories.agency(), number=5)

    PostTerm.objects.change(post, starts_on=DAY, decree="SK 1", job_class=factories.job_class(7))

    assert terms(post) == [(factories.LONG_AGO, BEFORE, 5, None), (DAY, None, 7, None)]


def test_terms_of_one_post_never_overlap():
    post = factories.post(factories.agency())
    same = {"unit": post.terms.get().unit, "job_class": post.terms.get().job_class, "level": "staff"}

    with pytest.raises(IntegrityError, match="terms_of_a_post_do_not_overlap"), transaction.atomic():
        PostTerm.objects.create(post=post, starts_on=DAY, **same)


def test_a_post_is_never_below_itself():
    post = factories.post(factories.agency())

    with pytest.raises(IntegrityError, match="a_post_is_never_below_itself"), transaction.atomic():
        post.terms.update(superior=post)


def test_a_line_that_comes_back_on_a_day_is_refused_with_that_day_and_nothing_changes():
    office = factories.agency()
    top = factories.post(office, "Kepala")
    middle = factories.post(office, "Kabid", superior=top)
    low = factories.post(office, "Kasi")
    PostTerm.objects.change(low, starts_on=DAY, decree="SK 1", superior=middle)

    with pytest.raises(ValidationError, match="Pada 2026-03-16 garis atasan kembali"):
        PostTerm.objects.change(top, starts_on=date(2026, 3, 2), decree="SK 2", superior=low)

    assert terms(top) == [(factories.LONG_AGO, None, 5, None)]


def test_d42_the_superior_of_a_person_s_post_is_that_of_the_day():
    office = factories.agency()
    first, second = (factories.post(office, name, number=9, level="supervisor") for name in "AB")
    one, two = factories.staff(first), factories.staff(second)
    post = factories.post(office, superior=first)
    who = factories.staff(post)
    PostTerm.objects.change(post, starts_on=DAY, decree="SK 1", superior=second)

    found = [reviewer(who.posting_on(day).superior, owner=who, on=day) for day in (BEFORE, DAY)]

    assert found == [one, two]
    assert [one.roles_on(BEFORE), one.roles_on(DAY)] == [{"supervisor"}, set()]


def test_a_placement_is_a_posting_in_the_days_of_one_of_its_post_s_terms():
    office, other = factories.agency(), factories.agency()
    post = factories.post(office)
    who = factories.staff(post, ends_on=date(2026, 3, 31))
    PostTerm.objects.change(post, starts_on=DAY, decree="SK 1", unit=other)

    found = Placement.objects.filter(person=who).values_list("unit", "starts_on", "ends_on")

    assert list(found) == [(office.pk, factories.LONG_AGO, BEFORE), (other.pk, DAY, date(2026, 3, 31))]
