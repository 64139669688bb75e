"""What HR is told before a fact is saved: which months it touches, and what happens there."""

from datetime import date

import pytest
from django.urls import reverse

from organization.models import Role, Sanction
from tests import factories
from tests import factories_bonuses as build

pytestmark = pytest.mark.django_db
TYPED = {"percent": "25", "first_month": "2026-03", "last_month": "2026-03", "decree": "SK 9/2026"}


def send(client, who, **typed):
    client.force_login(factories.with_role(Role.HR))
    return client.post(reverse("changes:sanction_create", args=[who.pk]), TYPED | typed)


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        ("draft", "taken"),
        ("requested", "taken"),
        ("computed", "again"),
        ("checked", "again"),
        ("released", "paid"),
    ],
)
def test_d93_a_late_sanction_names_its_list_and_what_happens_there_before_it_is_saved(
    client, status, outcome
):
    city = build.final_city()
    run = build.run_in(status, city=city)

    answer = send(client, city.ana)

    shown = answer.context["touched"]
    assert [(each.month, each.outcome, each.run) for each in shown.months] == [(city.month, outcome, run)]
    assert f"daftar nomor {run.pk}" in answer.content.decode()
    assert not Sanction.objects.exists()
    assert send(client, city.ana, seen=shown.stamp).status_code == 302
    assert list(Sanction.objects.values_list("person", "first_month")) == [(city.ana.pk, date(2026, 3, 1))]


def test_a_final_month_without_a_list_is_named_too(client):
    city = build.final_city()

    shown = send(client, city.ana).context["touched"]

    assert [(each.month, each.outcome, each.run) for each in shown.months] == [(city.month, "taken", None)]


def test_d93_what_was_shown_is_asked_again_once_it_is_no_longer_true(client):
    city = build.final_city()
    first = send(client, city.ana).context["touched"].stamp
    build.run_in("computed", city=city)

    answer = send(client, city.ana, seen=first)

    assert [each.outcome for each in answer.context["touched"].months] == ["again"]
    assert not Sanction.objects.exists()
    assert send(client, city.ana, seen=answer.context["touched"].stamp).status_code == 302


def test_a_sanction_of_months_still_to_come_is_saved_at_once(client):
    city = factories.city()

    assert send(client, city.ana, first_month="2026-06", last_month="2026-08").status_code == 302
    assert Sanction.objects.count() == 1
