"""A month that was closed early, or is final: what its owner can still do. Now is Thursday 2 April 2026."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from activities.models import Activity
from activities.tests.test_constraints import finalise
from activities.tests.test_edit import body, edit_of
from organization.models import Posting
from tests import factories, factories_activities
from tests.factories import at
from tests.factories_activities import TEXT, activity, typed

pytestmark = pytest.mark.django_db
NOW, LAST = at(2026, 4, 2), date(2026, 3, 31)
OPEN = {"window_closes_at": at(2026, 4, 3, 0)}


@pytest.fixture
def city():
    return factories_activities.city()


@pytest.fixture
def ana(client, city, time_machine):
    time_machine.move_to(NOW, tick=False)
    client.force_login(city.ana)
    return city.ana


def closed_early(row):
    row.month.close(by=factories.person(), at=at(2026, 4, 1), reason="semua selesai")
    return Activity.objects.get(pk=row.pk)


def test_d21_a_month_closed_early_takes_back_nothing_and_fixes_the_figures(client, ana):
    row = closed_early(activity(ana, LAST, minutes=60, **OPEN))

    page = client.get(row.get_absolute_url())
    with pytest.raises(ValidationError) as taken_back:
        row.withdraw(by=ana, at=NOW)
    with pytest.raises(ValidationError) as changed:
        row.edit(by=ana, at=NOW, minutes=400)
    row.edit(by=ana, at=NOW, description="Uraian yang diperjelas.")

    assert page.context["can_withdraw"] is False
    assert taken_back.value.code == "window_over"
    assert changed.value.error_dict["minutes"][0].code == "figures_fixed"
    row.refresh_from_db()
    assert (row.status, row.minutes, row.description) == ("reported", 60, "Uraian yang diperjelas.")


def test_d06_taking_back_promises_no_later_moment_than_the_month_allows(client, ana):
    row = activity(ana, LAST, **OPEN)
    row.month.move_dates(
        by=factories.person(), at=NOW, reason="dipercepat", entry_closes_at=at(2026, 4, 2, 18)
    )

    assert "sampai Kam, 2 Apr 18.00 WIB" in client.get(row.get_absolute_url()).content.decode()


def test_a_draft_left_in_a_closed_month_says_so_and_is_only_thrown_away(client, ana):
    row = closed_early(activity(ana, LAST, status="draft"))

    page = client.get(row.get_absolute_url())
    answer = client.post(edit_of(row), body(row, description="Uraian setelah ditutup."))

    assert (page.context["can_edit"], page.context["can_discard"]) == (False, True)
    assert "Draf ini tidak dikirim sebelum bulannya ditutup" in page.content.decode()
    assert answer.context["form"].non_field_errors() == [
        "Bulan ini sudah ditutup untuk pelaporan: tidak ada lagi yang dapat ditambahkan."
    ]
    assert (answer.status_code, answer.context["form"]["description"].value()) == (
        409,
        "Uraian setelah ditutup.",
    )
    assert client.post(reverse("activities:discard", args=[row.pk]), {"version": 1}).status_code == 302


def test_a_form_sent_into_a_final_month_keeps_what_was_typed_beside_a_sentence(client, ana):
    row = activity(ana, LAST, status="draft")
    finalise(row.month)

    answer = client.post(edit_of(row), body(row, description="Uraian setelah ditetapkan."))

    form = answer.context["form"]
    assert (answer.status_code, form["description"].value()) == (409, "Uraian setelah ditetapkan.")
    assert form.non_field_errors() == ["Bulan ini sudah final: tidak ada lagi yang dapat diubah di dalamnya."]
    row.refresh_from_db()
    assert row.version == 1


def test_a_draft_left_in_a_final_month_offers_nothing(client, ana):
    row = activity(ana, LAST, status="draft")
    finalise(row.month)

    page = client.get(row.get_absolute_url())

    offered = {name: page.context[name] for name in ("can_edit", "can_withdraw", "can_discard")}
    assert offered == dict.fromkeys(offered, False)
    assert client.get(edit_of(row)).headers["Location"] == row.get_absolute_url()


def test_d54_a_correction_of_the_text_keeps_the_norm_the_work_was_reported_by(client, ana):
    item = factories_activities.item(standard=30)
    row = activity(ana, LAST, item=item, minutes=60, quantity=2, standard_minutes=30, credited_minutes=60)
    item.standard_minutes, item.is_active = 10, False
    item.save()

    row.edit(by=ana, at=NOW, description="Uraian yang diperjelas.")

    row.refresh_from_db()
    assert (row.standard_minutes, row.credited_minutes, row.version) == (30, 60, 2)


def test_an_answer_for_a_day_without_a_post_any_more_is_a_sentence(client, ana):
    row = activity(ana, LAST, status="draft", **OPEN)
    Posting.objects.filter(person=ana).update(ends_on=date(2026, 3, 30))

    answer = client.post(edit_of(row), body(row, description=TEXT, draft="1"))

    assert answer.status_code == 422
    assert answer.context["form"].errors["performed_on"] == [
        "Pada hari itu Anda tidak menduduki jabatan. Tanyakan kepada BKPSDM bila itu keliru."
    ]


@pytest.mark.parametrize("minutes", ["1441", "9090", "40000"])
def test_d09_more_minutes_than_a_day_has_are_a_sentence_for_a_draft_too(client, ana, minutes):
    data = typed(LAST, minutes=minutes) | {"item": "other", "draft": "1", "starts_at": ""}
    data |= {"form_token": "8f5b1f4e-6f55-4a0c-9f0c-0d5a52b1c001"}

    answer = client.post(reverse("activities:create"), data)

    assert (answer.status_code, Activity.objects.count()) == (422, 0)
    assert answer.context["form"].errors["minutes"] == ["Sehari semalam hanya ada 1.440 menit."]
