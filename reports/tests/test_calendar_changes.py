"""A change of the calendar reaches every open month at once, and no month whose figures stand."""

from datetime import date

import pytest

from assessment.models import Assessment
from calendars.models import Holiday
from organization.models import Role
from tests import factories, factories_assessment

pytestmark = pytest.mark.django_db
FIGURES = ("person", "target_minutes", "obliged_days", "days_in_time", "score")


def add_joint_leave(client, day):
    client.force_login(factories.with_role(Role.HR))
    typed = {"date": day.isoformat(), "name": "Cuti bersama", "kind": "joint_leave", "decree": "SKB (contoh)"}
    answer = client.post("/calendar/holidays/new/", typed)
    if answer.status_code == 200:
        answer = client.post("/calendar/holidays/new/", typed | {"seen": answer.context["touched"].stamp})
    assert answer.status_code == 302


def test_d43_a_day_added_later_changes_an_open_month_and_no_published_one(client):
    city = factories_assessment.stage()
    factories_assessment.rows(city.ana, [9, 10, 11], 120)
    factories_assessment.published(city)
    april = factories.month(city.agency, 2026, 4)
    figures = list(Assessment.objects.order_by("person").values_list(*FIGURES))
    before = Assessment.objects.facts(april)[city.ana.pk].target_minutes

    add_joint_leave(client, date(2026, 3, 13))
    add_joint_leave(client, date(2026, 4, 13))

    assert Holiday.objects.count() == 2
    assert list(Assessment.objects.order_by("person").values_list(*FIGURES)) == figures != []
    assert before - Assessment.objects.facts(april)[city.ana.pk].target_minutes == 300
