"""Pytest plugin, loaded by pytest.ini: throw-away services unless the environment names them.

It starts them before pytest-django reads the settings, so that `dev.py test`, a bare `pytest` and an editor
all work. The processes of xdist inherit the address, and each takes its own database of Valkey.
"""

import os
from urllib.parse import urlsplit

import pytest

from devtools.embedded import Services

services = None


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config):
    global services
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker:
        number = int(worker.removeprefix("gw")) + 1
        os.environ["REDIS_URL"] = urlsplit(os.environ["REDIS_URL"])._replace(path=f"/{number}").geturl()
    elif not {"DATABASE_URL", "REDIS_URL"} <= os.environ.keys():
        services = Services()
        os.environ.update(services.start())
    try:
        return (yield)
    except BaseException:
        stop_services()
        raise


def pytest_unconfigure(config):
    stop_services()


def stop_services():
    global services
    if services:
        services.stop()
        services = None
