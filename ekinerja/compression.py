"""Pages are small on a weak line: by brotli where the browser takes it, else by gzip."""

import secrets

import brotli
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_vary_headers
from django.utils.html import format_html

QUALITY = 5  # a third smaller than gzip in the same time
WORTH_IT = 200  # bytes, as in Django's gzip
ENCODING = "br"


class PagesByBrotli(GZipMiddleware):
    """Django's gzip, and brotli for whole pages and parts of pages.

    The length of a compressed page would tell what else stands on it to somebody who can choose a part of it
    (BREACH), so each page ends with a comment of random length, as Django's gzip begins with a random name.
    """

    def process_response(self, request, response):
        if not _is_page(response) or not takes_brotli(request.headers.get("Accept-Encoding", "")):
            return super().process_response(request, response)
        patch_vary_headers(response, ["Accept-Encoding"])
        packed = brotli.compress(response.content + self._padding(), mode=brotli.MODE_TEXT, quality=QUALITY)
        if len(packed) < len(response.content):
            response.content = packed
            response.headers["Content-Length"] = str(len(packed))
            response.headers["Content-Encoding"] = ENCODING
            _weaken(response)
        return response

    def _padding(self):
        noise = secrets.token_hex(secrets.randbelow(self.max_random_bytes) // 2)
        return format_html("<!-- {} -->", noise).encode()


def takes_brotli(accepted):
    """Whether an Accept-Encoding header names brotli, not with the weight 0."""
    for part in accepted.split(","):
        name, *terms = (term.strip().lower() for term in part.split(";"))
        if name == ENCODING:
            weight = next((term.removeprefix("q=") for term in terms if term.startswith("q=")), "1")
            return weight.strip("0.") != ""
    return False


def _is_page(response):
    kind = response.headers.get("Content-Type", "")
    whole = not response.streaming and not response.has_header("Content-Encoding")
    return whole and kind.startswith("text/html") and len(response.content) >= WORTH_IT


def _weaken(response):
    """A compressed page is the same page, not the same bytes."""
    etag = response.headers.get("ETag", "")
    if etag.startswith('"'):
        response.headers["ETag"] = f"W/{etag}"
