from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from calendars.models import Leave, LeaveType, Month
from calendars.models.obligations import obligations
from calendars.weeks import MonthKey
from organization.models import Role
from records.refusals import OwnRecord
from tests import factories

pytestmark = pytest.mark.django_db
MARCH = MonthKey(2026, 3)
TYPED = {
    "code": "CT",
    "starts_on": "2026-03-09",
    "ends_on": "2026-03-11",
    "half": "",
    "letter": "850/12/2026",
}


def send(client, who, reader, **typed):
    client.force_login(reader)
    return client.post(reverse("changes:leave_create", args=[who.pk]), TYPED | typed)


def test_hr_records_leave_and_the_target_follows(client):
    city = factories.city()
    before = obligations([city.ana.pk], MARCH)[city.ana.pk].target_minutes

    answer = send(client, city.ana, factories.with_role(Role.HR, city.agency))

    assert answer.url == reverse("organization:person", args=[city.ana.pk])
    rows = Leave.objects.values_list("person", "code", "starts_on", "ends_on", "half", "letter")
    assert list(rows) == [
        (city.ana.pk, "CT", date(2026, 3, 9), date(2026, 3, 11), "", "850/12/2026"),
    ]
    assert before - obligations([city.ana.pk], MARCH)[city.ana.pk].target_minutes == 3 * 300


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("ends_on", "2026-03-08"),
        ("ends_on", "besok"),
        ("starts_on", ""),
        ("code", "XX"),
        ("half", "am"),
        ("half", "malam"),
        ("letter", ""),
    ],
)
def test_wrong_leave_is_refused_with_a_sentence_and_keeps_what_was_typed(client, field, typed):
    city = factories.city()

    answer = send(client, city.ana, factories.with_role(Role.HR), **{field: typed})

    assert answer.status_code == 422
    assert "ek-errors" in answer.content.decode()
    assert answer.context["form"][field].value() == typed
    assert not Leave.objects.exists()


def test_overlapping_leave_is_refused_with_a_sentence(client):
    city = factories.city()
    factories.leave(city.ana, date(2026, 3, 11), date(2026, 3, 13))

    answer = send(client, city.ana, factories.with_role(Role.HR))

    assert answer.status_code == 422
    assert Leave.objects.count() == 1


def test_d46_two_halves_fit_one_day_and_a_third_is_refused(client):
    city = factories.city()
    reader = factories.with_role(Role.HR)
    one_day = {"starts_on": "2026-03-12", "ends_on": "2026-03-12"}

    answers = [send(client, city.ana, reader, half=half, **one_day) for half in ("pm", "am", "am")]

    assert [answer.status_code for answer in answers] == [302, 302, 422]


def test_a_type_that_is_not_in_force_on_the_first_day_is_refused(client):
    city = factories.city()
    factories.leave_type("BARU", valid_from=date(2026, 4, 1))

    answer = send(client, city.ana, factories.with_role(Role.HR), code="BARU")

    assert answer.status_code == 422
    assert "code" in answer.context["form"].errors


def test_a_drafted_type_is_not_offered(client):
    city = factories.city()
    LeaveType.objects.create(
        scope="DRAF",
        name="Draf",
        name_en="Draft",
        excuses_report=True,
        reduces_target=True,
        pay_percent=Decimal(100),
        valid_from=date(2025, 1, 1),
        decree="x",
        drafted_by=city.head,
    )
    client.force_login(factories.with_role(Role.HR))

    form = client.get(reverse("changes:leave_create", args=[city.ana.pk])).context["form"]

    assert [code for code, _title in form.fields["code"].choices] == ["", "CT"]


def test_hr_records_no_leave_of_their_own_by_page_or_by_verb(client):
    city = factories.city()
    factories.grant(city.ana, Role.HR)

    answer = send(client, city.ana, city.ana)

    assert answer.status_code == 403
    with pytest.raises(OwnRecord):
        Leave.objects.add(
            city.ana, by=city.ana, code="CT", starts_on=date(2026, 3, 9), ends_on=date(2026, 3, 9), letter="1"
        )
    assert not Leave.objects.exists()


def test_d33_leave_of_others_is_refused_to_other_roles_and_outside_the_scope(client):
    city = factories.city()

    assert send(client, city.ana, city.supervisor).status_code == 403
    assert send(client, city.ana, factories.with_role(Role.AUDITOR)).status_code == 403
    assert send(client, city.zul, factories.with_role(Role.HR, city.agency)).status_code == 404
    assert not Leave.objects.exists()


def test_one_reads_ones_own_leave_and_nobody_elses(client):
    city = factories.city()
    factories.leave(city.ana, date(2026, 3, 9))
    client.force_login(city.ana)

    own = client.get(reverse("calendars:leaves", args=[city.ana.pk]))
    other = client.get(reverse("calendars:leaves", args=[city.budi.pk]))

    assert "Cuti CT" in own.content.decode()
    assert other.status_code == 404


def test_the_fragment_of_the_profile_stands_in_the_full_page(client):
    city = factories.city()
    factories.leave(city.ana, date(2026, 3, 9))
    client.force_login(city.ana)
    url = reverse("calendars:leaves", args=[city.ana.pk])

    fragment = client.get(url, headers={"HX-Request": "true"}).content.decode()

    assert "<html" not in fragment
    assert fragment.strip() in client.get(url).content.decode()


def test_the_list_takes_as_many_queries_for_one_leave_as_for_three(client):
    city = factories.city()
    counts = []
    for days in ([9], [10, 11]):
        for day in days:
            factories.leave(city.ana, date(2026, 3, day))
        client.force_login(city.ana)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("calendars:leaves", args=[city.ana.pk]))
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 10


def test_leave_in_a_published_month_says_before_saving_that_its_figures_stay(client):
    city = factories.city()
    month = factories.month(city.agency)
    moment = factories.at(2026, 4, 14)
    month.move_to(Month.Status.VERIFYING)
    month.move_to(Month.Status.PUBLISHED, published_at=moment, objections_close_at=moment)

    reader = factories.with_role(Role.HR)
    asked = send(client, city.ana, reader)
    shown, known = asked.context["touched"], Leave.objects.count()
    saved = send(client, city.ana, reader, seen=shown.stamp)

    assert (asked.status_code, known, saved.status_code) == (200, 0, 302)
    assert [(each.month, each.outcome) for each in shown.months] == [(month, "stands")]
    assert asked.context["form"]["letter"].value() == TYPED["letter"]
    assert Leave.objects.count() == 1


def test_leave_in_an_open_month_is_saved_at_once(client):
    city = factories.city()
    factories.month(city.agency)

    assert send(client, city.ana, factories.with_role(Role.HR)).status_code == 302


def test_of_two_at_once_the_later_leave_is_refused_with_a_sentence(monkeypatch):
    city = factories.city()
    factories.leave(city.ana, date(2026, 3, 9))
    monkeypatch.setattr(Leave, "full_clean", lambda self: None)

    with pytest.raises(ValidationError):
        Leave.objects.add(
            city.ana,
            by=factories.person(),
            code="CT",
            starts_on=date(2026, 3, 9),
            ends_on=date(2026, 3, 9),
            letter="1",
        )
