from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from organization.models import Role, Unit, User
from organization.views.people import PEOPLE_A_PAGE
from tests import factories

pytestmark = pytest.mark.django_db
PEOPLE = "organization:people"


def listed(client, reader, **query):
    client.force_login(reader)
    page = client.get(reverse(PEOPLE), query)
    return {person.name for person in page.context["page"]}


def test_hr_of_the_city_and_the_auditor_list_everybody(client):
    city = factories.city()
    everybody = {city.ana.name, city.budi.name, city.zul.name, city.head.name}

    assert everybody <= listed(client, factories.with_role(Role.HR))
    assert everybody <= listed(client, factories.with_role(Role.AUDITOR))


def test_hr_of_an_agency_lists_its_people_of_today_only(client):
    city = factories.city()
    section = Unit.objects.establish(code="8.1", parent=city.agency, name="Bidang", short_name="Bidang")
    factories.staff(factories.post(section), "Cici Bidang")
    gone = factories.staff(city.staff_post, "Dedi Pindah", ends_on=date(2025, 12, 31))

    found = listed(client, factories.with_role(Role.HR, city.agency))

    assert found == {"Ana Pegawai", "Budi Pegawai", "Surya Atasan", "Kartika Kepala", "Cici Bidang"}
    assert gone.name not in found


@pytest.mark.parametrize("role", [None, Role.ASSESSOR, Role.HEAD, Role.MAKER, Role.LEADERSHIP, Role.IT])
def test_d33_other_roles_may_open_neither_list_nor_person_nor_sanction(client, role):
    city = factories.city()
    client.force_login(factories.with_role(role) if role else city.supervisor)

    for name, args in [(PEOPLE, []), ("organization:person", [city.ana.pk])]:
        assert client.get(reverse(name, args=args)).status_code == 403
    assert client.post(reverse("changes:sanction_create", args=[city.ana.pk])).status_code == 403


def test_d34_list_person_page_and_forms_have_one_scope(client):
    city = factories.city()
    reader = factories.with_role(Role.HR, city.agency)

    found = listed(client, reader)
    for who in User.objects.all():
        expected = 200 if who.name in found else 404
        for name in ["organization:person", "changes:sanction_create"]:
            assert client.get(reverse(name, args=[who.pk])).status_code == expected, (name, who)


def test_people_are_found_by_name_and_by_the_first_digits_of_the_nip(client):
    city = factories.city()
    reader = factories.with_role(Role.HR)
    spaced = f"{city.zul.nip[:8]} {city.zul.nip[8:14]} {city.zul.nip[14]} {city.zul.nip[15:]}"

    assert listed(client, reader, q="ana peg") == {"Ana Pegawai"}
    assert listed(client, reader, q=spaced) == {"Zul Pegawai"}
    assert listed(client, reader, q="%") == set()


def test_a_search_too_long_says_so_and_keeps_what_was_typed(client):
    client.force_login(factories.with_role(Role.HR))

    page = client.get(reverse(PEOPLE), {"q": "x" * 101})

    assert page.status_code == 422
    assert "x" * 101 in page.content.decode()


def test_d80_the_pages_together_hold_everybody_once(client):
    reader = factories.with_role(Role.HR)
    names = ["Sama Nama", "sama nama"] * PEOPLE_A_PAGE + ["Sama Nama"] * 11
    User.objects.bulk_create(User(nip=factories.nip(), name=name) for name in names)
    client.force_login(reader)

    seen = []
    for number in (1, 2, 3):
        page = client.get(reverse(PEOPLE), {"q": "sama nama", "page": number}).context["page"]
        seen += [person.pk for person in page]

    assert len(seen) == len(set(seen)) == len(names)


def test_d76_the_list_takes_as_many_queries_for_one_person_as_for_many(client):
    city = factories.city()
    reader = factories.with_role(Role.HR, city.other)
    factories.grant(factories.person(), Role.HR)
    counts = []
    for _round in range(2):
        client.force_login(reader)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse(PEOPLE))
        counts.append(len(queries))
        for _number in range(5):
            factories.staff(factories.post(city.other))

    assert counts[0] == counts[1] <= 12


def test_a_person_page_shows_records_but_no_account(client):
    city = factories.city()
    client.force_login(factories.with_role(Role.HR))

    page = client.get(reverse("organization:person", args=[city.ana.pk])).content.decode()

    assert city.ana.nip in page and "Pengadministrasi" in page
    assert reverse("changes:leave_create", args=[city.ana.pk]) in page


def test_the_auditor_reads_and_is_offered_no_change(client):
    city = factories.city()
    client.force_login(factories.with_role(Role.AUDITOR))

    page = client.get(reverse("organization:person", args=[city.ana.pk])).content.decode()

    assert reverse("changes:leave_create", args=[city.ana.pk]) not in page
    assert reverse("changes:sanction_create", args=[city.ana.pk]) not in page


def test_a_deactivated_person_stays_in_the_list_with_the_date(client):
    factories.person("Eka Pensiun", deactivated_on=date(2026, 1, 1))
    client.force_login(factories.with_role(Role.HR))

    page = client.get(reverse(PEOPLE), {"q": "eka"}).content.decode()

    assert "Eka Pensiun" in page and "1 Jan 2026" in page
