"""Computing an agency: whole or not at all, once however often it is asked for."""

from datetime import timedelta
from threading import Barrier

import pytest
from django.utils import timezone

from bonuses.models import Line, NoLine, Run, Share
from bonuses.models.shares import INTERRUPTED, UNTOUCHED
from tests import factories
from tests import factories_bonuses as build
from tests.at_once import at_once

pytestmark = pytest.mark.django_db
Status = Run.Status


@pytest.fixture
def city():
    return build.final_city("43.20")


def finalised_other(city):
    """March of the other agency, final, with Zul in it."""
    month = factories.month(city.other)
    build.scored(build.ranked(city.zul), month)
    return build.finalised(month)


def test_d69_a_share_delivered_three_times_is_computed_once(city):
    run = build.run_in(Status.REQUESTED, city=city)
    share = run.shares.get()
    for _ in range(3):
        Share.objects.get(pk=share.pk).compute()

    run.refresh_from_db()
    assert run.status == Status.COMPUTED
    assert [(line.person, line.net) for line in Line.objects.of_run(run)] == [
        (city.ana, 1_185_000),
        (city.budi, 1_185_000),
    ]


@pytest.mark.django_db(transaction=True)
def test_d69_of_two_workers_that_began_together_one_writes_the_lines(monkeypatch):
    city = build.final_city("43.20")
    run = build.run_in(Status.REQUESTED, city=city, months=[city.month, finalised_other(city)])
    begin, both_began = Share._begin, Barrier(2)

    def begin_and_wait(share, *, at):
        begun = begin(share, at=at)
        both_began.wait(10)
        return begun

    monkeypatch.setattr(Share, "_begin", begin_and_wait)
    share = run.shares.get(month=city.month)

    assert at_once(*[Share.objects.get(pk=share.pk).compute] * 2) == [None, None]
    assert [line.net for line in Line.objects.filter(share=share)] == [1_185_000, 1_185_000]


def test_d54_d66_a_line_is_computed_again_to_the_rupiah_after_the_rules_have_changed(city):
    run = build.run_in(Status.RELEASED, city=city)
    build.pay_rule(floor_rupiah=9_000_000, valid_from=factories.at(2026, 5, 1).date())
    build.tariff(5, 9_000_000, valid_from=factories.at(2026, 5, 1).date())

    for line in Line.objects.of_run(run).select_related("pay_rule"):
        again = line.recomputed()
        assert {name: getattr(line, name) for name in build.AMOUNTS} == {
            name: getattr(again, name) for name in build.AMOUNTS
        }
        assert line.pay_rule.decree == line.segments[0]["decree"] == "Perwali 1/2025 (contoh)"


def test_a_run_is_invisible_until_its_last_agency_is_computed(city):
    run = build.run_in(Status.REQUESTED, city=city, months=[city.month, finalised_other(city)])
    first, second = run.shares.all()

    first.compute()
    run.refresh_from_db()
    assert (run.status, list(Line.objects.of_run(run))) == (Status.REQUESTED, [])
    assert Line.objects.exists()

    second.compute()
    run.refresh_from_db()
    assert (run.status, Line.objects.of_run(run).count()) == (Status.COMPUTED, 3)


def test_a_missing_rule_is_kept_as_a_sentence_and_nothing_is_written():
    city = factories.city()
    city.month = factories.month(city.agency)
    build.scored(build.ranked(city.ana), city.month)
    build.finalised(city.month)
    city.maker, city.checker, city.releaser = build.finance()
    run = build.run_in(Status.REQUESTED, city=city)

    build.compute(run)

    share = run.shares.get()
    assert (run.status, share.computed_at) == (Status.REQUESTED, None)
    assert "2026-03-31" in share.failure
    assert share.state(at=timezone.now()) == "failed"
    assert not Line.objects.exists() and not NoLine.objects.exists()

    build.pay_rules()
    build.compute(run)

    assert (run.status, run.shares.get().failure) == (Status.COMPUTED, "")


def test_an_interrupted_share_shows_that_it_began_and_resumes(city, monkeypatch):
    run = build.run_in(Status.REQUESTED, city=city)
    share = run.shares.get()
    with monkeypatch.context() as patch:
        patch.setattr("bonuses.models.shares.reckon", lambda month, left_out: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            share.compute()

    share.refresh_from_db()
    assert share.started_at and not share.computed_at and not Line.objects.exists()
    assert share.state(at=timezone.now()) == "computing"
    assert share.state(at=share.started_at + INTERRUPTED) == "interrupted"

    build.compute(run)
    assert run.status == Status.COMPUTED


def test_a_cancelled_run_is_not_computed(city):
    run = build.run_in(Status.REQUESTED, city=city)
    share = run.shares.get()
    run.cancel(by=city.maker, at=timezone.now(), reason="salah bulan")

    share.compute()

    run.refresh_from_db()
    assert (run.status, Line.objects.exists()) == (Status.CANCELLED, False)
    assert not Share.objects.get(pk=share.pk).is_live


def test_a_late_copy_after_a_refusal_computes_nothing(city):
    run = build.run_in(Status.COMPUTED, city=city)
    run.refuse(by=city.checker, at=timezone.now(), reason="salah tarif")

    run.shares.get().compute()

    run.refresh_from_db()
    assert (run.status, run.shares.get().started_at, Line.objects.count()) == (Status.DRAFT, None, 2)


def test_d72_a_request_that_no_worker_took_is_stuck(city):
    run = build.run_in(Status.REQUESTED, city=city)

    assert list(Share.objects.stuck(at=run.requested_at + UNTOUCHED - timedelta(seconds=1))) == []
    assert list(Share.objects.stuck(at=run.requested_at + UNTOUCHED)) == [run.shares.get()]


def test_d72_an_interrupted_computation_is_stuck(city):
    run = build.run_in(Status.REQUESTED, city=city)
    Share.objects.update(started_at=run.requested_at)

    assert list(Share.objects.stuck(at=run.requested_at + INTERRUPTED)) == [run.shares.get()]


@pytest.mark.parametrize("status", [Status.DRAFT, Status.COMPUTED, Status.RELEASED, Status.CANCELLED])
def test_only_shares_of_requested_runs_are_wanted_or_stuck(city, status):
    run = build.run_in(status, city=city)

    assert list(run.shares.wanted()) == []
    assert list(Share.objects.stuck(at=run.made_at + timedelta(days=1))) == []


def test_of_a_requested_run_what_is_not_computed_is_wanted(city):
    run = build.run_in(Status.REQUESTED, city=city, months=[city.month, finalised_other(city)])
    first, second = run.shares.all()
    first.compute()

    assert list(run.shares.wanted()) == [second]
