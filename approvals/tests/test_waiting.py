from datetime import date

import pytest
from django.urls import reverse

from approvals.waiting import Wait, waiting_of, waits
from calendars.models import Month
from organization.models import Posting
from tests import factories, factories_approvals
from tests.factories_activities import activity
from tests.factories_approvals import AFTER_CLOSE, MONDAY, NEXT_MONDAY, WEEK

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return factories_approvals.city()


def found(who, at):
    return [
        (str(wait.week), len(wait.rows), wait.reviewer, wait.higher, wait.due_at, wait.is_late)
        for wait in waits(who, waiting_of(who), at=at)
    ]


def test_whoever_waits_is_told_for_whom_since_when_and_until_when(city):
    factories_approvals.week_of(city.ana, rows=2)
    activity(city.ana, date(2026, 3, 16))

    (first, second) = waits(city.ana, waiting_of(city.ana), at=NEXT_MONDAY)

    assert (first.reviewer, first.since) == (city.supervisor.name, factories.at(2026, 3, 9, 16))
    assert (first.due_at, first.is_late, first.higher) == (factories.at(2026, 3, 19, 0), False, "")
    assert (second.reviewer, second.due_at) == (city.supervisor.name, factories.at(2026, 3, 26, 0))


def test_an_overdue_week_names_the_next_superior_as_well(city):
    activity(city.ana, MONDAY)

    late = factories.at(2026, 3, 19)

    due_at = factories.at(2026, 3, 19, 0)
    assert found(city.ana, late) == [("2026-W11", 1, city.supervisor.name, city.head.name, due_at, True)]


def test_where_nobody_acts_the_assessment_unit_is_named(city):
    activity(city.ana, MONDAY)
    Posting.objects.filter(person__in=[city.supervisor, city.head]).update(ends_on=date(2026, 3, 15))

    assert [wait[2] for wait in found(city.ana, NEXT_MONDAY)] == [""]


def test_after_review_close_the_assessment_unit_is_named_until_publication_is_due(city):
    row = activity(city.ana, MONDAY)
    row.month.move_to(Month.Status.VERIFYING)

    ((_week, _rows, reviewer, higher, due_at, is_late),) = found(city.ana, AFTER_CLOSE)

    assert (reviewer, higher, is_late) == ("", "", False)
    assert due_at == row.month.publication_due_at


def test_who_stands_in_is_named_with_their_capacity():
    named = [Wait((), WEEK, AFTER_CLOSE, False, "Surya", capacity) for capacity in ("holder", "plh", "")]

    assert [wait.capacity_words for wait in named] == ["", "Plh", ""]


def test_the_detail_of_a_report_says_for_whom_it_waits(client, city):
    row = activity(city.ana, MONDAY)

    page = factories_approvals.page(client, city.ana, "decisions", row.pk).content.decode()

    assert f"Menunggu keputusan {city.supervisor.name}" in " ".join(page.split())


def test_day_and_week_ask_for_whom_their_reports_wait(client, city):
    activity(city.ana, MONDAY)

    part = factories_approvals.page(client, city.ana, "waiting", WEEK, headers={"HX-Request": "true"})
    whole = factories_approvals.page(client, city.ana, "waiting", WEEK)

    assert part.content.decode().strip() in whole.content.decode()
    for name, argument in (("day", MONDAY), ("week", WEEK)):
        shown = client.get(reverse(f"activities:{name}", args=[argument])).content.decode()
        assert reverse("approvals:waiting", args=[WEEK]) in shown


def test_nobody_reads_for_whom_another_waits(client, city):
    activity(city.ana, MONDAY)

    assert factories_approvals.page(client, city.budi, "waiting", WEEK).context["waits"] == []


def test_the_number_of_queries_does_not_grow_with_what_waits(city, django_assert_num_queries):
    factories_approvals.week_of(city.ana)
    factories_approvals.week_of(city.ana, monday=date(2026, 3, 16))
    rows = list(waiting_of(city.ana))

    with django_assert_num_queries(1):
        assert len(waits(city.ana, rows, at=NEXT_MONDAY)) == 2
