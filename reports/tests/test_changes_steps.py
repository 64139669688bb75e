"""Transfers, new people and ends of service on their pages. Today is Monday 9 March 2026."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from activities.models import Activity
from assessment.models import Assessment
from calendars.models import Month
from calendars.weeks import MonthKey
from organization.models import Joining, Leaving, Role, Transfer, User
from tests import factories, factories_activities
from tests.factories import at
from tests.factories_activities import activity

pytestmark = pytest.mark.django_db
FRIDAY, MONDAY, TUESDAY = date(2026, 3, 6), date(2026, 3, 9), date(2026, 3, 10)
MARCH = MonthKey(2026, 3)


@pytest.fixture
def city(time_machine):
    time_machine.move_to(at(2026, 3, 10), tick=False)
    found = factories_activities.city()
    found.hr, found.second = factories.with_role(Role.HR), factories.with_role(Role.HR, name="HR kedua")
    lead = factories.post(found.other, "Kepala Bidang Lain", number=9, level="administrator")
    found.new_lead = factories.staff(lead, "Lia Atasan")
    found.new_post = factories.post(found.other, "Analis", superior=lead)
    return found


def ask(client, who, url, body):
    """The answer to a form that is sent, its note read, and sent again; and the notes."""
    client.force_login(who)
    first = client.post(url, body)
    touched = first.context and first.context.get("touched")
    if not touched:
        return first, []
    return client.post(url, body | {"seen": touched.stamp}), [str(note) for note in touched.notes]


def approve(client, who, kind, row):
    url = reverse("changes:request", args=[kind, row.pk])
    client.force_login(who)
    stamp = client.get(url).context["touched"].stamp
    return client.post(url, {"seen": stamp})


def transfer_url(city, who, post=None):
    return reverse("changes:transfer", args=[who.pk]) + f"?post={(post or city.new_post).pk}"


def places(person):
    found = Activity.objects.of(person).order_by("performed_on", "pk")
    return [(row.post, row.reviewing_post, row.month.agency, row.status) for row in found]


def test_d48_undecided_work_of_the_day_and_later_follows_and_decided_work_stays(client, city):
    activity(city.ana, FRIDAY)
    activity(city.ana, MONDAY, status="approved")
    waits, draft = activity(city.ana, TUESDAY), activity(city.ana, TUESDAY, status="draft")

    answer, notes = ask(
        client, city.hr, transfer_url(city, city.ana), {"starts_on": "2026-03-09", "decree": "SK 9"}
    )
    approval = approve(client, city.second, "transfers", Transfer.objects.get())

    here = (city.staff_post, city.supervisor_post, city.agency)
    there = (city.new_post, city.new_post.terms.get().superior, city.other)
    assert (answer.status_code, approval.status_code) == (302, 302)
    assert notes == [
        "2 kegiatan yang belum diputuskan berpindah ke peninjau jabatan baru: Analis, Badan Lain",
        "Nilai Maret 2026 diberikan oleh perangkat daerah yang baru: Badan Lain",
    ]
    assert places(city.ana) == [
        (*here, "reported"),
        (*here, "approved"),
        (*there, "reported"),
        (*there, "draft"),
    ]
    versions = {row.pk: row.version for row in (waits, draft)}
    assert {row.pk: row.version for row in Activity.objects.filter(pk__in=versions)} == {
        pk: version + 1 for pk, version in versions.items()
    }


def test_work_stays_where_the_month_of_the_new_office_is_not_open(client, city):
    activity(city.ana, MONDAY)
    Month.objects.filter(pk=Month.objects.of(city.other, MARCH).pk).update(status="verifying")

    ask(client, city.hr, transfer_url(city, city.ana), {"starts_on": "2026-03-09", "decree": "SK 9"})
    approve(client, city.second, "transfers", Transfer.objects.get())

    assert places(city.ana) == [(city.staff_post, city.supervisor_post, city.agency, "reported")]


def test_a_transfer_undone_brings_the_work_back(client, city):
    activity(city.ana, MONDAY)
    ask(client, city.hr, transfer_url(city, city.ana), {"starts_on": "2026-03-09", "decree": "SK 9"})
    transfer = Transfer.objects.get()
    approve(client, city.second, "transfers", transfer)

    url = reverse("changes:transfer_cancel", args=[transfer.pk])
    asked, _notes = ask(client, city.hr, url, {"reason": "Orangnya salah."})
    approve(client, city.second, "transfer-cancellations", transfer.cancellations.get())

    assert asked.url == reverse("changes:steps", args=[city.ana.pk])
    assert places(city.ana) == [(city.staff_post, city.supervisor_post, city.agency, "reported")]


def test_the_reviewer_of_the_new_post_decides_what_came_along(client, city):
    row = activity(city.ana, MONDAY)
    ask(client, city.hr, transfer_url(city, city.ana), {"starts_on": "2026-03-09", "decree": "SK 9"})
    approve(client, city.second, "transfers", Transfer.objects.get())

    pages = []
    for who in (city.supervisor, city.new_lead):
        client.force_login(who)
        pages.append(client.get(reverse("approvals:person", args=["2026-W11", city.ana.pk])).status_code)
    row.refresh_from_db()

    assert (pages, row.month.agency) == ([404, 200], city.other)


def test_a_transfer_begins_with_a_search_for_the_post(client, city):
    client.force_login(city.hr)
    url = reverse("changes:transfer", args=[city.ana.pk])

    found = [
        [post.title for post in client.get(url, query).context["posts"]]
        for query in ({}, {"q": "analis"}, {"post": "x"})
    ]
    unknown = client.get(url, {"post": "999999"})

    assert (found, unknown.status_code) == ([[], ["Analis"], []], 404)


def test_bad_input_of_a_transfer_is_told_and_keeps_what_was_typed(client, city):
    client.force_login(city.hr)

    answers = [
        client.post(transfer_url(city, city.ana, post), body)
        for post, body in [
            (None, {"starts_on": "2024-12-01", "decree": "SK 9"}),
            (city.staff_post, {"starts_on": "2026-03-09", "decree": "SK 9"}),
            (city.supervisor_post, {"starts_on": "2026-03-09", "decree": "SK 9"}),
            (None, {"starts_on": "2026-03-09", "decree": ""}),
        ]
    ]

    assert [answer.status_code for answer in answers] == [422] * 4
    assert [list(answer.context["form"].errors) for answer in answers] == [
        ["starts_on"],
        ["__all__"],
        ["__all__"],
        ["decree"],
    ]
    assert answers[0].context["form"]["decree"].value() == "SK 9"
    assert Transfer.objects.count() == 0


def test_a_new_employee_is_recorded_on_a_post_by_two(client, city):
    url = reverse("changes:join", args=[city.new_post.pk])
    body = {"nip": "199001012026031001", "name": "Nadia Baru", "kind": "CPNS", "rank": ""}
    body |= {"starts_on": "2026-03-09", "decree": "SK 7"}

    answer, _notes = ask(client, city.hr, url, body)
    joining = Joining.objects.get()
    client.force_login(city.hr)
    own = client.post(reverse("changes:request", args=["joinings", joining.pk]))
    approval = approve(client, city.second, "joinings", joining)
    who = User.objects.get(nip=body["nip"])

    assert (answer.status_code, own.status_code, approval.status_code) == (302, 403, 302)
    assert (who.posting_on(TUESDAY).post, who.statuses.get().kind) == (city.new_post, "CPNS")


def test_a_joining_outside_one_s_scope_is_not_found(client, city):
    client.force_login(factories.with_role(Role.HR, city.agency))

    assert client.get(reverse("changes:join", args=[city.new_post.pk])).status_code == 404


def test_d48_after_a_death_days_count_no_longer_and_those_below_go_to_the_next_superior(client, city):
    activity(city.supervisor, TUESDAY)
    row = activity(city.ana, MONDAY)

    answer, notes = ask(
        client,
        city.hr,
        reverse("changes:end", args=[city.supervisor.pk]),
        {"cause": "death", "last_day": "2026-03-09", "decree": "Akta 3"},
    )
    approve(client, city.second, "leavings", Leaving.objects.get())

    assert answer.status_code == 302
    assert notes == [
        "1 kegiatan setelah hari terakhir tidak dihitung lagi.",
        "1 jabatan berada di bawahnya: atasan berikutnya meninjau laporannya sampai jabatan ini terisi lagi.",
    ]
    client.force_login(city.head)
    found = client.get(reverse("approvals:person", args=["2026-W11", city.ana.pk]))
    assert found.status_code == 200
    assert row.reviewing_post == city.supervisor_post
    client.force_login(city.supervisor)
    assert client.get(reverse("reports:home")).status_code == 302


def test_the_page_of_a_person_s_steps_takes_as_many_queries_for_many(client, city):
    client.force_login(city.hr)
    asked = []
    for day in ("2026-03-09", "2026-03-10", "2026-03-11"):
        with CaptureQueriesContext(connection) as queries:
            page = client.get(reverse("changes:steps", args=[city.ana.pk]))
        asked.append(len(queries))
        post = city.new_post if day != "2026-03-10" else city.staff_post
        ask(client, city.hr, transfer_url(city, city.ana, post), {"starts_on": day, "decree": "SK 9"})
        approve(client, city.second, "transfers", Transfer.objects.latest("pk"))
        client.force_login(city.hr)

    assert page.status_code == 200
    assert asked == [5, 8, 8]  # the cancellations, the post and its terms, once there is a transfer
    assert not Assessment.objects.exists()
