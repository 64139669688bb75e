"""People and marks."""

from datetime import date
from decimal import Decimal

import pytest

from assessment.models import Assessment
from assessment.tests.pages import DAYS, mark_of, said, text
from tests.factories_assessment import (
    read,
    rows,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def test_the_listed_proposals_are_confirmed_together(city, post_as, open_as):
    rows(city.ana, DAYS, 300)
    read(city)
    listed = [r["value"] for r in open_as(city.nila, "confirm_many", city.month.pk).context["rows"]]

    answer = post_as(city.nila, "confirm_many", city.month.pk, row=listed)

    assert answer.status_code == 302
    assert sorted(Assessment.objects.values_list("person__name", "score")) == [
        ("Ana Pegawai", Decimal("49.09")),
        ("Budi Pegawai", Decimal("0.00")),
        ("Kartika Kepala", Decimal("0.00")),
        ("Surya Atasan", Decimal("0.00")),
    ]


def test_a_person_whose_facts_changed_is_left_and_named(city, post_as, open_as):
    rows(city.ana, DAYS, 300)
    read(city)
    listed = [r["value"] for r in open_as(city.nila, "confirm_many", city.month.pk).context["rows"]]
    type(city.month.activities.first()).objects.filter(performed_on=date(2026, 3, 9)).update(
        counted_minutes=200
    )

    answer = post_as(city.nila, "confirm_many", city.month.pk, row=listed)

    assert sorted(Assessment.objects.values_list("person__name", flat=True)) == [
        "Budi Pegawai",
        "Kartika Kepala",
        "Surya Atasan",
    ]
    assert any(sentence.startswith("Not confirmed: Ana Pegawai –") for sentence in said(answer))


@pytest.mark.parametrize("listed", [[], ["x"], ["1:2"], ["a:b:c"]])
def test_a_list_that_names_nobody_is_refused(city, post_as, listed):
    read(city)

    assert post_as(city.nila, "confirm_many", city.month.pk, row=listed).status_code == 422


def test_d90_a_mark_of_60_where_100_is_proposed_needs_a_reason(city, post_as):
    rows(city.ana, DAYS, 300)
    read(city)

    refused = post_as(
        city.nila, "person", city.month.pk, city.ana.pk, **mark_of(city, city.ana, quality="60")
    )
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["reason"])
    assert 'value="60"' in text(refused)

    answer = post_as(
        city.nila,
        "person",
        city.month.pk,
        city.ana.pk,
        **mark_of(city, city.ana, quality="60", reason="Uraian kurang."),
    )
    assert (answer.status_code, Assessment.objects.get().quality) == (302, Decimal("60.00"))


@pytest.mark.parametrize("quality", ["", "abc", "-1", "100.01", "97.123"])
def test_a_mark_that_is_none_is_refused_beside_its_field(city, post_as, quality):
    read(city)

    answer = post_as(
        city.nila, "person", city.month.pk, city.ana.pk, **mark_of(city, city.ana, quality=quality)
    )

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["quality"])
    assert not Assessment.objects.exists()


def test_a_mark_on_changed_facts_is_told_and_can_be_sent_again(city, post_as):
    rows(city.ana, DAYS, 300)
    read(city)
    old = mark_of(city, city.ana, quality="80", reason="Uraian kurang.")
    type(city.month.activities.first()).objects.filter(performed_on=date(2026, 3, 9)).update(
        counted_minutes=200
    )

    answer = post_as(city.nila, "person", city.month.pk, city.ana.pk, **old)
    assert (answer.status_code, "have changed" in text(answer)) == (409, True)

    again = {field.html_name: field.value() for field in answer.context["form"]}
    assert again["quality"] == "80"
    assert post_as(city.nila, "person", city.month.pk, city.ana.pk, **again).status_code == 302


def test_nobody_of_another_agency_is_marked_here(city, open_as):
    assert open_as(city.nila, "person", city.month.pk, city.zul.pk).status_code == 404


def test_d33_nobody_outside_the_month_is_named_by_their_number(city, post_as):
    read(city)

    answer = post_as(city.nila, "confirm_many", city.month.pk, row=f"{city.zul.pk}:x:0")

    assert answer.status_code == 409
    assert not any(city.zul.name in sentence for sentence in said(answer))
    assert said(answer)[0].startswith("Not confirmed: somebody else –")
