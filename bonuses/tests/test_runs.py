"""A run: its way, its three persons, and what its tables refuse on any path."""

import itertools

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from bonuses.models import MOVES, Line, LiveRun, NoLine, Run, SamePerson, Share
from calendars.models import Month
from organization.models import Role
from records.state import InvalidTransition, StaleVersion
from tests import factories
from tests import factories_bonuses as build

pytestmark = pytest.mark.django_db
Status = Run.Status
NOW = factories.at(2026, 4, 28)
BY_VERB = {move.verb: move for move in MOVES}
ALLOWED = {
    ("draft", "request"),
    ("draft", "cancel"),
    ("requested", "request"),
    ("requested", "cancel"),
    ("computed", "check"),
    ("computed", "refuse"),
    ("computed", "cancel"),
    ("checked", "release"),
    ("checked", "refuse"),
    ("checked", "cancel"),
}


@pytest.fixture
def city():
    return build.final_city()


def take(run, verb, city):
    """The move by the person of finance it belongs to."""
    actor = {"check": city.checker, "release": city.releaser, "refuse": city.checker}.get(verb, city.maker)
    reason = {"reason": "salah tarif"} if verb in ("refuse", "cancel") else {}
    BY_VERB[verb].make(run, by=actor, at=timezone.now(), **reason)


@pytest.mark.parametrize(("status", "verb"), list(itertools.product(Status.values, BY_VERB)))
def test_only_the_moves_of_the_table_can_be_made(city, status, verb):
    run = build.run_in(Status(status if status != "paid" else "released"), city=city)
    if status == "paid":
        run.move_to(Status.PAID)

    assert BY_VERB[verb].is_open(run) == ((status, verb) in ALLOWED)
    if (status, verb) in ALLOWED:
        take(run, verb, city)
        assert run.status == BY_VERB[verb].leads_to
    else:
        with pytest.raises(InvalidTransition):
            take(run, verb, city)


def test_the_whole_way_keeps_who_and_when(city):
    run = build.run_in(Status.RELEASED, city=city)

    people = (run.made_by, run.requested_by, run.checked_by, run.released_by)
    assert people == (city.maker, city.maker, city.checker, city.releaser)
    assert run.made_at < run.requested_at < run.checked_at < run.released_at
    assert run.computed_at


@pytest.mark.parametrize("verb", ["check", "refuse"])
def test_the_maker_neither_checks_nor_refuses(city, verb):
    run = build.run_in(Status.COMPUTED, city=city)

    with pytest.raises(SamePerson):
        BY_VERB[verb].make(
            run, by=city.maker, at=NOW, **({"reason": "salah hitung"} if verb == "refuse" else {})
        )

    run.refresh_from_db()
    assert run.status == Status.COMPUTED


@pytest.mark.parametrize("who", ["maker", "checker"])
def test_neither_maker_nor_checker_releases(city, who):
    run = build.run_in(Status.CHECKED, city=city)

    with pytest.raises(SamePerson):
        run.release(by=getattr(city, who), at=NOW)

    run.refresh_from_db()
    assert (run.status, run.released_by) == (Status.CHECKED, None)


@pytest.mark.parametrize(
    ("status", "verb"), [(Status.COMPUTED, "check"), (Status.COMPUTED, "refuse"), (Status.CHECKED, "release")]
)
def test_who_asked_for_the_amounts_of_another_maker_makes_none_of_the_later_moves(city, status, verb):
    run = Run.objects.make([city.month], by=city.maker, at=NOW)
    asked = factories.with_role(Role.MAKER, None, name="Pembuat kedua")
    run.request(by=asked, at=NOW)
    build.compute(run)
    if status == Status.CHECKED:
        run.mark_checked(by=city.checker, at=NOW)

    with pytest.raises(SamePerson):
        BY_VERB[verb].make(run, by=asked, at=NOW, **({"reason": "salah hitung"} if verb == "refuse" else {}))

    run.refresh_from_db()
    assert run.status == status


def test_of_two_checkers_at_once_one_succeeds(city):
    run = build.run_in(Status.COMPUTED, city=city)
    same = Run.objects.get(pk=run.pk)
    run.mark_checked(by=city.checker, at=NOW)

    with pytest.raises(StaleVersion):
        same.mark_checked(by=city.releaser, at=NOW)

    assert Run.objects.get(pk=run.pk).checked_by == city.checker


def test_a_refused_run_is_drafted_anew_and_its_old_lines_are_not_looked_at(city):
    run = build.run_in(Status.CHECKED, city=city)
    run.refuse(by=city.releaser, at=NOW, reason="rekening salah")

    assert (run.status, run.attempt, run.refusal, run.refused_by) == (
        Status.DRAFT,
        2,
        "rekening salah",
        city.releaser,
    )
    assert (run.requested_at, run.computed_at, run.checked_by) == (None, None, None)
    assert list(Line.objects.of_run(run)) == []

    run.request(by=city.maker, at=timezone.now())
    build.compute(run)

    assert Line.objects.count() == 4
    assert [line.attempt for line in Line.objects.of_run(run)] == [2, 2]


def test_d73_a_second_live_run_is_refused_and_names_the_first(city):
    run = build.run_in(Status.DRAFT, city=city)

    with pytest.raises(LiveRun) as refusal:
        Run.objects.make([city.month], by=city.maker, at=NOW)

    assert refusal.value.share.run == run
    assert run.number in str(refusal.value)
    assert Run.objects.count() == 1


def test_d73_after_a_cancellation_a_second_run_is_allowed(city):
    build.run_in(Status.CANCELLED, city=city)

    assert Run.objects.make([city.month], by=city.maker, at=NOW).status == Status.DRAFT


def test_d05_a_race_for_the_same_month_ends_in_the_same_sentence(city, monkeypatch):
    """Both looked before either wrote: the unique constraint decides."""
    first = build.run_in(Status.DRAFT, city=city)
    live, looks = type(Share.objects.all()).live, []

    def blind_once(queryset):
        looks.append(1)
        return live(queryset).none() if len(looks) == 1 else live(queryset)

    monkeypatch.setattr(type(Share.objects.all()), "live", blind_once)

    with pytest.raises(LiveRun) as refusal:
        Run.objects.make([city.month], by=city.maker, at=NOW)

    assert refusal.value.share.run == first
    assert Run.objects.count() == 1


def test_a_month_that_is_not_final_is_refused_by_name(city):
    month = factories.month(city.other)

    with pytest.raises(ValidationError, match="Badan Lain"):
        Run.objects.make([month], by=city.maker, at=NOW)


def test_a_run_has_agencies_of_one_month_only(city):
    april = build.finalised(factories.month(city.agency, number=4))

    for months in ([], [city.month, april]):
        with pytest.raises(ValidationError):
            Run.objects.make(months, by=city.maker, at=NOW)


def test_the_database_refuses_a_share_of_a_month_that_is_not_final(city):
    run = build.run_in(Status.DRAFT, city=city)

    with pytest.raises(IntegrityError, match="month_is_not_final"):
        Share.objects.create(run=run, month=factories.month(city.other))


RELEASED = {"status": "released", "released_at": NOW}
CANCELLED = {"status": "cancelled", "cancelled_at": NOW}


@pytest.mark.parametrize(
    ("status", "change", "named"),
    [
        ("checked", {"checked_by": "maker"}, "run_is_not_checked_by_its_maker"),
        ("checked", RELEASED | {"released_by": "maker"}, "run_is_released_by_a_third_person"),
        ("checked", RELEASED | {"released_by": "checker"}, "run_is_released_by_a_third_person"),
        ("checked", {"checked_by": None}, "run_checked_by_and_at"),
        ("draft", {"status": "requested"}, "run_status_has_its_moments"),
        ("computed", {"status": "checked"}, "run_status_has_its_moments"),
        ("draft", CANCELLED | {"cancelled_by": "maker"}, "run_is_refused_or_cancelled_with_a_reason"),
        ("draft", {"status": "checked"}, "list_is_closed"),
        ("computed", {"status": "released"}, "list_is_closed"),
        ("released", {"status": "cancelled"}, "list_is_closed"),
        ("released", {"released_by": "maker"}, "list_is_closed"),
        ("cancelled", {"cancellation": "lain"}, "list_is_closed"),
        ("draft", {"month": 13}, "run_month_is_1_to_12"),
    ],
)
def test_the_database_refuses_what_a_run_can_never_be(city, status, change, named):
    run = build.run_in(Status(status), city=city)
    change = {
        name: getattr(city, value) if value in ("maker", "checker") else value
        for name, value in change.items()
    }

    with pytest.raises(IntegrityError, match=named):
        Run.objects.filter(pk=run.pk).update(**change)


def test_the_database_refuses_a_maker_who_refuses(city):
    run = build.run_in(Status.COMPUTED, city=city)
    run.refuse(by=city.checker, at=NOW, reason="salah hitung")

    with pytest.raises(IntegrityError, match="run_is_not_refused_by_its_maker"):
        Run.objects.filter(pk=run.pk).update(refused_by=city.maker)


@pytest.mark.parametrize("change", [{"net": 1}, {"gross": 0}, {"tax": -1}])
def test_lines_and_reasons_are_never_changed(city, change):
    run = build.run_in(Status.RELEASED, city=city)
    line = Line.objects.of_run(run).first()

    with pytest.raises(IntegrityError, match="append_only"), transaction.atomic():
        Line.objects.filter(pk=line.pk).update(**change)
    with pytest.raises(IntegrityError, match="append_only"), transaction.atomic():
        Line.objects.filter(pk=line.pk)._raw_delete("default")


def test_reasons_are_never_removed(city):
    zul = build.ranked(city.zul)
    month = factories.month(city.other)
    build.scored(zul, month, "20.00", counted=0)
    city.month = build.finalised(month)
    build.run_in(Status.COMPUTED, city=city)

    with pytest.raises(IntegrityError, match="append_only"):
        NoLine.objects.all()._raw_delete("default")


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"tax": -1}, "line_amounts_are_not_negative"),
        ({"gross": 1}, "line_gross_is_paid_less_sanction_and_acting"),
        ({"net": 1}, "line_net_is_gross_less_deductions"),
    ],
)
def test_the_database_refuses_a_line_that_does_not_add_up(city, change, named):
    run = build.run_in(Status.COMPUTED, city=city)
    line = Line.objects.of_run(run).first()
    line.pk, line.attempt = None, 9
    for name, value in change.items():
        setattr(line, name, value)

    with pytest.raises(IntegrityError, match=named):
        line.save(force_insert=True)


def test_a_person_has_one_line_in_an_attempt(city):
    run = build.run_in(Status.COMPUTED, city=city)
    line = Line.objects.of_run(run).first()
    line.pk = None

    with pytest.raises(IntegrityError, match="one_line_a_person"):
        line.save(force_insert=True)


def test_an_approved_rule_is_never_changed_or_removed(city):
    line = Line.objects.of_run(build.run_in(Status.COMPUTED, city=city)).first()
    rules = type(line.pay_rule).objects

    with pytest.raises(IntegrityError, match="append_only"), transaction.atomic():
        rules.update(floor_rupiah=1)
    with pytest.raises(IntegrityError, match="append_only"), transaction.atomic():
        rules.all()._raw_delete("default")
    rules.update(floor_rupiah=1_200_000)


@pytest.mark.parametrize("role", ["maker", "checker", "releaser"])
def test_finance_of_one_agency_neither_reads_nor_moves_a_run_with_another(city, role):
    month = build.finalised(factories.month(city.other))
    both = Run.objects.make([city.month, month], by=city.maker, at=NOW)
    near = factories.with_role(role, city.agency)
    whole = factories.with_role(role)
    today = whole.today()

    assert list(Run.objects.readable_by(near, on=today)) == []
    assert list(Run.objects.movable_by(near, role, on=today)) == []
    assert list(Run.objects.readable_by(whole, on=today)) == [both]
    assert list(Run.objects.movable_by(whole, role, on=today)) == [both]


def test_a_month_that_is_final_stays_final_under_a_run(city):
    build.run_in(Status.RELEASED, city=city)

    with pytest.raises(IntegrityError, match="month_is_final"):
        Month.objects.filter(pk=city.month.pk).update(status="open")
