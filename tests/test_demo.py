"""The demo city: the same in every copy, right for any day, and every figure computed by the product."""

from datetime import date, datetime, time, timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from activities.models import Activity
from assessment.models import Assessment
from bonuses import formulas
from bonuses.formulas import AMOUNTS, PersonInput
from bonuses.models import Line, NoLine, Run
from calendars.models import Month
from calendars.weeks import MonthKey
from ekinerja.demo import leaves, people, roles
from ekinerja.demo.sign_ins import PASSWORD, SIGN_INS
from ekinerja.demo.work import WIB
from ekinerja.management.commands.demo import PROFILE, Command
from organization.models import Role, Unit, User
from tests import factories

FIRST, FIFTEENTH, SUNDAY, LAST, NEW_YEARS_EVE = (
    date(2026, 6, 1),
    date(2026, 6, 15),
    date(2026, 6, 14),
    date(2026, 6, 30),
    date(2026, 12, 31),
)


@pytest.fixture
def calendar(db):
    """Rules and holidays with one agency of each work week, without the people."""
    call_command("reference", verbosity=0)
    first, second = (User.objects.create(nip=nip, name="HR") for nip in (roles.ANGGREK, roles.AKASIA))
    for who in (first, second):
        factories.grant(who, Role.HR)
    call_command("load_profile", PROFILE, drafted_by=first.nip, approved_by=second.nip, verbosity=0)
    for pattern in ("5", "6"):
        Unit.objects.establish(code=pattern, name=pattern, short_name=pattern, pattern=pattern)


@pytest.mark.parametrize(
    ("today", "verifying"),
    [
        (FIRST, MonthKey(2026, 4)),
        (FIFTEENTH, MonthKey(2026, 5)),
        (SUNDAY, MonthKey(2026, 5)),
        (LAST, MonthKey(2026, 5)),
        (NEW_YEARS_EVE, MonthKey(2026, 11)),
    ],
)
def test_the_month_being_verified_is_the_latest_whose_review_is_over(calendar, today, verifying):
    now = datetime.combine(today, time(14), WIB)
    found, keys = Command().months_for(now)

    assert found == verifying
    assert (keys[0], keys[-1]) == (verifying.previous.previous, MonthKey.of(today))
    assert keys == sorted(set(keys))


@pytest.mark.long
def test_a_city_built_on_a_sunday_that_is_a_first_has_all_that_a_newcomer_looks_for(db):
    call_command("demo", today=date(2026, 3, 1), verbosity=0)

    the_months_stand_where_they_should()
    every_line_follows_from_its_inputs()
    the_people_who_make_the_months_differ_are_there()
    nothing_lies_in_the_future()
    the_shown_people_can_sign_in()
    before = counts()
    call_command("demo", today=date(2026, 3, 2), verbosity=0)
    assert counts() == before


def counts():
    return [model.objects.count() for model in (User, Activity, Month, Assessment, Run, Line, NoLine)]


def the_months_stand_where_they_should():
    found = {}
    for month in Month.objects.all():
        found.setdefault(str(month.key), set()).add(month.status)
    assert found == {
        "2025-11": {"final"},
        "2025-12": {"final"},
        "2026-01": {"open", "verifying"},
        "2026-02": {"open"},
        "2026-03": {"open"},
    }
    to_close = Month.objects.get(status="open", year=2026, month=1)
    assert to_close.may_be_closed(datetime(2026, 3, 1, 14, tzinfo=WIB))
    runs = Run.objects.order_by("year", "month").values_list("year", "month", "status")
    assert list(runs) == [(2025, 11, "released"), (2025, 12, "released")]


def every_line_follows_from_its_inputs():
    lines = Line.objects.select_related("pay_rule")
    assert len(lines) > 200
    for line in lines:
        person = PersonInput.of(line.inputs, score=line.score, band=line.band or None)
        again = formulas.bonus(person, line.pay_rule.values())
        assert {name: getattr(line, name) for name in AMOUNTS} == {
            name: getattr(again, name) for name in AMOUNTS
        }


def the_people_who_make_the_months_differ_are_there():
    assert 140 <= User.objects.count() <= 160
    assert set(Unit.objects.filter(code__in=people.CROWD).values_list("code", flat=True)) == set(people.CROWD)
    assert Line.objects.filter(person__nip="190004162010102001", floor_top_up__gt=0).count() == 2
    assert Line.objects.filter(person__nip=leaves.SANCTIONED, sanction__gt=0).count() == 2
    assert len(Line.objects.get(person__nip=leaves.PROMOTED, share__month__month=12).inputs["segments"]) == 2
    assert set(NoLine.objects.filter(person__nip=leaves.IDLE).values_list("reason", flat=True)) == {
        "nothing_counted"
    }
    assert Activity.objects.filter(status="returned").exists()
    assert Activity.objects.filter(status="voided").exists()
    assert Assessment.objects.exclude(not_assessed_reason="").exists()


def nothing_lies_in_the_future():
    now = datetime(2026, 3, 1, 14, tzinfo=WIB)
    assert Activity.objects.filter(reported_at__gt=now).count() == 0
    assert Activity.objects.filter(performed_on=date(2026, 3, 1)).count() == 0  # a Sunday
    assert Run.objects.filter(released_at__gt=now + timedelta(days=1)).count() == 0


def the_shown_people_can_sign_in():
    for row in SIGN_INS:
        answer = Client().post(reverse("account_login"), {"login": row.nip, "password": PASSWORD})
        assert (row.nip, answer.status_code) == (row.nip, 302)
