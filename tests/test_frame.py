import re

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse

pytestmark = pytest.mark.django_db
FIRST_LOAD_BYTES, FIRST_LOAD_REQUESTS = 150_000, 15


def body(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_the_first_page_is_light(client):
    packed = {"headers": {"Accept-Encoding": "gzip"}}
    html = client.get(reverse("account_login")).content.decode()
    files = {url.split("#")[0] for url in re.findall(r'(?:src|href)="(/static/[^"]+)"', html)}
    answers = [client.get(url, **packed) for url in [reverse("account_login"), *sorted(files)]]

    assert {answer.status_code for answer in answers} == {200}
    assert len(answers) <= FIRST_LOAD_REQUESTS
    assert sum(len(body(answer)) for answer in answers) < FIRST_LOAD_BYTES


def test_no_style_or_handler_stands_in_the_page(client):
    html = client.get(reverse("account_login")).content.decode()

    assert re.findall(r"<style|\sstyle=|\son[a-z]+=|javascript:", html) == []


def test_the_browsers_language_does_not_decide(client):
    page = client.get(reverse("account_login"), headers={"Accept-Language": "en"})

    assert '<html lang="id">' in page.content.decode()


def test_the_switch_works_without_scripts_and_comes_back(client):
    login = reverse("account_login")

    answer = client.post(reverse("set_language"), {"language": "en", "next": login})

    assert answer.headers["Location"] == login
    assert '<html lang="en">' in client.get(login).content.decode()


def test_a_wrong_address_is_a_page_with_a_sentence(client):
    answer = client.get("/nowhere/")

    assert answer.status_code == 404
    assert "Halaman ini tidak ditemukan" in answer.content.decode()


def test_a_page_of_a_fault_needs_nothing():
    assert "Ada gangguan pada sistem" in render_to_string("500.html")


def test_an_error_in_answer_to_htmx_is_the_sentence_alone():
    request = RequestFactory().get("/")
    request.htmx = True

    html = render_to_string(
        "errors/conflict.html", {"sentence": "Bulan ini sudah final.", "status": 409}, request
    )

    assert "Bulan ini sudah final." in html
    assert "<html" not in html


def test_nobody_opens_an_account_by_themselves(client):
    answer = client.get(reverse("account_signup"))

    assert answer.status_code == 403
