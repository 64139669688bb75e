from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from organization.models import PayeeAccount, Posting, Role
from tests import factories, factories_bonuses

pytestmark = pytest.mark.django_db


def profile_of(client, who):
    client.force_login(who)
    return client.get(reverse("organization:profile"))


def test_the_profile_names_posts_status_roles_and_the_reviewer(client):
    city = factories.city()
    factories.grant(city.ana, Role.LEADERSHIP)

    page = profile_of(client, city.ana).content.decode()

    for shown in [city.ana.nip, "Pengadministrasi", "Dinas Contoh", "PNS", "Surya Atasan"]:
        assert shown in page


def test_the_account_number_shows_its_last_four_digits_only(client):
    city = factories.city()
    PayeeAccount.objects.create(person=city.ana, bank="Bank Contoh", number="0012345678", holder_name="ANA")

    page = profile_of(client, city.ana).content.decode()

    assert "••••••5678" in page
    assert "0012345678" not in page and "2345678" not in page


def test_d18_after_a_transfer_the_former_posting_and_the_sanction_are_still_shown(client):
    city = factories.city()
    Posting.objects.filter(person=city.ana).update(ends_on=date(2026, 3, 15))
    factories.posted(city.ana, factories.post(city.other, "Arsiparis"), date(2026, 3, 16))
    factories_bonuses.sanction(city.ana, first=date(2026, 2, 1), last=date(2026, 2, 1))

    page = profile_of(client, city.ana).content.decode()

    for shown in ["Dinas Contoh", "Badan Lain", "Arsiparis", "Pengadministrasi", "SK 7/2026"]:
        assert shown in page


def test_d32_the_profile_is_always_ones_own_whatever_the_address_says(client):
    city = factories.city()
    client.force_login(city.ana)

    page = client.get(reverse("organization:profile"), {"person": city.budi.pk, "pk": city.budi.pk})

    assert page.context["who"] == city.ana


def test_d35_the_profile_is_kept_in_no_cache(client):
    city = factories.city()

    first, second = profile_of(client, city.ana), profile_of(client, city.budi)

    assert first["Cache-Control"] == second["Cache-Control"] == "private, no-store"
    assert city.ana.nip not in second.content.decode()


def test_a_person_without_a_post_sees_a_profile(client):
    page = profile_of(client, factories.person("Tanpa Jabatan"))

    assert page.status_code == 200


def test_the_profile_takes_as_many_queries_for_one_posting_as_for_three(client):
    city = factories.city()
    many = factories.person()
    for first, last in [("2025-01-01", "2025-03-31"), ("2025-04-01", "2025-12-31"), ("2026-01-01", None)]:
        ends_on = date.fromisoformat(last) if last else None
        factories.posted(many, city.staff_post, date.fromisoformat(first), ends_on)
        factories.grant(many, Role.LEADERSHIP, starts_on=date.fromisoformat(first), ends_on=ends_on)

    counts = []
    for who in (city.ana, many):
        client.force_login(who)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("organization:profile"))
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 16
