"""The settings as a fresh process reads them: in production, in development."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from devtools import checks

ROOT = Path(__file__).resolve().parent.parent
ASKED = {
    "SECRET_KEY": "a-secret",
    "SALT_KEY": "a-salt",
    "ALLOWED_HOSTS": "kinerja.example",
    "DATABASE_URL": "postgres://u:p@db.example/kinerja",
    "REDIS_URL": "redis://broker.example/0",
}
NAMES = ["DEBUG", "DEMO", "PRODUCTION", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "ALLOWED_HOSTS"]
PRINT = (
    f"import json; from ekinerja import settings; print(json.dumps([getattr(settings, n) for n in {NAMES}]))"
)

LOCATION = "from ekinerja import settings; print(settings.CACHES['default']['LOCATION'])"


def read_settings(**environment):
    """Return the values of NAMES, or the last line of the refusal."""
    done = subprocess.run(
        [sys.executable, "-c", PRINT],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"]} | environment,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        return done.stderr.strip().splitlines()[-1].partition(": ")[2]
    return dict(zip(NAMES, json.loads(done.stdout), strict=True))


def test_production_is_closed_when_everything_it_asks_for_is_there():
    assert read_settings(**ASKED) == {
        "DEBUG": False,
        "DEMO": False,
        "PRODUCTION": True,
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "ALLOWED_HOSTS": ["kinerja.example"],
    }


@pytest.mark.parametrize("name", ASKED)
def test_production_does_not_start_without(name):
    rest = {other: value for other, value in ASKED.items() if other != name}

    assert (
        read_settings(**rest) == f"{name} is not set. Set it; for development, EKINERJA_DEV=1 or dev.py does."
    )


def test_production_does_not_start_with_debug():
    assert read_settings(**ASKED, DEBUG="1").startswith("DEBUG shows secrets on error pages")


SHOWN = "DEMO shows passwords on the sign-in page: it is for `python3 dev.py run` only."


@pytest.mark.parametrize("beside", [{}, {"EKINERJA_DEV": "0"}, {"DEBUG": "0"}, {"PYTEST_VERSION": "9"}])
def test_d119_the_demo_does_not_start_outside_development(beside):
    assert read_settings(**ASKED, DEMO="1", **beside) == SHOWN


@pytest.mark.parametrize("hosts", ["kinerja.example", "localhost,10.0.0.5", "*", "0.0.0.0"])  # noqa: S104
def test_d119_the_demo_answers_under_no_name_but_this_machines(hosts):
    demo = ASKED | {"EKINERJA_DEV": "1", "DEMO": "1", "ALLOWED_HOSTS": hosts}

    assert read_settings(**demo) == "DEMO answers on this machine alone: leave ALLOWED_HOSTS out."


@pytest.mark.parametrize(
    ("named", "answer"),
    [
        ({"TRUSTED_PROXIES": "proxy.example"}, "TRUSTED_PROXIES takes addresses of proxies, or unix: "),
        ({"BEHIND_TLS_PROXY": "1"}, "BEHIND_TLS_PROXY asks for TRUSTED_PROXIES: without it everybody counts"),
    ],
)
def test_d38_a_proxy_is_named_by_its_address(named, answer):
    assert read_settings(**ASKED, **named).startswith(answer)


def test_d38_a_named_proxy_is_taken():
    named = {"TRUSTED_PROXIES": "10.0.0.1,10.1.0.0/16,unix", "BEHIND_TLS_PROXY": "1"}

    assert read_settings(**ASKED, **named)["PRODUCTION"]


def test_development_asks_for_the_services_alone():
    services = {name: ASKED[name] for name in ("DATABASE_URL", "REDIS_URL")}

    assert read_settings(**services, EKINERJA_DEV="1", DEMO="1") == {
        "DEBUG": False,
        "DEMO": True,
        "PRODUCTION": False,
        "SESSION_COOKIE_SECURE": False,
        "CSRF_COOKIE_SECURE": False,
        "ALLOWED_HOSTS": ["localhost", "127.0.0.1", "[::1]"],
    }


def test_the_deployment_check_of_django_finds_nothing(monkeypatch):
    monkeypatch.delenv("PYTEST_VERSION")
    monkeypatch.delenv("DJANGO_ALLOW_ASYNC_UNSAFE", raising=False)  # a browser in this process sets it

    assert checks.passes("deployment")


def test_every_name_that_the_settings_read_is_told_to_operators():
    read = re.findall(
        r'(?:needed|env(?:\.\w+)?)\(\s*"([A-Z_]+)"', (ROOT / "ekinerja/settings.py").read_text()
    )
    told = set(re.findall(r"\b[A-Z]+_?[A-Z_]+\b", (ROOT / "docs/settings.md").read_text()))

    assert {"REDIS_URL", "CACHE_URL"} <= set(read)
    assert sorted(set(read) - told) == []


@pytest.mark.parametrize(
    ("environment", "cache"),
    [
        ({"REDIS_URL": "redis://broker.example/0"}, "redis://broker.example/8"),
        ({"REDIS_URL": "redis://broker.example/9"}, "redis://broker.example/1"),
        ({"CACHE_URL": "redis://cache.example/3"}, "redis://cache.example/3"),
    ],
)
def test_the_cache_is_where_the_operators_are_told_it_is(environment, cache):
    printed = subprocess.run(
        [
            sys.executable,
            "-c",
            "from ekinerja import settings; print(settings.CACHES['default']['LOCATION'])",
        ],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"]} | ASKED | environment,
        capture_output=True,
        text=True,
    )

    assert printed.stdout.strip() == cache
