"""D120: a password that every colleague can guess is refused with a sentence."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation

from organization.models import User
from organization.passwords import birth_dates
from tests import factories

pytestmark = pytest.mark.django_db
NIP, NAME = "190008042022061005", "Cemara Geurutee, S.E."
SENTENCE = "This password is too close to your name, NIP, birth date or unit. Think of another one."


@pytest.fixture
def cemara():
    unit = factories.agency(name="Dinas Kesehatan Kota")
    who = factories.person(NAME, nip=NIP, email="c.geurutee@contoh.id")
    factories.posted(who, factories.post(unit))
    return who


def refusals(password, who):
    with translation.override("en"):
        try:
            validate_password(password, who)
        except ValidationError as refused:
            return refused.messages
    return []


@pytest.mark.parametrize(
    "password",
    [
        "190008042022061005a",
        "a190008042022061005",
        "19000804 202206 1 005 x",
        "5001602202408000 91a",
        "2022061005-aman",
        "Cemara Geurutee, S.E.",
        "CemaraGeurutee",
        "GeuruteeCemara",
        "geurutee.cemara.se",
        "Cemara Geurute",
        "c3mar4-g3urut33",
        "eeturueg-aramec",
        "Cemara1900!!",
        "cemara-04081900",
        "19000804-ok!",
        "04081900abcd",
        "4agustus1900",
        "Aug-4-1900-x",
        "DinasKesehatan",
        "kesehatan dinas 24",
        "kota.kesehatan1",
        "c.geurutee@2026",
    ],
)
def test_d120_a_password_about_oneself_is_refused_with_a_sentence(cemara, password):
    assert SENTENCE in refusals(password, cemara)


@pytest.mark.parametrize(
    "password",
    [
        "pagi-cerah-42",
        "kopi tubruk tanpa gula",
        "cemara tumbuh di tepi pantai",
        "melati-merbabu-biru",
        "tahun 2022 itu indah sekali",
    ],
)
def test_d120_another_password_is_taken(cemara, password):
    assert refusals(password, cemara) == []


def test_d120_somebody_elses_name_is_not_compared(cemara):
    assert refusals("Cemara Geurutee", factories.person("Nangka Tambora", nip="190001022012011003")) == []


def test_d120_a_person_who_is_not_stored_yet_is_compared_too():
    assert SENTENCE in refusals("190008042022061005a", User(nip=NIP, name=NAME))
    assert refusals("190008042022061005a", None) == []


def test_d120_the_page_refuses_and_the_password_stays(client, cemara):
    cemara.set_password("pagi-cerah-42")
    cemara.save(update_fields=["password"])
    client.force_login(cemara)

    for password in ("190008042022061005a", NAME):
        typed = {"oldpassword": "pagi-cerah-42", "password1": password, "password2": password}
        answer = client.post(reverse("account_change_password"), typed)
        assert "terlalu dekat dengan nama, NIP, tanggal lahir, atau unit" in answer.content.decode()

    assert User.objects.get(pk=cemara.pk).check_password("pagi-cerah-42")


def test_d120_a_birth_date_is_known_in_every_order():
    found = birth_dates(NIP)

    assert {"19000804", "04081900", "08041900", "040800", "000804", "481900", "4agustus1900"} <= found
    assert birth_dates("") == set()
