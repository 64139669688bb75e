"""Pages by brotli for browsers that take it, by gzip for others, and files as they are."""

import gzip

import brotli
import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory
from django.urls import reverse

from ekinerja.compression import PagesByBrotli

PAGE = "<p>" + "Menyusun laporan kegiatan. " * 200 + "</p>"


def answer(response, accepted):
    request = RequestFactory().get("/", headers={"Accept-Encoding": accepted})
    return PagesByBrotli(lambda request: response)(request)


@pytest.mark.parametrize("accepted", ["br", "gzip, deflate, br, zstd", "gzip;q=1.0, BR; q=0.5"])
def test_a_browser_that_takes_brotli_gets_the_page_by_it(accepted):
    page = HttpResponse(PAGE, headers={"ETag": '"1"'})

    packed = answer(page, accepted)

    told = {name: packed.headers[name] for name in ("Content-Encoding", "Vary", "ETag", "Content-Length")}
    assert told == {
        "Content-Encoding": "br",
        "Vary": "Accept-Encoding",
        "ETag": 'W/"1"',
        "Content-Length": str(len(packed.content)),
    }
    assert brotli.decompress(packed.content).decode().partition("<!--")[0] == PAGE


@pytest.mark.parametrize("accepted", ["gzip", "gzip, br;q=0", "gzip, br; q=0.000", "gzip, brotli"])
def test_any_other_browser_gets_it_by_gzip(accepted):
    packed = answer(HttpResponse(PAGE), accepted)

    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content).decode() == PAGE


def test_a_browser_that_takes_neither_gets_the_page_itself():
    assert answer(HttpResponse(PAGE), "").content.decode() == PAGE


def test_the_length_of_the_same_page_tells_nothing_of_what_stands_on_it():
    assert len({len(answer(HttpResponse(PAGE), "br").content) for _time in range(50)}) > 10


@pytest.mark.parametrize(
    "response",
    [
        lambda: HttpResponse(PAGE, content_type="text/csv"),
        lambda: StreamingHttpResponse([PAGE], content_type="text/html"),
        lambda: HttpResponse("<p>ya</p>"),
        lambda: HttpResponse(PAGE, headers={"Content-Encoding": "gzip"}),
    ],
)
def test_files_streams_small_parts_and_what_is_packed_already_are_left_as_they_are(response):
    packed = answer(response(), "br")

    assert packed.headers.get("Content-Encoding") != "br"
    assert (b"".join(packed) if packed.streaming else packed.content) == response().getvalue()


@pytest.mark.django_db
def test_the_product_answers_so(client):
    login = client.get(reverse("account_login"), headers={"Accept-Encoding": "br"})

    assert login.headers["Content-Encoding"] == "br"
    assert b"</html>" in brotli.decompress(login.content)
