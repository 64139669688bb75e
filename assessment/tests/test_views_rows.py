"""The draw and the workbench."""

from datetime import date

import pytest
from django.urls import reverse

from assessment.models import Draw, DrawnRow, Verdict
from assessment.tests.pages import DAYS, text
from organization.models import Role
from tests import factories
from tests.factories import at
from tests.factories_assessment import (
    LATER,
    close,
    decide,
    drawn,
    row,
    rows,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def test_the_plan_shows_the_sizes_that_follow(city, open_as):
    rows(city.ana, DAYS)
    close(city.month)

    strata = open_as(city.nila, "draw", city.month.pk).context["strata"]

    assert [(s.population, s.size) for s in strata] == [(8, 8), (0, 0), (0, 0)]


def test_the_head_draws_once(city, post_as, open_as):
    rows(city.ana, DAYS)
    close(city.month)

    statuses = [post_as(city.chief, "draw", city.month.pk, act="draw").status_code for _ in range(2)]

    assert (statuses, Draw.objects.count(), DrawnRow.objects.count()) == ([302, 302], 3, 8)
    assert open_as(city.nila, "draw", city.month.pk).context["is_drawn"]


def test_an_assessor_cannot_draw_and_an_open_month_is_not_drawn(city, post_as):
    open_month = post_as(city.chief, "draw", city.month.pk, act="draw")
    close(city.month)
    assessor = post_as(city.nila, "draw", city.month.pk, act="draw")

    assert (open_month.status_code, assessor.status_code, Draw.objects.count()) == (409, 403, 0)
    assert [len(answer.context["form"].non_field_errors()) for answer in (open_month, assessor)] == [1, 1]


def test_a_draw_that_asks_for_nothing_is_told(city, post_as):
    answer = post_as(city.chief, "draw", city.month.pk, act="shuffle")

    assert (answer.status_code, "Nothing was asked for." in text(answer)) == (422, True)


# workbench


def test_a_verdict_leads_to_the_next_row_at_once(city, post_as, client):
    rows(city.ana, DAYS[:2], 180)
    first, second = drawn(city.month, by=city.chief)

    answer = post_as(city.nila, "row", first.pk, outcome="accepted", version=first.activity.version)
    onward = client.get(answer.url)

    assert onward.url == reverse("assessment:row", args=[second.pk])
    assert Verdict.objects.get().drawn_row == first


def test_skipping_leads_past_the_row_and_round_again(city, open_as):
    rows(city.ana, DAYS[:2])
    first, second = drawn(city.month, by=city.chief)

    urls = [open_as(city.nila, "verify", city.month.pk, after=r.pk).url for r in (first, second)]

    assert urls == [reverse("assessment:row", args=[r.pk]) for r in (second, first)]


def test_rows_a_person_may_not_read_are_not_led_to(city, open_as):
    made = row(city.ana, date(2026, 3, 9), status="reported")
    type(made).objects.filter(pk=made.pk).update(status="approved", approved_minutes=60, counted_minutes=60)
    made.refresh_from_db()
    decide(made, by=city.oka, at=LATER)
    found = drawn(city.month, by=city.chief)[0]

    assert open_as(city.oka, "verify", city.month.pk).url == reverse("assessment:month", args=[city.month.pk])
    assert open_as(city.nila, "verify", city.month.pk).url == reverse("assessment:row", args=[found.pk])
    assert "Accept" not in text(open_as(city.oka, "row", found.pk))


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"outcome": "fewer", "minutes": "60"}, "reason_code"),
        ({"outcome": "void"}, "reason_code"),
        ({"outcome": "fewer", "reason_code": "A1"}, "minutes"),
        ({"outcome": "fewer", "reason_code": "A1", "minutes": "180"}, "minutes"),
        ({"outcome": "fewer", "reason_code": "A1", "minutes": "abc"}, "minutes"),
        ({"outcome": "void", "reason_code": "Z9"}, "reason_code"),
    ],
)
def test_a_rejected_verdict_keeps_what_was_typed_and_names_the_field(city, post_as, data, field):
    rows(city.ana, DAYS[:1], 180)
    found = drawn(city.month, by=city.chief)[0]

    answer = post_as(
        city.nila, "row", found.pk, version=found.activity.version, reason="Catatan saya", **data
    )

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert "Catatan saya" in text(answer) and not Verdict.objects.exists()


def test_d20_the_second_assessor_is_told_who_was_first(city, post_as):
    rows(city.ana, DAYS[:1], 180)
    found = drawn(city.month, by=city.chief)[0]
    version = found.activity.version
    post_as(city.nila, "row", found.pk, outcome="accepted", version=version)

    answer = post_as(city.oka, "row", found.pk, outcome="void", reason_code="A1", version=version)

    assert answer.status_code == 409
    assert "already been verified by Nila Penilai: accepted" in text(answer)


def test_a_verdict_of_somebody_who_may_not_is_refused_with_a_sentence(city, post_as):
    rows(city.ana, DAYS[:1], 180)
    found = drawn(city.month, by=city.chief)[0]
    factories.grant(city.supervisor, Role.ASSESSOR, city.agency)
    city.chief.postings.update(post=city.staff_post)

    answer = post_as(city.chief, "row", found.pk, outcome="accepted", version=found.activity.version)

    assert (answer.status_code, "never their own" in text(answer)) == (403, True)


def test_the_workbench_shows_the_day_the_text_and_how_fast_it_was_decided(city, open_as):
    row(
        city.ana,
        date(2026, 3, 2),
        description="Mengawasi pekerjaan drainase di dua lokasi",
        status="rejected",
    )
    when = at(2026, 3, 10, 9)
    made = row(
        city.ana, date(2026, 3, 9), description="Mengawasi pekerjaan drainase di tiga lokasi", decided_at=when
    )
    row(city.ana, date(2026, 3, 9), 45, other_title="Rapat mutu", decided_at=when)
    found = next(r for r in drawn(city.month, by=city.chief) if r.activity == made)

    page = text(open_as(city.nila, "row", found.pk))

    assert "Rapat mutu" in page
    assert "<ins>tiga</ins>" in page and "<del>dua</del>" in page
    assert "2 rows decided within a minute before and after" in page
    assert "Sum, target 300" in page


def test_d37_script_in_a_description_is_shown_as_text(city, open_as):
    made = row(city.ana, date(2026, 3, 9), description="<script>alert(1)</script> laporan")
    found = drawn(city.month, by=city.chief)[0]

    page = text(open_as(city.nila, "row", found.pk))

    assert "<script>alert" not in page and "&lt;script&gt;alert(1)" in page and found.activity == made


@pytest.mark.parametrize("after", ["²", "9" * 5_000, "-1", ""])
def test_an_odd_place_to_go_on_from_leads_to_the_first_row(city, open_as, after):
    rows(city.ana, DAYS[:2], 180)
    first = drawn(city.month, by=city.chief)[0]

    assert open_as(city.nila, "verify", city.month.pk, after=after).url == reverse(
        "assessment:row", args=[first.pk]
    )
