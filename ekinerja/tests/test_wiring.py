"""What every page has in common: closed to strangers, a strict policy, one sign-in page, no bare fault."""

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from organization.models import User
from tests import factories

pytestmark = pytest.mark.django_db
PASSWORD = "pagi-cerah-42"


@pytest.fixture
def person():
    person = factories.person()
    person.set_password(PASSWORD)
    person.save(update_fields=["password"])
    return person


def sign_in(client, person, password=PASSWORD):
    return client.post(reverse("account_login"), {"login": person.nip, "password": password})


def test_health_is_told_to_strangers(client):
    answer = client.get(reverse("healthz"))

    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert "no-store" in answer["Cache-Control"]


def test_health_is_bad_while_valkey_is_away(client, settings):
    settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": "redis://127.0.0.1:1/0"}}

    answer = client.get(reverse("healthz"))

    assert (answer.status_code, answer.json()) == (503, {"status": "down", "because": "redis"})


def test_a_stranger_is_sent_to_the_sign_in_page(client):
    page = reverse("account_change_password")

    answer = client.get(page)

    assert (answer.status_code, answer.url) == (302, f"{reverse('account_login')}?next={page}")


def test_a_part_of_a_page_sends_a_stranger_to_the_sign_in_page_as_a_whole(client):
    page = reverse("account_change_password")

    answer = client.get(page, headers={"HX-Request": "true", "HX-Current-URL": f"http://testserver{page}"})

    assert (answer.status_code, answer["HX-Redirect"]) == (200, f"{reverse('account_login')}?next={page}")


def test_the_right_password_opens_and_the_wrong_one_does_not(client, person):
    assert sign_in(client, person, "salah-sekali").status_code != 302
    assert "_auth_user_id" not in client.session

    assert sign_in(client, person).status_code == 302
    assert client.session["_auth_user_id"] == str(person.pk)


def test_the_policy_lets_in_our_own_files_alone(client):
    policy = client.get(reverse("account_login"))["Content-Security-Policy"]

    assert dict(part.strip().split(" ", 1) for part in policy.split(";")) == {
        "default-src": "'self'",
        "script-src": "'self'",
        "img-src": "'self' data:",
        "form-action": "'self'",
        "object-src": "'none'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }


def test_the_language_is_indonesian_until_it_is_switched(client):
    assert '<html lang="id"' in client.get(reverse("account_login")).content.decode()

    client.post(reverse("set_language"), {"language": "en"})

    assert '<html lang="en"' in client.get(reverse("account_login")).content.decode()


def test_d07_a_form_with_an_expired_token_is_told_what_to_do(person):
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)

    answer = client.post(reverse("account_change_password"), {"password1": "x"})

    assert answer.status_code == 403
    assert "403_csrf.html" in [template.name for template in answer.templates]


def test_a_page_that_does_not_exist_says_so(client, person):
    client.force_login(person)

    answer = client.get("/tidak-ada/")

    assert answer.status_code == 404
    assert "404.html" in [template.name for template in answer.templates]


def test_the_page_for_our_own_faults_needs_no_request():
    assert "<h1" in render_to_string("500.html")


def test_the_admin_is_for_superusers_alone(client, person):
    index = reverse("admin:index")
    assert client.get(index, follow=True).redirect_chain[-1] == (
        f"{reverse('account_login')}?next={index}",
        302,
    )

    client.force_login(person)
    assert client.get(index, follow=True).status_code == 403

    client.force_login(User.objects.create_superuser(factories.nip(), PASSWORD, name="Teknisi Contoh"))
    assert client.get(index).status_code == 200


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        ("http://testserver/approvals/left/5/?person=3", "/approvals/left/5/%3Fperson%3D3"),
        ("https://elsewhere.example/approvals/", "/"),
        ("http://testserver.example/approvals/", "/"),
        ("", "/"),
    ],
)
def test_d07_a_form_sent_after_the_session_ended_comes_back_to_its_page_and_never_to_another_site(
    client, referer, back
):
    answer = client.post(reverse("approvals:left_many", args=[5]), headers={"Referer": referer})

    assert (answer.status_code, answer.url) == (302, f"{reverse('account_login')}?next={back}")
