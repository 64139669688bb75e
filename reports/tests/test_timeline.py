"""One person by date."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from organization.models import PostTerm, Role
from reports.changes.timeline import facts_of
from tests import factories, factories_bonuses
from tests.factories import at

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 3, 9)
PLACE = "Pengadministrasi, Dinas Contoh, kelas 7, pelaksana"


@pytest.fixture
def city(time_machine):
    time_machine.move_to(at(2026, 3, 9), tick=False)
    found = factories.city()
    found.hr = factories.with_role(Role.HR)
    return found


def said(facts):
    found = [(fact.starts_on, fact.ends_on, fact.kind, fact.said, fact.basis) for fact in facts]
    return sorted(found, key=lambda fact: (fact[0], fact[2]))


def test_all_that_is_dated_about_a_person_is_one_list(city):
    who = city.ana
    seven = factories.job_class(7)
    PostTerm.objects.change(city.staff_post, starts_on=MONDAY, decree="SK 12", job_class=seven)
    factories_bonuses.sanction(who, first=date(2026, 2, 1), last=date(2026, 3, 1))
    suspension = factories.suspended(who, date(2026, 3, 10), date(2026, 3, 12))

    found = {kind: (first, last, text) for first, last, kind, text, _basis in said(facts_of(who))}

    assert found == {
        "Jabatan": (MONDAY, None, f"{PLACE}; di bawah Kepala Bidang"),
        "Status": (factories.LONG_AGO, None, "PNS"),
        "Hukuman disiplin": (date(2026, 2, 1), date(2026, 3, 31), "25 %"),
        "Skorsing": (suspension.starts_on, suspension.ends_on, ""),
    }
    posts = [row for row in said(facts_of(who)) if row[2] == "Jabatan"]
    assert [(first, last, basis) for first, last, _kind, _said, basis in posts] == [
        (factories.LONG_AGO, date(2026, 3, 8), ""),
        (MONDAY, None, "SK 12"),
    ]


def test_the_page_takes_as_many_queries_for_many_facts(client, city):
    client.force_login(city.hr)
    asked = []
    for day in (10, 12):
        with CaptureQueriesContext(connection) as queries:
            page = client.get(reverse("changes:timeline", args=[city.ana.pk]))
        asked.append(len(queries))
        factories.suspended(city.ana, date(2026, 3, day), date(2026, 3, day))

    assert (page.status_code, asked[0]) == (200, asked[1])
    assert asked[0] <= 6
