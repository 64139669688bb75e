from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from organization.models import Role, Sanction
from records.refusals import OwnRecord
from tests import factories

pytestmark = pytest.mark.django_db
MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)
TYPED = {"percent": "12,5", "first_month": "2026-03", "last_month": "2026-04", "decree": "SK 7/2026"}


def send(client, who, reader, **typed):
    client.force_login(reader)
    return client.post(reverse("changes:sanction_create", args=[who.pk]), TYPED | typed)


def test_hr_records_a_sanction_of_whole_months(client):
    city = factories.city()

    answer = send(client, city.ana, factories.with_role(Role.HR, city.agency))

    assert answer.url == reverse("organization:person", args=[city.ana.pk])
    rows = Sanction.objects.values_list("person", "percent", "first_month", "last_month", "decree")
    assert list(rows) == [(city.ana.pk, Decimal("12.50"), MARCH, APRIL, "SK 7/2026")]


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("percent", "0"),
        ("percent", "101"),
        ("percent", "banyak"),
        ("percent", ""),
        ("first_month", "2026-13"),
        ("first_month", "maret"),
        ("last_month", "2026-02"),
        ("decree", ""),
        ("decree", "x" * 201),
    ],
)
def test_a_wrong_sanction_is_refused_with_a_sentence_and_keeps_what_was_typed(client, field, typed):
    city = factories.city()

    answer = send(client, city.ana, factories.with_role(Role.HR), **{field: typed})

    assert answer.status_code == 422
    assert "ek-errors" in answer.content.decode()
    assert answer.context["form"][field].value() == typed
    assert not Sanction.objects.exists()


def test_d04_the_same_sanction_twice_is_one_row(client):
    city = factories.city()
    reader = factories.with_role(Role.HR)
    send(client, city.ana, reader)

    answer = send(client, city.ana, reader)

    assert answer.status_code == 422
    assert Sanction.objects.count() == 1


def test_d32_another_persons_id_in_the_form_changes_nothing(client):
    city = factories.city()

    send(client, city.ana, factories.with_role(Role.HR), person=city.budi.pk)

    assert list(Sanction.objects.values_list("person", flat=True)) == [city.ana.pk]


def test_hr_changes_nothing_of_their_own_by_page_or_by_verb(client):
    city = factories.city()
    factories.grant(city.ana, Role.HR)

    answer = send(client, city.ana, city.ana)

    assert answer.status_code == 403
    with pytest.raises(OwnRecord):
        Sanction.objects.request(
            city.ana, by=city.ana, percent=Decimal(1), first_month=MARCH, last_month=MARCH, decree="SK"
        )
    assert not Sanction.objects.exists()


def test_out_of_scope_reads_not_found_and_records_nothing(client):
    city = factories.city()

    answer = send(client, city.zul, factories.with_role(Role.HR, city.agency))

    assert answer.status_code == 404
    assert not Sanction.objects.exists()


def test_the_verb_refuses_a_month_that_is_no_first_day():
    city = factories.city()

    with pytest.raises(ValidationError):
        Sanction.objects.request(
            city.ana,
            by=factories.person(),
            percent=Decimal(1),
            first_month=date(2026, 3, 2),
            last_month=APRIL,
            decree="SK",
        )
