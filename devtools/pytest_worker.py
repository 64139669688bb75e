"""Pytest plugin: a real Celery worker on the test database.

Fixture `worker` has one running for the whole test; `start_worker` starts it when the test calls it.
"""

import os
import sys
from pathlib import Path
from urllib.parse import quote

import pytest

from devtools.processes import Server

ROOT = Path(__file__).resolve().parent.parent


class Worker(Server):
    """One prefork process that takes this test process's jobs: its Valkey database is nobody else's."""

    name = "the worker"

    def start(self):
        from django.db import connection

        at = connection.settings_dict
        who = f"{quote(at['USER'])}:{quote(at['PASSWORD'])}"
        address = f"postgres://{who}@{at['HOST']}:{at['PORT']}/{at['NAME']}"
        command = "-m celery -A ekinerja worker -c 1 -l info --without-gossip --without-mingle".split()
        self.launch(
            [sys.executable, *command],
            ready=lambda: b" ready." in self.log.read_bytes(),
            cwd=ROOT,
            env=os.environ | {"DATABASE_URL": address},
        )


@pytest.fixture
def start_worker(transactional_db, tmp_path):
    """A function that starts the worker and returns it; `stop()` ends it, the end of the test does too."""
    started = []

    def start():
        started.append(worker := Worker(tmp_path))
        worker.start()
        return worker

    yield start
    for worker in started:
        worker.stop()


@pytest.fixture
def worker(start_worker):
    return start_worker()
