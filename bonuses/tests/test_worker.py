"""The real worker: a requested run is computed without another click, and once."""

import time
from datetime import timedelta

import pytest
from django.utils import timezone

from bonuses.models import Line, Run
from bonuses.tasks import compute_share, resume_requested_runs
from bonuses.tests.asking import post
from tests import factories_bonuses as build

Status = Run.Status
PATIENCE = 40


@pytest.fixture
def city(transactional_db):
    return build.final_city("43.20")


@pytest.fixture
def run(city, client):
    """A list that its maker has requested on its page."""
    run = build.run_in(Status.DRAFT, city=city)
    assert post(client, city.maker, "request", run.pk, version=run.version).status_code == 302
    run.refresh_from_db()
    return run


def until(run, status):
    """Wait for the worker; the status it leaves the run in."""
    for _ in range(PATIENCE * 5):
        run.refresh_from_db()
        if run.status == status:
            break
        time.sleep(0.2)
    return run.status


def test_a_request_waits_for_the_worker_and_is_computed_as_soon_as_there_is_one(run, start_worker):
    time.sleep(1)
    run.refresh_from_db()
    assert (run.status, run.shares.get().state(at=timezone.now())) == (Status.REQUESTED, "waiting")

    start_worker()

    assert until(run, Status.COMPUTED) == Status.COMPUTED
    assert [line.net for line in Line.objects.of_run(run)] == [1_185_000, 1_185_000]


def test_d69_delivered_twice_and_once_more_is_computed_once(run, start_worker):
    share = run.shares.get()
    compute_share.delay(share.pk)
    start_worker()
    assert until(run, Status.COMPUTED) == Status.COMPUTED

    compute_share.delay(share.pk)
    resume_requested_runs.delay()
    time.sleep(1)

    run.refresh_from_db()
    assert (run.status, Line.objects.count()) == (Status.COMPUTED, 2)


def test_d72_a_request_lost_by_the_broker_is_found_again(run, start_worker, valkey):
    broker, _cache = valkey
    broker.flushdb()
    Run.objects.filter(pk=run.pk).update(requested_at=timezone.now() - timedelta(minutes=4))
    start_worker()

    resume_requested_runs.delay()

    assert until(run, Status.COMPUTED) == Status.COMPUTED
