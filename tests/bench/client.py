"""A signed-in browser without a screen, and many of them at once."""

import gzip
import http.client
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from importlib import import_module
from urllib.parse import urlencode

import brotli
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.utils.crypto import get_random_string

from tests.bench.counting import HEADER

SECRET = get_random_string(32)
UNPACKED = {"gzip": gzip.decompress, "br": brotli.decompress}


@dataclass
class Answer:
    status: int
    headers: dict
    sent: bytes
    seconds: float

    @property
    def queries(self):
        return int(self.headers[HEADER])

    @property
    def text(self):
        unpacked = UNPACKED.get(self.headers.get("Content-Encoding"), bytes)
        return unpacked(self.sent).decode()


class Browser:
    """One person at the server on `port`, signed in by a session of its own."""

    def __init__(self, port, person):
        engine = import_module(settings.SESSION_ENGINE)
        session = engine.SessionStore()
        session[SESSION_KEY] = str(person.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        session.save()
        self.port, self.person = port, person
        cookies = {settings.SESSION_COOKIE_NAME: session.session_key, settings.CSRF_COOKIE_NAME: SECRET}
        self.headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
        self.headers["Accept-Encoding"] = "gzip, deflate, br"

    def get(self, path, **headers):
        return self._ask("GET", path, None, headers)

    def post(self, path, fields):
        body = urlencode(fields | {"csrfmiddlewaretoken": SECRET})
        return self._ask("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"})

    def _ask(self, verb, path, body, headers):
        begun = time.perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(verb, path, body, self.headers | headers)
            response = connection.getresponse()
            sent = response.read()
        finally:
            connection.close()
        return Answer(response.status, dict(response.getheaders()), sent, time.perf_counter() - begun)


@dataclass
class Tally:
    """What several clients did in a while."""

    answers: int = 0
    errors: int = 0
    seconds: float = 0
    taken: list = field(default_factory=list)

    @property
    def rate(self):
        return self.answers / self.seconds


def together(acts, seconds):
    """Call each of `acts` over and over in its own thread for `seconds`; an act tells if all went well."""
    tally, lock, begun = Tally(), threading.Lock(), time.perf_counter()
    until = begun + seconds

    def work(act):
        while time.perf_counter() < until:
            started, well = time.perf_counter(), False
            with suppress(OSError, http.client.HTTPException):
                well = act()
            with lock:
                tally.answers, tally.errors = tally.answers + well, tally.errors + (not well)
                tally.taken.append(time.perf_counter() - started)

    threads = [threading.Thread(target=work, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    tally.seconds = time.perf_counter() - begun
    return tally
