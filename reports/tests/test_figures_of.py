"""The rows and days behind somebody else's figures, opened by those who judge their month."""

from datetime import date

import pytest
from django.urls import reverse

from tests import factories
from tests.factories_assessment import read, row, rows, stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return stage()


def address(city, person):
    return reverse("reports:figures_of", args=[city.month.pk, person.pk])


def opened(client, who, city, person):
    client.force_login(who)
    return client.get(address(city, person))


def test_w10_the_refused_minutes_open_their_rows_and_the_late_days_their_days(client, city):
    rows(city.ana, [2, 3], 300)
    row(city.ana, date(2026, 3, 4), 100, in_time=False)
    read(city, void=1)

    answer = opened(client, city.nila, city, city.ana)
    own, page = answer.context["figures"], answer.content.decode()

    [voided] = city.month.activities.filter(status="voided")
    assert [found.activity for found in own.fewer] == [voided]
    in_time = {date(2026, 3, 2), date(2026, 3, 3)}
    assert {day.day for day in own.days if day.state == "in_time"} == in_time
    assert date(2026, 3, 4) in {day.day for day in own.missed}
    assert reverse("approvals:decisions", args=[voided.pk]) in page
    assert reverse("activities:day", args=[date(2026, 3, 4)]) not in page


def test_w10_each_component_on_the_persons_page_leads_to_what_it_comes_from(client, city):
    rows(city.ana, [2, 3], 300)
    read(city)
    client.force_login(city.nila)

    page = client.get(reverse("assessment:person", args=[city.month.pk, city.ana.pk])).content.decode()

    places = [f'"{address(city, city.ana)}#{place}"' for place in ("hari", "berkurang", "belum-tepat")]
    assert [place in page for place in places] == [True] * 3
    figures = opened(client, city.nila, city, city.ana).content.decode()
    assert [f'id="{place}"' in figures for place in ("hari", "berkurang", "belum-tepat")] == [True] * 3


def test_w10_the_days_of_ones_own_line_stay_closed_to_an_assessor(client, city):
    under = factories.staff(factories.post(city.unit, "Penilai", superior=city.head_post), "Bawahan Kepala")
    factories.grant(under, "assessor", city.agency)
    stranger = factories.assessor(city.other, office=city.unit)

    assert [opened(client, who, city, city.ana).status_code for who in (city.nila, city.auditor)] == [200] * 2
    assert opened(client, under, city, city.head).status_code == 404
    assert opened(client, under, city, city.ana).status_code == 200
    assert opened(client, stranger, city, city.ana).status_code == 404
    assert opened(client, city.nila, city, city.zul).status_code == 404
    assert opened(client, city.nila, city, city.nila).status_code == 404
    assert opened(client, city.budi, city, city.ana).status_code == 403
