"""Tasks are one line: an id in, a method that is safe to repeat."""

import pytest

from bonuses.models import Run, Share
from bonuses.tasks import compute_share, resume_requested_runs
from tests import factories_bonuses as build

pytestmark = pytest.mark.django_db


def test_the_task_computes_the_share_and_a_second_copy_ends_quietly():
    city = build.final_city()
    run = build.run_in(Run.Status.REQUESTED, city=city)

    compute_share(run.shares.get().pk)
    compute_share(run.shares.get().pk)

    run.refresh_from_db()
    assert (run.status, run.shares.get().lines.count()) == (Run.Status.COMPUTED, 2)


def test_the_watchdog_looks_at_the_rows_not_at_the_queue(monkeypatch):
    asked = []
    monkeypatch.setattr(type(Share.objects.all()), "resume", lambda shares, at: asked.append(at))

    resume_requested_runs()

    assert len(asked) == 1


def test_a_past_moment_can_be_given_for_a_demonstration():
    city = build.final_city()
    run = build.run_in(Run.Status.REQUESTED, city=city)

    run.shares.get().compute(at=run.requested_at)

    run.refresh_from_db()
    assert run.computed_at == run.shares.get().started_at == run.requested_at
