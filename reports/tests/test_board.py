from datetime import date

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from calendars.models import Month
from organization.models import Role
from reports.board_figures import BoardLine
from tests import factories, factories_reports
from tests.factories_activities import activity

pytestmark = pytest.mark.django_db
BOARD = "reports:board"
MONDAY = date(2026, 3, 9)


@pytest.fixture
def city(monkeypatch):
    names = factories_reports.city()
    factories_reports.freeze(monkeypatch, 2026, 3, 9, 10, 42)
    return names


def board(client, who):
    client.force_login(who)
    return client.get(reverse(BOARD)).context["board"]


def figures(line):
    return line.name, line.obliged, line.reported, line.waiting, line.decided, line.state


def test_totals_of_today_and_of_the_week_by_agency(client, city):
    activity(city.ana, MONDAY)
    activity(city.ana, MONDAY, status="draft")
    activity(city.budi, MONDAY, status="approved")
    activity(city.zul, MONDAY, status="draft")
    activity(city.zul, date(2026, 3, 2))
    factories.month(city.other).move_to(Month.Status.VERIFYING)

    lines = board(client, factories.with_role(Role.LEADERSHIP)).lines

    assert [figures(line) for line in lines] == [
        ("Badan Lain", 2, 0, 0, 0, Month.Status.VERIFYING.label),
        ("Dinas Contoh", 4, 2, 1, 1, Month.Status.OPEN.label),
    ]


def test_a_week_over_a_month_border_counts_the_days_of_both_months(client, monkeypatch):
    city = factories_reports.city()
    factories_reports.freeze(monkeypatch, 2026, 4, 1, 10)
    activity(city.ana, date(2026, 3, 31))
    activity(city.ana, date(2026, 4, 1))

    total = board(client, factories.with_role(Role.HEAD)).total

    assert (total.waiting, total.reported, total.counts) == (2, 1, {"reported": 1})


def test_people_on_leave_suspended_or_deactivated_are_not_obliged(client, city):
    factories.leave_type("DL", excuses=False, reduces=False)
    factories.leave(city.ana, MONDAY)
    factories.leave(city.budi, MONDAY, half="am")
    factories.leave(city.zul, MONDAY, code="DL")
    factories.suspended(city.supervisor, MONDAY)
    city.head.deactivated_on = MONDAY
    city.head.save(update_fields=["deactivated_on"])

    lines = board(client, factories.with_role(Role.AUDITOR)).lines

    assert [(line.name, line.obliged) for line in lines] == [("Badan Lain", 2), ("Dinas Contoh", 1)]


def test_on_a_holiday_nobody_is_obliged_and_there_is_no_per_cent(client, city):
    factories.holiday(MONDAY)

    total = board(client, factories.with_role(Role.HEAD)).total

    assert (total.obliged, total.percent) == (0, None)


def test_the_flow_of_the_month_counts_activities_by_status(client, city):
    for status in ["approved", "approved", "reported", "returned", "rejected", "voided", "draft"]:
        activity(city.ana, date(2026, 3, 2), status=status)

    page = board(client, factories.with_role(Role.HEAD))

    assert [number for _word, number in page.total.columns] == [2, 1, 1, 1, 2]
    assert page.lines[0].total == 0 and page.lines[0].bar == []


def test_a_bar_is_as_wide_as_its_parts_together():
    line = BoardLine("X", counts={"approved": 1, "reported": 1, "rejected": 2})

    assert [(part.look, part.x, part.width) for part in line.bar] == [
        ("p-ok", 0, 246),
        ("p-wait", 250, 246),
        ("p-no", 500, 496),
    ]


@pytest.mark.parametrize(("reported", "obliged", "percent"), [(1, 8, 13), (1, 3, 33), (3, 3, 100)])
def test_the_per_cent_is_rounded_half_up(reported, obliged, percent):
    assert BoardLine("X", reported=reported, obliged=obliged).percent == percent


def test_leadership_of_one_agency_sees_its_totals_alone(client, city):
    lines = board(client, factories.with_role(Role.LEADERSHIP, city.agency)).lines

    assert [line.name for line in lines] == ["Dinas Contoh"]


def test_no_person_stands_on_the_board(client, city):
    activity(city.ana, MONDAY)
    client.force_login(factories.with_role(Role.LEADERSHIP, name="Pimpinan"))

    page = client.get(reverse(BOARD)).content.decode()

    for who in (city.ana, city.budi, city.supervisor, city.head, city.zul):
        assert who.name not in page and who.nip not in page


@pytest.mark.parametrize("role", [None, Role.ASSESSOR, Role.MAKER, Role.HR, Role.IT, Role.OPERATOR])
def test_d33_other_roles_are_refused(client, city, role):
    client.force_login(factories.with_role(role) if role else city.supervisor)

    assert client.get(reverse(BOARD)).status_code == 403


def test_the_figures_that_htmx_reads_again_stand_in_the_full_page(client, city):
    client.force_login(factories.with_role(Role.HEAD))

    fragment = client.get(reverse(BOARD), headers={"HX-Request": "true"}).content.decode()

    assert "<html" not in fragment
    assert fragment.strip() in client.get(reverse(BOARD)).content.decode()


def test_d03_the_board_takes_as_many_queries_for_one_row_as_for_many(client, city):
    reader = factories.with_role(Role.LEADERSHIP)
    activity(city.ana, MONDAY)
    counts = []
    for _round in range(2):
        client.force_login(reader)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse(BOARD))
        counts.append(len(queries))
        for _number in range(3):
            where = factories.post(factories.agency(pattern="6"))
            activity(factories.staff(where), MONDAY, status="approved")
            factories.leave(factories.staff(where), MONDAY)
        cache.clear()

    assert counts[0] == counts[1] <= 12


def test_what_one_viewer_had_counted_is_shown_to_all_for_ten_seconds(client, city):
    first, second = factories.with_role(Role.LEADERSHIP), factories.with_role(Role.HEAD)
    assert board(client, first).total.reported == 0
    activity(city.ana, MONDAY)

    with CaptureQueriesContext(connection) as queries:
        assert board(client, second).total.reported == 0
    assert not [query for query in queries if "activities_activity" in query["sql"]]
    cache.clear()
    assert board(client, second).total.reported == 1


def test_while_one_viewer_counts_the_others_see_what_is_there(client, city, monkeypatch):
    who = factories.with_role(Role.LEADERSHIP)
    board(client, who)
    activity(city.ana, MONDAY)
    factories_reports.freeze(monkeypatch, 2026, 3, 9, 10, 43)
    key = f"board:{MONDAY}:id"

    cache.add(f"{key}:turn", 1)
    assert board(client, who).total.reported == 0
    cache.delete(f"{key}:turn")
    assert board(client, who).total.reported == 1


def polled(client, etag):
    return client.get(reverse(BOARD), headers={"HX-Request": "true", "If-None-Match": etag})


def test_a_poll_is_answered_empty_while_nothing_changed(client, city):
    client.force_login(factories.with_role(Role.LEADERSHIP))
    first = client.get(reverse(BOARD), headers={"HX-Request": "true"})
    again = polled(client, first["ETag"])
    activity(city.ana, MONDAY)
    cache.clear()
    changed = polled(client, first["ETag"])

    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    assert first["ETag"].strip('W/"') in first.content.decode()
    assert (changed.status_code, changed["ETag"] == first["ETag"]) == (200, False)


def test_a_poll_of_one_agency_is_not_answered_with_what_another_saw(client, city):
    client.force_login(factories.with_role(Role.LEADERSHIP))
    all_of_it = client.get(reverse(BOARD), headers={"HX-Request": "true"})
    client.force_login(factories.with_role(Role.LEADERSHIP, city.agency))

    assert polled(client, all_of_it["ETag"]).status_code == 200
