"""A list that was computed before a fact changed is neither checked nor released. Case D93."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bonuses.models import Line, Run
from bonuses.models.drift import FactsMoved, changed_people
from organization.models import RankHolding
from tests import factories
from tests import factories_bonuses as build

pytestmark = pytest.mark.django_db
MARCH = date(2026, 3, 1)


@pytest.fixture
def city():
    return build.final_city()


def again(run, city):
    """Send the list back and let it be computed again, as its page says."""
    run.refuse(by=city.checker, at=timezone.now(), reason="hukuman disiplin masuk")
    run.request(by=city.maker, at=timezone.now())
    return build.compute(run)


def test_d93_a_sanction_after_the_list_was_computed_stops_the_check_until_it_is_computed_again(city):
    run = build.run_in("computed", city=city)
    before = Line.objects.of_run(run).get(person=city.ana)
    build.sanction(city.ana, "50", first=MARCH, last=MARCH)

    with pytest.raises(FactsMoved, match=city.ana.name):
        run.mark_checked(by=city.checker, at=timezone.now())
    run = again(run, city)
    run.mark_checked(by=city.checker, at=timezone.now())

    after = Line.objects.of_run(run).get(person=city.ana)
    assert (before.sanction, after.sanction) == (0, before.paid // 2)
    assert run.status == Run.Status.CHECKED


def test_d93_a_sanction_after_the_check_stops_the_release(city):
    run = build.run_in("checked", city=city)
    build.sanction(city.ana, "50", first=MARCH, last=MARCH)

    with pytest.raises(FactsMoved):
        run.release(by=city.releaser, at=timezone.now())

    assert Run.objects.get(pk=run.pk).status == Run.Status.CHECKED


def a_sanction(city):
    build.sanction(city.ana, "25", first=MARCH, last=MARCH)


def a_rank(city):
    build.ranked(city.ana, "IV/a", starts_on=date(2026, 3, 31))


def a_lost_rank(city):
    RankHolding.objects.filter(person=city.ana).delete()


def a_tariff(city):
    build.tariff(5, 1_700_000, valid_from=date(2026, 3, 1))


def a_pay_rule(city):
    build.pay_rule(valid_from=MARCH, health_employee_percent=Decimal(2))


@pytest.mark.parametrize("change", [a_sanction, a_rank, a_lost_rank, a_tariff, a_pay_rule])
def test_every_fact_behind_a_line_is_looked_at(city, change):
    run = build.run_in("computed", city=city)
    assert changed_people(run) == []

    change(city)

    assert city.ana.name in changed_people(run)


def test_somebody_who_would_have_a_line_now_is_named(city):
    RankHolding.objects.filter(person=city.ana).delete()
    run = build.run_in("computed", city=city)
    assert not Line.objects.of_run(run).filter(person=city.ana).exists()

    build.ranked(city.ana)

    assert changed_people(run) == [city.ana.name]


@pytest.mark.parametrize(
    ("status", "page", "role"), [("computed", "check", "checker"), ("checked", "release", "releaser")]
)
def test_d93_the_page_says_whose_facts_changed_instead_of_a_button(client, city, status, page, role):
    run = build.run_in(status, city=city)
    build.sanction(city.ana, "25", first=MARCH, last=MARCH)
    client.force_login(getattr(city, role))
    url = reverse(f"bonuses:{page}", args=[run.pk])

    shown, sent = client.get(url), client.post(url, {"version": run.version})

    assert city.ana.name in shown.context["obstacle"]
    assert (shown.status_code, sent.status_code) == (200, 409)
    assert Run.objects.get(pk=run.pk).status == status


def test_d93_the_list_says_so_to_checker_and_releaser(client, city):
    run = build.run_in("computed", city=city)
    build.sanction(city.ana, "25", first=MARCH, last=MARCH)
    client.force_login(city.checker)

    page = client.get(reverse("bonuses:run", args=[run.pk]))

    assert city.ana.name in page.context["moved_facts"]
    assert page.context["moved_facts"] in page.content.decode()


def test_the_search_takes_as_many_queries_for_two_agencies_as_for_one(city):
    one = build.run_in("computed", city=city)
    with CaptureQueriesContext(connection) as few:
        changed_people(one)
    one.cancel(by=city.maker, at=timezone.now() + timedelta(hours=1), reason="dihitung bersama yang lain")
    other = factories.month(city.other)
    build.finalised(other)
    both = build.run_in("computed", city=city, months=[city.month, other])
    with CaptureQueriesContext(connection) as many:
        changed_people(both)

    assert len(few) == len(many)
