"""The list of months, the board of one, closing it and moving its dates."""

from datetime import date

import pytest
from django.urls import reverse

from assessment.models import Closing, Draw, DrawnRow
from assessment.tests.pages import DAYS, text
from calendars.models import Month
from tests import factories, factories_activities
from tests.factories import at
from tests.factories_assessment import (
    LATER,
    close,
    drawn,
    mark,
    published,
    row,
    rows,
    verdict,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def test_the_list_shows_the_agencies_of_the_latest_past_month_by_name(city, open_as):
    factories.month(city.other)
    answer = open_as(city.chief, "months")

    assert [str(month.agency) for month, _work, _step in answer.context["rows"]] == [
        "Badan Lain",
        "Dinas Contoh",
    ]


def test_an_assessor_lists_their_agencies_only(city, open_as):
    factories.month(city.other)
    some = factories.assessor(city.other, office=city.unit)

    assert [str(month.agency) for month, _work, _step in open_as(some, "months").context["rows"]] == [
        "Badan Lain"
    ]


def test_the_counts_of_the_list_are_each_counted_on_their_own(city, open_as):
    rows(city.ana, DAYS[:3])
    row(city.budi, date(2026, 3, 31), status="reported")
    row(city.budi, date(2026, 3, 30), status="draft", in_time=False)
    found = drawn(city.month, by=city.chief)
    verdict(found[0], by=city.nila)
    counts = [counts_of(city, open_as)]
    for each in found[1:]:
        verdict(each, by=city.nila)
    mark(city.month, city.budi, by=city.nila)
    counts.append(counts_of(city, open_as))

    assert counts == [(1, 3, 3, 1, 0), (1, 3, 3, 3, 1)]


def counts_of(city, open_as):
    [(_month, work, _step)] = open_as(city.chief, "months").context["rows"]
    return work.waiting, work.decided, work.drawn, work.read, work.marked


def test_the_board_says_what_comes_next(city, open_as):
    rows(city.ana, DAYS[:2])
    expected = []
    for act in (
        lambda: None,
        lambda: close(city.month),
        lambda: Draw.objects.draw(city.month, by=city.chief, at=LATER),
        lambda: [verdict(r, by=city.nila) for r in rows_now(city)],
        lambda: [
            mark(city.month, who, by=city.nila) for who in (city.ana, city.budi, city.supervisor, city.head)
        ],
    ):
        act()
        expected.append(open_as(city.chief, "month", city.month.pk).context["next"].url)

    assert expected == [
        reverse(f"assessment:{view}", args=[city.month.pk])
        for view in ("close", "draw", "verify", "confirm_many", "publish")
    ]


def rows_now(city):
    return DrawnRow.objects.filter(draw__month=city.month).select_related("draw", "activity")


def test_rows_left_undecided_come_first(city, open_as):
    row(city.ana, date(2026, 3, 31), status="reported")
    close(city.month)

    assert open_as(city.nila, "month", city.month.pk).context["next"].url == reverse(
        "approvals:left", args=[city.month.pk]
    )


def test_the_seed_is_shown_from_entry_close(city, open_as):
    april = factories.month(city.agency, 2027, 4)

    assert city.month.seed in text(open_as(city.nila, "draw", city.month.pk))
    assert april.seed not in text(open_as(city.nila, "draw", april.pk))
    assert april.seed not in text(open_as(city.nila, "month", april.pk))


# close and dates


def test_the_head_closes_a_month_before_its_moment_with_a_reason(city, post_as):
    Month.objects.filter(pk=city.month.pk).update(
        review_closes_at=at(2099, 1, 1), publication_due_at=at(2099, 1, 2)
    )

    refused = post_as(city.chief, "close", city.month.pk, reason="")
    assert (refused.status_code, Month.objects.get(pk=city.month.pk).status) == (422, "open")

    answer = post_as(city.chief, "close", city.month.pk, reason="Semua sudah diputuskan.")
    assert (answer.status_code, Month.objects.get(pk=city.month.pk).status) == (302, "verifying")


def test_d17_before_a_month_is_closed_the_head_reads_whose_work_no_superior_can_decide(city, open_as):
    for who in (city.ana, city.head, city.head):
        factories_activities.activity(who, date(2026, 3, 9))
    page = open_as(city.chief, "close", city.month.pk)

    assert page.context["unled"] == [city.head_post]
    assert f"No superior can decide what was reported from here: {city.head_post}." in text(page)

    city.head.activities.update(status="approved", approved_minutes=90, counted_minutes=90)
    assert open_as(city.chief, "close", city.month.pk).context["unled"] == []


def test_a_month_that_is_not_over_is_not_closed(city, post_as):
    later = factories.month(city.agency, 2099, 1)

    answer = post_as(city.chief, "close", later.pk, reason="Terlalu cepat.")

    assert (answer.status_code, "The month is not over yet." in text(answer)) == (422, True)
    assert "Terlalu cepat." in text(answer)


def test_a_date_not_reached_is_moved_to_the_end_of_a_later_day(city, post_as):
    later = factories.month(city.agency, 2099, 1)

    answer = post_as(city.chief, "dates", later.pk, publication_due_at="2099-02-28", reason="Pemilu kota.")

    later.refresh_from_db()
    assert (answer.status_code, later.publication_due_at) == (302, at(2099, 3, 1, 0))
    assert later.acts.get().reason == "Pemilu kota."


def test_dates_out_of_order_or_over_are_refused(city, post_as):
    later = factories.month(city.agency, 2099, 1)
    before = later.publication_due_at

    answers = [
        post_as(city.chief, "dates", later.pk, publication_due_at="2099-01-15", reason="Salah ketik."),
        post_as(city.chief, "dates", later.pk, publication_due_at="2001-01-15", reason="Salah ketik."),
        post_as(city.chief, "dates", later.pk, reason="Salah ketik."),
        post_as(city.chief, "dates", later.pk, publication_due_at="2099-03-15", reason=""),
    ]

    later.refresh_from_db()
    assert ([answer.status_code for answer in answers], later.publication_due_at) == ([422] * 4, before)


def test_in_demo_mode_today_means_now(city, post_as, settings):
    settings.DEMO = True
    month = published(city)
    Month.objects.filter(pk=month.pk).update(objections_close_at=at(2099, 1, 1))

    answer = post_as(
        city.chief,
        "dates",
        month.pk,
        objections_close_at=city.chief.today().isoformat(),
        reason="Peragaan kota",
    )

    assert answer.status_code == 302
    assert "The waiting time before it is final is over" in text(
        post_as(city.nila, "finalise", month.pk, act="propose")
    ) or (Closing.objects.filter(kind="finalise").exists())


def test_d06_a_month_that_somebody_else_closed_is_not_said_to_be_closed_by_me(city, post_as):
    close(city.month)

    answer = post_as(city.chief, "close", city.month.pk, reason="Semua sudah diputuskan.")

    assert (answer.status_code, "Semua sudah diputuskan." in text(answer)) == (409, True)
    assert [act.reason for act in city.month.acts.all()] == [""]


@pytest.mark.parametrize("day", ["9999-12-31", "2099-01-01"])
def test_a_date_years_away_is_a_sentence(city, post_as, day):
    later = factories.month(city.agency, 2090, 1)

    answer = post_as(city.chief, "dates", later.pk, publication_due_at=day, reason="Salah ketik.")

    assert answer.status_code == 422
    assert answer.context["form"].errors["publication_due_at"] == [
        "Choose today or a later day, within a year of the month."
    ]
