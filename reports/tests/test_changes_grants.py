"""Roles on their pages: who may do what, asked for and ended. Today is Monday 9 March 2026."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from organization.models import GrantEnding, GrantRequest, Role
from tests import factories
from tests.factories import at

pytestmark = pytest.mark.django_db


@pytest.fixture
def city(time_machine):
    time_machine.move_to(at(2026, 3, 9), tick=False)
    found = factories.city()
    found.hr, found.second = factories.with_role(Role.HR), factories.with_role(Role.HR, name="HR kedua")
    return found


def create(client, city, **fields):
    body = {"role": "assessor", "unit": "", "starts_on": "2026-03-09", "ends_on": ""} | fields
    return client.post(reverse("changes:grant_create", args=[city.ana.pk]), body)


def test_d31_a_role_is_asked_for_and_granted_on_the_pages_of_two(client, city):
    client.force_login(city.hr)
    asked = create(client, city, unit=city.other.pk)
    url = reverse("changes:request", args=["grants", GrantRequest.objects.get().pk])
    own = client.post(url)
    client.force_login(city.second)
    granted = client.post(url)

    assert (asked.status_code, own.status_code, granted.status_code) == (302, 403, 302)
    assert list(city.ana.grants.values_list("role", "unit")) == [("assessor", city.other.pk)]


def test_hr_of_an_agency_asks_for_no_role_of_the_city_or_of_another(client, city):
    client.force_login(factories.with_role(Role.HR, city.agency))

    answers = [create(client, city), create(client, city, unit=city.other.pk)]

    assert [(answer.status_code, list(answer.context["form"].errors)) for answer in answers] == [
        (422, ["unit"]),
        (422, ["unit"]),
    ]


def test_a_role_sent_twice_is_one_request_and_a_sentence(client, city):
    client.force_login(city.hr)

    codes = [create(client, city).status_code for _time in range(2)]

    assert (codes, GrantRequest.objects.count()) == ([302, 422], 1)


def test_a_role_is_ended_on_its_page(client, city):
    grant = factories.grant(city.ana, Role.MAKER)
    client.force_login(city.hr)

    answer = client.post(reverse("changes:grant_end", args=[grant.pk]), {"ends_on": "2026-03-20"})
    client.force_login(city.second)
    client.post(reverse("changes:request", args=["grant-endings", GrantEnding.objects.get().pk]))
    grant.refresh_from_db()

    assert (answer.status_code, grant.ends_on) == (302, date(2026, 3, 20))


def test_the_list_finds_by_name_office_and_role_and_leaves_out_what_is_over(client, city):
    factories.grant(city.ana, Role.MAKER, city.agency)
    factories.grant(city.budi, Role.CHECKER, city.other, ends_on=date(2026, 3, 8))
    client.force_login(city.hr)

    def listed(**query):
        page = client.get(reverse("changes:grants"), query).context["page"]
        return [(grant.person.name, grant.role) for grant in page]

    assert listed(role="maker") == listed(q="ana") == listed(q="contoh") == [("Ana Pegawai", "maker")]
    assert listed(role="checker") == []


def test_hr_of_an_agency_and_the_auditor_see_their_part(client, city):
    factories.grant(city.ana, Role.MAKER, city.agency)
    factories.grant(city.zul, Role.MAKER, city.other)

    found = {}
    for who in (factories.with_role(Role.HR, city.agency), factories.with_role(Role.AUDITOR)):
        client.force_login(who)
        page = client.get(reverse("changes:grants"), {"role": "maker"}).context["page"]
        found[who.name] = [grant.person.name for grant in page]

    assert found == {"Petugas hr": ["Ana Pegawai"], "Petugas auditor": ["Ana Pegawai", "Zul Pegawai"]}


def test_d76_the_list_takes_as_many_queries_for_one_role_as_for_many(client, city):
    client.force_login(city.hr)
    asked = []
    for _more in range(2):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("changes:grants")).status_code == 200
        asked.append(len(queries))
        for number in range(5):
            factories.grant(factories.person(f"Orang {number}"), Role.MAKER, city.agency)

    assert asked == [5, 5]
