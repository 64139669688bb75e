"""Wrong passwords: they close an account from where they come, never the office and never the owner."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from ekinerja.addresses import proxies
from organization.models import User
from tests import factories

pytestmark = pytest.mark.django_db
PASSWORD = "pagi-cerah-42"
OFFICE, ELSEWHERE, HOME = "10.0.0.5", "127.0.0.9", "127.0.0.20"


@pytest.fixture
def person():
    return with_password()


def with_password():
    who = factories.person()
    who.set_password(PASSWORD)
    who.save(update_fields=["password"])
    return who


def answer_to(person, password=PASSWORD, *, at=OFFICE, forwarded=None):
    """What one attempt from the address `at` is answered; each from a browser that keeps nothing."""
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    typed = {"login": person.nip, "password": password}
    return Client(REMOTE_ADDR=at, headers=headers).post(reverse("account_login"), typed)


def sign_in(person, password=PASSWORD, **where):
    """Whether one attempt signs in."""
    answer = answer_to(person, password, **where)
    assert answer.status_code in (200, 302)
    return answer.status_code == 302


def reason(answer):
    with translation.override("id"):
        return str(answer.context["form"].non_field_errors()[0])


def fail(person, times, *, at=OFFICE, forwarded=None):
    for number in range(times):
        assert not sign_in(person, f"salah-{number}", at=at, forwarded=forwarded)


def test_the_eleventh_password_in_five_minutes_is_not_even_read(person):
    fail(person, 9)

    assert reason(answer_to(person, "salah")) == "NIP atau kata sandi tidak benar."
    assert reason(answer_to(person)).startswith("Terlalu banyak kata sandi salah untuk NIP ini dari jaringan")


def test_d38_wrong_passwords_for_one_nip_leave_the_office_open(person):
    fail(person, 10, at="10.0.0.5")

    assert sign_in(with_password(), at="10.0.0.5")


@pytest.mark.parametrize("forwarded", ["203.0.113.7", "203.0.113.7, 198.51.100.1", "10.0.0.9", "bukan"])
def test_d38_a_forged_header_does_not_reset_the_count(person, forwarded):
    fail(person, 10)

    assert not sign_in(person, forwarded=forwarded)


def test_d38_forged_headers_do_not_spread_the_count(person):
    for number in range(10):
        fail(person, 1, forwarded=f"203.0.113.{number}")

    assert not sign_in(person)


def test_d38_behind_our_proxy_each_browser_counts_by_itself(person, settings):
    settings.TRUSTED_PROXIES = proxies(["192.0.2.1"])
    fail(person, 10, at="192.0.2.1", forwarded=OFFICE)

    assert not sign_in(person, at="192.0.2.1", forwarded=f"203.0.113.9, {OFFICE}")
    assert sign_in(person, at="192.0.2.1", forwarded=HOME)


def test_d38_beside_our_proxy_the_header_is_not_believed(person, settings):
    settings.TRUSTED_PROXIES = proxies(["192.0.2.1"])
    fail(person, 10)

    assert not sign_in(person, forwarded=HOME)


def test_d38_an_ipv6_line_is_one_address(person):
    for number in range(10):
        fail(person, 1, at=f"2001:db8::{number}")

    assert not sign_in(person, at="2001:db8::ffff")
    assert sign_in(person, at="2001:db8:1::1")


def test_d98_wrong_passwords_from_elsewhere_do_not_lock_the_owner_out(person):
    fail(person, 11, at="127.0.0.9")

    assert sign_in(person, at="127.0.0.20")


def test_d98_the_owner_comes_in_from_a_known_address_however_many_try(person):
    assert sign_in(person, at=HOME)

    fail_from_everywhere(person)

    assert sign_in(person, at=HOME)


def test_d98_from_a_new_address_the_owner_waits_at_most_for_the_next_attempt(person, settings):
    fail_from_everywhere(person)

    assert reason(answer_to(person, at=HOME)).startswith("Banyak kata sandi salah dicoba untuk NIP ini.")
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login_slowed": "2/30s/key"}
    assert sign_in(person, at=HOME)


def test_d98_waiting_does_not_count_as_a_wrong_password(person, settings):
    fail_from_everywhere(person)
    fail(person, 20, at=HOME)
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login_slowed": "2/30s/key"}

    assert sign_in(person, at=HOME)


def test_d98_one_address_does_not_try_one_password_on_everybody(person, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login_failed_at_address": "20/m/key"}
    known = with_password()
    assert sign_in(known)
    for _number in range(20):
        fail(factories.person(), 1)

    assert not sign_in(person)
    assert sign_in(known)
    assert sign_in(person, at=HOME)


def fail_from_everywhere(person):
    """As many as the account takes in an hour, and one more that uses up the slow attempt."""
    for number in range(6):
        fail(person, 9, at=f"203.0.113.{number}")


@pytest.mark.parametrize("nip", ["salah", "1", "19" * 20])
def test_what_is_no_nip_is_counted_and_answered_like_any_other(nip):
    fail(User(nip=nip), 12)


def test_d98_without_valkey_sign_in_is_closed_with_a_sentence(person, settings):
    away = settings.CACHES["default"] | {"LOCATION": "redis://127.0.0.1:1/0"}
    settings.CACHES = {"default": away}

    shown = Client().get(reverse("account_login"))
    answer = Client().post(reverse("account_login"), {"login": person.nip, "password": PASSWORD})

    assert (shown.status_code, answer.status_code, answer["Retry-After"]) == (200, 503, "60")
    assert "Tidak ada yang tersimpan" in answer.content.decode()
    assert "sessionid" not in answer.cookies


def test_d98_without_valkey_who_is_signed_in_reads_the_sentence_too(person, settings):
    client = Client(raise_request_exception=False)
    client.force_login(person)
    away = settings.CACHES["default"] | {"LOCATION": "redis://127.0.0.1:1/0"}
    settings.CACHES = {"default": away}

    answer = client.get(reverse("organization:profile"))

    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
