"""Who opens which page of the assessment, and who does what on it."""

import pytest

from assessment.models import Assessment, Verdict
from assessment.tests.pages import DAYS, mark_of
from tests import factories
from tests.factories_assessment import (
    drawn,
    rows,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


PAGES = ["month", "draw", "people", "publish", "finalise"]


# scopes: an assessor their agencies and never their own, the head all, the auditor reads, nobody else enters


@pytest.mark.parametrize("view", PAGES)
@pytest.mark.parametrize("name", ["chief", "nila", "auditor"])
def test_the_unit_and_the_auditor_open_every_page_of_a_month(city, open_as, view, name):
    assert open_as(getattr(city, name), view, city.month.pk).status_code == 200


@pytest.mark.parametrize("view", PAGES)
@pytest.mark.parametrize("name", ["ana", "supervisor", "head"])
def test_staff_and_supervisors_open_none(city, open_as, view, name):
    assert open_as(getattr(city, name), view, city.month.pk).status_code == 403


@pytest.mark.parametrize("view", PAGES)
def test_d33_a_month_outside_the_scope_is_not_found(city, open_as, view):
    stranger = factories.assessor(city.other, office=city.unit)
    insider = factories.assessor(city.agency, office=city.agency)

    assert [open_as(who, view, city.month.pk).status_code for who in (stranger, insider)] == [404, 404]


def test_d33_a_row_outside_the_scope_is_not_found(city, open_as, post_as):
    rows(city.ana, DAYS[:1])
    found = drawn(city.month, by=city.chief)[0]
    stranger = factories.assessor(city.other, office=city.unit)

    answers = [
        open_as(stranger, "row", found.pk),
        post_as(stranger, "row", found.pk, outcome="accepted", version=1),
        open_as(stranger, "person", city.month.pk, city.ana.pk),
        post_as(stranger, "confirm_many", city.month.pk),
        open_as(stranger, "verify", city.month.pk),
    ]

    assert [answer.status_code for answer in answers] == [404] * 5
    assert not Verdict.objects.exists()


@pytest.mark.parametrize(
    ("view", "name", "status"),
    [
        ("close", "nila", 403),
        ("dates", "nila", 403),
        ("close", "auditor", 403),
        ("dates", "auditor", 403),
        ("verify", "auditor", 403),
        ("close", "chief", 200),
        ("dates", "chief", 200),
    ],
)
def test_dates_and_closing_are_the_head_s(city, open_as, view, name, status):
    assert open_as(getattr(city, name), view, city.month.pk).status_code == status


def test_the_auditor_changes_nothing(city, post_as):
    rows(city.ana, DAYS[:1])
    found = drawn(city.month, by=city.chief)[0]
    version = found.activity.version

    answers = [
        post_as(city.auditor, "row", found.pk, outcome="accepted", version=version),
        post_as(city.auditor, "draw", city.month.pk, act="draw"),
        post_as(city.auditor, "confirm_many", city.month.pk, row=f"{city.ana.pk}:0:0"),
        post_as(city.auditor, "person", city.month.pk, city.ana.pk, **mark_of(city, city.ana)),
    ]

    assert [answer.status_code for answer in answers] == [403] * 4
    assert not Verdict.objects.exists() and not Assessment.objects.exists()
