"""Correcting, sending, answering, taking back and discarding. Now is Wednesday 11 March 2026, 09.00 WIB."""

from datetime import date

import pytest
from django.urls import reverse

from activities.models import Activity
from tests import factories_activities
from tests.factories import at
from tests.factories_activities import TEXT, activity

pytestmark = pytest.mark.django_db
WEDNESDAY, TUESDAY, FRIDAY = date(2026, 3, 11), date(2026, 3, 10), date(2026, 3, 6)
OLD = {"window_closes_at": at(2026, 3, 11, 0)}


@pytest.fixture
def city():
    return factories_activities.city()


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(at(2026, 3, 11), tick=False)
    return time_machine


@pytest.fixture
def ana(client, city):
    client.force_login(city.ana)
    return city.ana


def edit_of(row):
    return reverse("activities:edit", args=[row.pk])


def body(row, **fields):
    """What the browser sends for the form of `row`, unchanged but for `fields`."""
    values = {
        "performed_on": str(row.performed_on),
        "item": "other",
        "other_title": row.other_title,
        "description": row.description,
        "starts_at": "",
        "minutes": row.minutes,
        "quantity": row.quantity,
        "version": row.version,
    }
    return values | fields


def test_the_form_of_a_row_is_filled_with_it(client, ana):
    row = activity(ana, TUESDAY, minutes=45)

    form = client.get(edit_of(row)).context["form"]

    shown = {
        name: form[name].value() for name in ("performed_on", "item", "description", "minutes", "version")
    }
    assert shown == {
        "performed_on": TUESDAY,
        "item": "other",
        "description": TEXT,
        "minutes": 45,
        "version": 1,
    }


def test_a_correction_is_saved_as_a_new_version(client, ana):
    row = activity(ana, TUESDAY)

    answer = client.post(edit_of(row), body(row, minutes="60"))

    row.refresh_from_db()
    assert answer.url == f"/activities/day/2026-03-10/#activity-{row.pk}"
    assert (row.minutes, row.version, row.status) == (60, 2, "reported")


def test_a_draft_is_sent_or_kept_by_the_button_pressed(client, ana):
    row = activity(ana, TUESDAY, status="draft")

    client.post(edit_of(row), body(row, minutes="60", draft="1"))
    row.refresh_from_db()
    assert (row.status, row.minutes, row.version) == ("draft", 60, 2)

    client.post(edit_of(row), body(row))
    row.refresh_from_db()
    assert (row.status, row.first_reported_at, row.version) == ("reported", at(2026, 3, 11), 3)


def test_an_old_draft_is_refused_beside_its_day_and_sent_for_an_open_one(client, ana):
    row = activity(ana, FRIDAY, status="draft")

    answer = client.post(edit_of(row), body(row))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["performed_on"])

    client.post(edit_of(row), body(row, performed_on="2026-03-10"))
    row.refresh_from_db()
    assert (row.status, row.performed_on) == ("reported", TUESDAY)


def test_a_return_is_answered_and_waits_in_its_second_round(client, ana):
    row = activity(ana, FRIDAY, status="returned")

    page = client.get(edit_of(row)).content.decode()
    client.post(edit_of(row), body(row, description="Daftar hadir sudah dilampirkan."))

    row.refresh_from_db()
    assert "Dikembalikan atasan Anda. Jawab sebelum Sab, 14 Mar 24.00 WIB." in page
    assert (row.status, row.round, row.version) == ("reported", 2, 2)


def test_a_return_answered_too_late_is_refused(client, ana):
    row = activity(ana, FRIDAY, status="returned", return_due_at=at(2026, 3, 11))

    answer = client.post(edit_of(row), body(row))

    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors() == ["Waktu untuk menjawab pengembalian ini sudah lewat."]


def test_after_the_window_figures_that_are_posted_are_ignored_and_the_text_is_saved(client, ana):
    row = activity(ana, FRIDAY, **OLD)

    page = client.get(edit_of(row))
    changed = {"minutes": "10", "performed_on": "2026-03-11", "description": "Uraian yang baru."}
    client.post(edit_of(row), body(row, **changed))

    row.refresh_from_db()
    assert page.context["form"].fields["minutes"].disabled
    assert (row.minutes, row.performed_on, row.description, row.version) == (
        90,
        FRIDAY,
        "Uraian yang baru.",
        2,
    )


def test_a_version_that_was_changed_meanwhile_is_refused_and_what_was_typed_stays(client, ana):
    row = activity(ana, TUESDAY)
    Activity.objects.get(pk=row.pk).edit(by=ana, at=at(2026, 3, 11), minutes=30)

    answer = client.post(edit_of(row), body(row, minutes="75", description="Yang saya ketik tadi."))

    row.refresh_from_db()
    assert (answer.status_code, row.minutes, row.version) == (409, 30, 2)
    assert answer.context["form"]["description"].value() == "Yang saya ketik tadi."
    assert len(answer.context["form"].non_field_errors()) == 1


def test_a_form_without_a_version_is_refused(client, ana):
    row = activity(ana, TUESDAY)

    assert client.post(edit_of(row), body(row, version="")).status_code == 422


@pytest.mark.parametrize("status", ["approved", "rejected", "voided"])
def test_decided_work_has_no_form_and_takes_no_change(client, ana, status):
    row = activity(ana, TUESDAY, status=status)

    assert client.get(edit_of(row)).url == f"/activities/{row.pk}/"
    assert client.post(edit_of(row), body(row, minutes="10")).status_code == 409
    row.refresh_from_db()
    assert (row.minutes, row.version) == (90, 1)


def test_d41_a_posted_status_is_ignored(client, ana):
    row = activity(ana, TUESDAY)

    client.post(edit_of(row), body(row, status="approved", approved_minutes=450, counted_minutes=450))

    row.refresh_from_db()
    assert (row.status, row.approved_minutes, row.counted_minutes) == ("reported", 0, 0)


def test_d33_no_page_of_another_person_s_row_is_found(client, city, ana):
    row = activity(city.budi, TUESDAY)

    for name in ("detail", "edit"):
        assert client.get(reverse(f"activities:{name}", args=[row.pk])).status_code == 404
    for name in ("edit", "withdraw", "discard"):
        assert client.post(reverse(f"activities:{name}", args=[row.pk]), body(row)).status_code == 404
    row.refresh_from_db()
    assert row.version == 1


def test_a_superior_does_not_open_a_report_as_its_owner(client, city):
    row = activity(city.ana, TUESDAY)
    client.force_login(city.supervisor)

    assert client.get(f"/activities/{row.pk}/").status_code == 404


def test_a_report_is_taken_back_with_a_sentence(client, ana):
    row = activity(ana, TUESDAY)

    answer = client.post(reverse("activities:withdraw", args=[row.pk]), {"version": 1}, follow=True)

    row.refresh_from_db()
    assert (row.status, row.version) == ("draft", 2)
    assert f"K-{row.pk} ditarik dan menjadi draf lagi" in answer.content.decode()


def test_a_report_is_not_taken_back_once_its_window_is_over(client, ana):
    row = activity(ana, FRIDAY, **OLD)

    answer = client.post(reverse("activities:withdraw", args=[row.pk]), {"version": 1})

    assert (answer.status_code, "tidak bisa ditarik" in answer.content.decode()) == (422, True)


@pytest.mark.parametrize(("status", "version"), [("reported", 9), ("approved", 1), ("draft", 1)])
def test_taking_back_what_changed_or_was_decided_meanwhile_is_refused(client, ana, status, version):
    row = activity(ana, TUESDAY, status=status)

    answer = client.post(reverse("activities:withdraw", args=[row.pk]), {"version": version})

    row.refresh_from_db()
    assert (answer.status_code, row.status, row.version) == (409, status, 1)


def test_a_draft_is_discarded_and_leads_to_its_day(client, ana):
    row = activity(ana, TUESDAY, status="draft")

    answer = client.post(reverse("activities:discard", args=[row.pk]), {"version": 1}, follow=True)

    assert answer.redirect_chain == [("/activities/day/2026-03-10/", 302)]
    assert f"Draf K-{row.pk} sudah dibuang." in answer.content.decode()
    assert not Activity.objects.exists()


def test_a_report_is_not_discarded(client, ana):
    row = activity(ana, TUESDAY)

    assert client.post(reverse("activities:discard", args=[row.pk]), {"version": 1}).status_code == 409
    assert Activity.objects.exists()


@pytest.mark.parametrize("name", ["withdraw", "discard"])
def test_these_are_posted_with_a_version(client, ana, name):
    row = activity(ana, TUESDAY, status="draft")
    url = reverse(f"activities:{name}", args=[row.pk])

    assert client.get(url).status_code == 405
    assert client.post(url).status_code == 422
    assert Activity.objects.count() == 1


def test_d07_a_correction_sent_after_the_session_ended_is_back_after_sign_in(client, ana):
    row = activity(ana, TUESDAY)
    client.logout()

    client.post(edit_of(row), body(row, description="Diketik setelah sesi berakhir.", person=ana.pk))
    client.force_login(ana)

    assert client.get(edit_of(row)).context["form"]["description"].value() == "Diketik setelah sesi berakhir."
    row.refresh_from_db()
    assert row.version == 1
