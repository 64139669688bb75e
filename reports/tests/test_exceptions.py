"""What is missing behind people and posts. Today is Monday 9 March 2026."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from organization.models import Rank, Role, Unit, User
from reports.changes.exceptions import SHOWN, exceptions_of
from tests import factories, factories_bonuses
from tests.factories import at

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 3, 9)


@pytest.fixture
def city(time_machine):
    """A city in which nothing is missing but what a test takes away."""
    time_machine.move_to(at(2026, 3, 9), tick=False)
    found = factories.city()
    found.hr = factories.with_role(Role.HR)
    factories.holiday(date(2026, 3, 19))
    rank = Rank.objects.create(code="III/a", scheme="PNS", order_no=9, name="Penata Muda")
    for who in (found.ana, found.budi, found.supervisor, found.head, found.other_head, found.zul):
        who.ranks.create(rank=rank, starts_on=date(2025, 1, 1))
        factories_bonuses.account(who)
    return found


def gaps(reader):
    kinds = exceptions_of(reader, on=MONDAY)
    return {name: [title for title, *_rest in kind.rows] for name, kind in kinds.items() if kind.rows}


def test_d17_what_has_no_superior_is_named_and_nothing_else(city):
    assert gaps(city.hr) == {"no_superior": ["Kepala Badan", "Kepala Dinas"]}


def test_d103_each_gap_is_named_with_its_page(client, city):
    city.supervisor.postings.update(ends_on=date(2026, 3, 8))
    city.ana.statuses.all().delete()
    city.budi.ranks.all().delete()
    city.zul.account.delete()
    Unit.objects.filter(pk=city.other.pk).update(pattern="9")

    assert gaps(city.hr) == {
        "no_superior": ["Kepala Badan", "Kepala Dinas"],
        "vacant": ["Kepala Bidang"],
        "no_post": ["Surya Atasan"],
        "no_status": ["Ana Pegawai"],
        "no_rank": ["Budi Pegawai"],
        "no_account": ["Zul Pegawai"],
        "pattern": ["Badan Lain"],
    }
    client.force_login(city.hr)
    page = client.get(reverse("changes:exceptions")).content.decode()
    assert f'href="/posts/{city.supervisor_post.pk}/"' in page
    assert "Atasan berikutnya yang meninjau sampai jabatan ini terisi atau ada Plt." in page


def test_a_plt_takes_a_vacant_post_off_the_list_and_a_plh_does_not(city):
    city.supervisor.postings.update(ends_on=date(2026, 3, 8))
    factories.letter(city.supervisor_post, city.budi, first=MONDAY, last=MONDAY, capacity="plh")
    with_plh = "vacant" in gaps(city.hr)
    factories.letter(city.supervisor_post, city.head, first=MONDAY, last=MONDAY, capacity="plt")

    assert (with_plh, "vacant" in gaps(city.hr)) == (True, False)


def test_a_cycle_of_superiors_names_its_posts_and_stops_nothing(client, city):
    city.head_post.terms.update(superior=city.supervisor_post)

    assert gaps(city.hr)["cycle"] == ["Kepala Bidang", "Kepala Dinas"]
    client.force_login(city.hr)
    assert client.get(reverse("changes:exceptions")).status_code == 200


def test_hr_of_an_agency_reads_of_their_own(city):
    found = gaps(factories.with_role(Role.HR, city.agency))

    assert found == {"no_superior": ["Kepala Dinas"]}


def test_a_year_without_holidays_is_named(city):
    assert [row[0] for row in exceptions_of(city.hr, on=date(2027, 1, 4))["calendar"].rows] == ["2027"]


def test_many_gaps_take_the_queries_of_one_and_the_first_are_shown(client, city):
    client.force_login(city.hr)
    asked = []
    for _more in range(2):
        with CaptureQueriesContext(connection) as queries:
            page = client.get(reverse("changes:exceptions"))
        asked.append(len(queries))
        for number in range(SHOWN + 5):
            factories.staff(city.staff_post, f"Tanpa Golongan {number:02d}")

    page = client.get(reverse("changes:exceptions"))
    [ranks] = [kind for kind in page.context["kinds"] if kind.title == "Pegawai tanpa golongan"]
    assert (len(ranks.shown), ranks.has_more) == (SHOWN, True)
    assert asked[0] == asked[1] <= 12


def test_days_between_two_postings_are_named(city):
    city.ana.postings.update(ends_on=date(2026, 2, 27))
    factories.posted(city.ana, city.staff_post, date(2026, 3, 2))
    city.budi.postings.update(ends_on=date(2026, 2, 28))
    factories.posted(city.budi, city.staff_post, date(2026, 3, 1))

    assert gaps(city.hr) == {"no_superior": ["Kepala Badan", "Kepala Dinas"], "gap": ["Ana Pegawai"]}


def test_two_people_of_one_name_and_birth_date_are_named(city):
    twin = factories.staff(city.staff_post, "ANA PEGAWAI")
    User.objects.filter(pk=twin.pk).update(nip=f"{city.ana.nip[:8]}{twin.nip[8:]}")
    namesake = factories.staff(city.staff_post, "Budi Pegawai")
    User.objects.filter(pk=namesake.pk).update(nip=f"19551231{namesake.nip[8:]}")

    assert gaps(city.hr)["alike"] == ["ANA PEGAWAI", "Ana Pegawai"]
