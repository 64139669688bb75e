from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from calendars.forms import HolidayForm
from calendars.models import Holiday, Month
from calendars.models.obligations import obligations
from calendars.weeks import MonthKey
from organization.models import Role
from records.state import StaleVersion
from tests import factories

pytestmark = pytest.mark.django_db
TYPED = {
    "date": "2025-08-18",
    "name": "Cuti bersama HUT RI",
    "name_en": "Joint leave",
    "kind": "joint_leave",
    "unit": "",
    "decree": "SKB (contoh)",
}
AUGUST = MonthKey(2025, 8)


def send(client, reader, url=None, **typed):
    client.force_login(reader)
    return client.post(url or reverse("changes:holiday_create"), TYPED | typed)


def test_everyone_reads_the_calendar_of_a_year_with_its_decrees(client):
    city = factories.city()
    factories.holiday(date(2026, 3, 19), "Hari Suci Nyepi")
    client.force_login(city.ana)

    page = client.get(reverse("calendars:holidays", args=[2026])).content.decode()

    assert "Hari Suci Nyepi" in page and "SKB (contoh)" in page
    assert reverse("changes:holiday_create") not in page


def test_d43_a_joint_leave_added_late_takes_one_day_from_every_open_month(client):
    city = factories.city()
    before = obligations([city.ana.pk], AUGUST)[city.ana.pk]

    answer = send(client, factories.with_role(Role.HR))

    after = obligations([city.ana.pk], AUGUST)[city.ana.pk]
    assert answer.url == reverse("calendars:holidays", args=[2025])
    assert (len(before.working), len(after.working)) == (21, 20)
    assert (before.target_minutes - after.target_minutes, date(2025, 8, 18) in after.obliged) == (300, False)


def test_d43_a_day_moved_by_decree_is_changed_and_its_history_kept(client):
    day = factories.holiday(date(2025, 8, 18), kind="joint_leave")
    url = reverse("changes:holiday_edit", args=[day.pk])

    answer = send(client, factories.with_role(Role.HR), url, date="2025-08-19", version=day.version)

    assert answer.status_code == 302
    assert list(Holiday.objects.values_list("date", flat=True)) == [date(2025, 8, 19)]
    events = day.events.order_by("pgh_id").values_list("pgh_label", "date")
    assert list(events) == [("insert", date(2025, 8, 18)), ("update", date(2025, 8, 19))]


def test_d20_of_two_who_correct_one_holiday_the_second_is_told_and_changes_nothing(client):
    day = factories.holiday(date(2025, 8, 18), kind="joint_leave")
    url = reverse("changes:holiday_edit", args=[day.pk])
    send(client, factories.with_role(Role.HR), url, date="2025-08-19", version=1)

    answer = send(client, factories.with_role(Role.HR), url, name="Nama lain", version=1)

    assert (answer.status_code, answer.context["form"]["name"].value()) == (409, "Nama lain")
    assert answer.context["form"].non_field_errors() == [str(StaleVersion(day))]
    assert list(Holiday.objects.values_list("date", "name")) == [(date(2025, 8, 19), TYPED["name"])]


def test_d04_a_new_holiday_sent_twice_is_one_row_and_says_saved(client):
    reader = factories.with_role(Role.HR)

    answers = [send(client, reader) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert Holiday.objects.count() == 1


def test_d05_a_holiday_that_somebody_adds_at_the_same_moment_is_a_sentence(client, monkeypatch):
    store = HolidayForm.store

    def store_second(form):
        factories.holiday(date(2025, 8, 18), "Milik orang lain")
        return store(form)

    monkeypatch.setattr(HolidayForm, "store", store_second)

    answer = send(client, factories.with_role(Role.HR))

    assert answer.status_code == 422
    assert answer.context["form"].errors["date"] == ["Tanggal ini sudah tercatat sebagai libur."]


def test_d44_no_library_adds_a_holiday_by_itself(client):
    client.force_login(factories.with_role(Role.HR))

    client.get(reverse("calendars:holidays", args=[2025]))

    assert not Holiday.objects.exists()


@pytest.mark.parametrize("role", [None, Role.AUDITOR, Role.HEAD, Role.MAKER, Role.LEADERSHIP])
def test_d33_other_roles_change_no_holiday(client, role):
    city = factories.city()
    day = factories.holiday(date(2026, 3, 19))
    reader = factories.with_role(role) if role else city.ana

    assert send(client, reader).status_code == 403
    assert send(client, reader, reverse("changes:holiday_edit", args=[day.pk])).status_code == 403
    assert Holiday.objects.count() == 1


def test_hr_of_one_agency_changes_no_holiday(client):
    city = factories.city()

    assert send(client, factories.with_role(Role.HR, city.agency)).status_code == 403
    assert not Holiday.objects.exists()


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("date", "31-02-2026"),
        ("date", "1850-01-01"),
        ("date", ""),
        ("name", ""),
        ("kind", "pesta"),
        ("decree", ""),
        ("unit", "999999"),
    ],
)
def test_a_wrong_holiday_is_refused_with_a_sentence_and_keeps_what_was_typed(client, field, typed):
    answer = send(client, factories.with_role(Role.HR), **{field: typed})

    assert answer.status_code == 422
    assert "ek-errors" in answer.content.decode()
    assert answer.context["form"][field].value() == typed
    assert not Holiday.objects.exists()


def test_one_day_is_one_holiday_of_the_city(client):
    reader = factories.with_role(Role.HR)
    send(client, reader)

    answer = send(client, reader, name="Lain")

    assert answer.status_code == 422
    assert Holiday.objects.count() == 1


def test_only_a_local_holiday_is_for_one_agency(client):
    city = factories.city()
    reader = factories.with_role(Role.HR)

    national = send(client, reader, unit=city.agency.pk)
    local = send(client, reader, unit=city.agency.pk, kind="local")

    assert (national.status_code, local.status_code) == (422, 302)
    target = obligations([city.ana.pk, city.zul.pk], AUGUST)
    assert len(target[city.ana.pk].working) == 20
    assert len(target[city.zul.pk].working) == 21


def test_a_holiday_in_a_published_month_says_before_saving_that_its_figures_stay(client):
    city = factories.city()
    month = factories.month(city.agency, 2025, 8)
    moment = factories.at(2025, 9, 12)
    month.move_to(Month.Status.VERIFYING)
    month.move_to(Month.Status.PUBLISHED, published_at=moment, objections_close_at=moment)

    reader = factories.with_role(Role.HR)
    asked = send(client, reader)
    shown, known = asked.context["touched"], Holiday.objects.count()
    saved = send(client, reader, seen=shown.stamp)

    assert (asked.status_code, known, saved.status_code) == (200, 0, 302)
    assert [(each.month, each.outcome) for each in shown.months] == [(month, "stands")]
    assert Holiday.objects.count() == 1


def test_a_holiday_that_is_moved_names_the_month_it_leaves(client):
    city = factories.city()
    month = factories.month(city.agency, 2025, 8)
    moment = factories.at(2025, 9, 12)
    month.move_to(Month.Status.VERIFYING)
    month.move_to(Month.Status.PUBLISHED, published_at=moment, objections_close_at=moment)
    day = factories.holiday(date(2025, 8, 18))

    asked = send(
        client,
        factories.with_role(Role.HR),
        reverse("changes:holiday_edit", args=[day.pk]),
        date="2025-09-01",
        version=day.version,
    )

    assert [each.month for each in asked.context["touched"].months] == [month]
    day.refresh_from_db()
    assert day.date == date(2025, 8, 18)


@pytest.mark.parametrize("year", [1999, 2100, 99999])
def test_a_year_out_of_reach_is_not_found(client, year):
    client.force_login(factories.person())

    assert client.get(reverse("calendars:holidays", args=[year])).status_code == 404


def test_the_calendar_takes_as_many_queries_for_one_holiday_as_for_four(client):
    city = factories.city()
    counts = []
    for days in ([9], [10, 11, 12]):
        for day in days:
            factories.holiday(date(2026, 3, day), unit=city.agency, kind="local")
        client.force_login(city.ana)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("calendars:holidays", args=[2026]))
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 10
