"""Tasks are one line: an id in, a method that is safe to repeat."""

import pytest
from django.utils import timezone

from bonuses.models import Run
from bonuses.models.shares import UNTOUCHED
from bonuses.tasks import ask_for, compute_share, resume_requested_runs
from tests import factories_bonuses as build

pytestmark = pytest.mark.django_db


def test_the_task_computes_the_share_and_a_second_copy_ends_quietly():
    city = build.final_city()
    run = build.run_in(Run.Status.REQUESTED, city=city)

    compute_share(run.shares.get().pk)
    compute_share(run.shares.get().pk)

    run.refresh_from_db()
    assert (run.status, run.shares.get().lines.count()) == (Run.Status.COMPUTED, 2)


def test_d71_a_share_is_handed_to_the_queue_only_once_its_request_is_committed(
    monkeypatch, django_capture_on_commit_callbacks
):
    handed = []
    monkeypatch.setattr(compute_share, "delay", handed.append)
    share = build.run_in(Run.Status.REQUESTED, city=build.final_city()).shares.get()

    with django_capture_on_commit_callbacks() as callbacks:
        ask_for([share])
    assert (len(callbacks), handed) == (1, [])
    callbacks[0]()
    assert handed == [share.pk]


def test_d72_a_queue_that_does_not_answer_is_logged_and_loses_nothing(
    monkeypatch, caplog, django_capture_on_commit_callbacks
):
    def unreachable(_pk):
        raise ConnectionError

    monkeypatch.setattr(compute_share, "delay", unreachable)
    share = build.run_in(Run.Status.REQUESTED, city=build.final_city()).shares.get()

    with django_capture_on_commit_callbacks(execute=True):
        ask_for([share])

    assert "Error calling ask_for.<locals>.<lambda> in on_commit()" in caplog.text
    assert list(Run.objects.get().shares.wanted()) == [share]


def test_d72_the_watchdog_asks_for_what_the_rows_say_is_stuck(
    monkeypatch, django_capture_on_commit_callbacks
):
    handed = []
    monkeypatch.setattr(compute_share, "delay", handed.append)
    run = build.run_in(Run.Status.REQUESTED, city=build.final_city())
    Run.objects.filter(pk=run.pk).update(requested_at=timezone.now() - UNTOUCHED)

    with django_capture_on_commit_callbacks(execute=True):
        resume_requested_runs()

    assert handed == [run.shares.get().pk]


def test_a_past_moment_can_be_given_for_a_demonstration():
    city = build.final_city()
    run = build.run_in(Run.Status.REQUESTED, city=city)

    run.shares.get().compute(at=run.requested_at)

    run.refresh_from_db()
    assert run.computed_at == run.shares.get().started_at == run.requested_at
