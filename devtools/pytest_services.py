"""Pytest plugin, loaded by pytest.ini: throw-away services unless the environment names them.

It starts them before pytest-django reads the settings, so that `dev.py test`, a bare `pytest` and an editor
all work. Tests empty their own databases of Valkey, numbers 8 to 15, one for each process of xdist.
"""

import os
from urllib.parse import urlsplit

import pytest

from devtools import template
from devtools.embedded import Services

FIRST_NUMBER = 8
BINDINGS = b"_kombu.binding"  # a broker connection remembers that it made them, so they stay
services = None


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config):
    global services
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if not worker and not {"DATABASE_URL", "REDIS_URL"} <= os.environ.keys():
        services = Services()
        named = "DATABASE_URL" in os.environ
        os.environ.update(services.start() if named else template.start(services))
    number = FIRST_NUMBER + (int(worker.removeprefix("gw")) + 1 if worker else 0)
    os.environ["REDIS_URL"] = urlsplit(os.environ["REDIS_URL"])._replace(path=f"/{number}").geturl()
    try:
        return (yield)
    except BaseException:
        stop_services()
        raise


def pytest_configure(config):
    """Let each test process copy the migrated database instead of migrating one of its own."""
    if template.VARIABLE in os.environ:
        from django.conf import settings  # configured by now, not before

        settings.DATABASES["default"].setdefault("TEST", {})["TEMPLATE"] = os.environ[template.VARIABLE]


def pytest_collection_modifyitems(items):
    """Begin with the tests marked `long`, so that no process is left alone with one at the end."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


def pytest_unconfigure(config):
    stop_services()


def stop_services():
    global services
    if services:
        services.stop()
        services = None


@pytest.fixture(scope="session")
def valkey():
    """The test process's own databases of Valkey: of the jobs, and of the cache."""
    import redis
    from django.conf import settings

    return [redis.Redis.from_url(url) for url in (settings.REDIS_URL, settings.CACHES["default"]["LOCATION"])]


@pytest.fixture(autouse=True)
def the_bonus_by_its_own_name():
    """No test reads what the city calls the bonus, but the test that forgets what is known."""
    from ekinerja.wording import in_force  # once Django is set up

    in_force.keep()
    yield
    in_force.keep()


@pytest.fixture(autouse=True)
def nothing_left_in_valkey(request):
    """A test that uses the database meets neither cached rows, nor counted sign-ins, nor jobs of another."""
    marked = request.node.get_closest_marker("django_db")
    if not marked and not {"db", "transactional_db", "live_server"} & set(request.fixturenames):
        return
    for valkey in request.getfixturevalue("valkey"):
        if keys := [key for key in valkey.scan_iter(count=1000) if not key.startswith(BINDINGS)]:
            valkey.delete(*keys)
