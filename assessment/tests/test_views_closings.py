"""Publishing, finalising, one's own score, and the number of queries."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessment.models import Closing
from assessment.tests.pages import DAYS, text
from calendars.models import Month
from tests import factories
from tests.factories import at
from tests.factories_assessment import (
    AFTER_OBJECTIONS,
    LATER,
    close,
    drawn,
    mark,
    published,
    ready,
    row,
    rows,
    verdict,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def test_a_month_is_published_in_two_pages_by_two_people(city, post_as):
    month = ready(city)

    proposed = post_as(city.chief, "publish", month.pk, act="propose")
    alone = post_as(city.chief, "publish", month.pk, act="confirm")
    confirmed = post_as(city.nila, "publish", month.pk, act="confirm")

    assert [proposed.status_code, alone.status_code, confirmed.status_code] == [302, 403, 302]
    assert "Who proposed a step cannot confirm it." in text(alone)
    month.refresh_from_db()
    assert month.status == Month.Status.PUBLISHED


def test_d06_nothing_is_confirmed_that_nobody_proposed(city, post_as):
    ready(city)

    answer = post_as(city.chief, "publish", city.month.pk, act="confirm")

    assert (answer.status_code, Closing.objects.exists()) == (409, False)
    assert "Nothing has been proposed yet that could be confirmed." in text(answer)


def test_a_blocked_step_is_refused_with_what_blocks(city, post_as):
    rows(city.ana, DAYS)
    close(city.month)

    answer = post_as(city.chief, "publish", city.month.pk, act="propose")

    assert (answer.status_code, "The sample is drawn: not drawn yet" in text(answer)) == (409, True)
    assert not Closing.objects.exists()


# one's own score


def test_one_s_own_score_is_seen_from_publication_with_all_it_came_from(city, open_as):
    rows(city.ana, DAYS, 300)
    ready(city)
    before = text(open_as(city.ana, "mine", city.month.key))
    step = Closing.objects.propose(city.month, "publish", by=city.chief, at=LATER)
    Closing.objects.confirm(step, by=city.nila, at=LATER)

    after = text(open_as(city.ana, "mine", city.month.key))

    assert "Not published yet" in before and "49.09" not in before
    assert "49.09" in after and "2,400 counted minutes of a target of 6,600" in after


def test_nobody_sees_another_person_s_score(city, open_as):
    rows(city.ana, DAYS, 300)
    published(city)

    assert "49.09" not in text(open_as(city.budi, "mine", city.month.key))


def test_a_published_score_stays_readable_after_a_transfer(city, open_as):
    rows(city.ana, DAYS, 300)
    published(city)
    city.ana.postings.update(ends_on=date(2026, 4, 30))

    assert "49.09" in text(open_as(city.ana, "mine", city.month.key))


# queries


@pytest.fixture
def queries_of(client):
    def queries(who, view, *args):
        """How many queries the second visit of `who` takes: signing in and caches are not the page's."""
        url = reverse(f"assessment:{view}", args=args)
        client.force_login(who)
        client.get(url)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    return queries


def grow(city, number):
    """`number` more people with rows, and as many agencies with a month."""
    for n in range(number):
        who = factories.staff(city.staff_post, f"Orang {n}")
        rows(who, DAYS[:3])
        factories.month(factories.agency())


@pytest.mark.parametrize(
    ("view", "most"),
    [("months", 14), ("month", 36), ("draw", 24), ("people", 26), ("confirm_many", 26), ("publish", 32)],
)
def test_a_page_takes_as_many_queries_for_few_rows_as_for_many(city, queries_of, view, most):
    args = [] if view == "months" else [city.month.pk]
    rows(city.ana, DAYS[:1])
    found = [queries_of(city.chief, view, *args)]
    grow(city, 3)
    found.append(queries_of(city.chief, view, *args))
    first, second, third, *rest = drawn(city.month, by=city.chief)
    for some in ([first], [second, third]):
        for each in some:
            verdict(each, by=city.nila)
        found.append(queries_of(city.chief, view, *args))
    for each in rest:
        verdict(each, by=city.nila)
    for some in ([city.ana], [city.budi, city.supervisor]):
        for who in some:
            mark(city.month, who, by=city.nila)
        found.append(queries_of(city.chief, view, *args))

    assert (found[1], found[3], found[5]) == (found[0], found[2], found[4])
    assert max(found) <= most, found


def test_the_workbench_takes_as_many_queries_for_one_row_as_for_many(city, queries_of):
    rows(city.ana, DAYS[:1])
    found = drawn(city.month, by=city.chief)[0]
    first = queries_of(city.nila, "row", found.pk)
    april = factories.month(city.agency, 2026, 4)
    for day in (1, 2, 3, 6, 7):
        row(city.ana, date(2026, 4, day))
        row(city.ana, date(2026, 4, day))
    last = next(
        r for r in drawn(april, by=city.chief, at=at(2026, 5, 20)) if r.activity.performed_on.day == 7
    )

    assert queries_of(city.nila, "row", last.pk) == first <= 30


# who waits for whom


WAITS = "waits for a second person to confirm it (not Citra Ketua), since"


def test_a_proposal_says_for_whom_the_month_waits_and_since_when(city, open_as, post_as):
    month = ready(city)
    assert "Everything is ready for publication." in text(open_as(city.chief, "month", month.pk))
    post_as(city.chief, "publish", month.pk, act="propose")

    board = text(open_as(city.chief, "month", month.pk))
    page = text(open_as(city.chief, "publish", month.pk))
    months = text(open_as(city.chief, "months"))

    assert [WAITS in each for each in (board, page, months)] == [True, True, True]
    assert "Everything is ready for publication." not in board
    assert "Nila Penilai; Oka Penilai" in page
    assert "Confirm…" not in board and 'value="confirm"' not in page


def test_whoever_may_confirm_is_led_there(city, open_as, post_as):
    month = ready(city)
    post_as(city.chief, "publish", month.pk, act="propose")

    assert "Confirm…" in text(open_as(city.nila, "month", month.pk))
    assert 'value="confirm"' in text(open_as(city.nila, "publish", month.pk))


def test_what_needs_the_head_is_not_offered_to_a_second_assessor(city, open_as, post_as):
    month = ready(city)
    post_as(city.nila, "publish", month.pk, act="propose")

    page = text(open_as(city.oka, "publish", month.pk))

    assert "One of the two is the head of assessment." in page and 'value="confirm"' not in page
    assert [str(who) for who in Closing.objects.get().seconds(at=LATER)] == ["Citra Ketua"]


def test_who_may_confirm_is_asked_like_the_act_itself(city):
    step = Closing.objects.propose(ready(city), "publish", by=city.chief, at=LATER)
    insider = factories.assessor(city.agency, name="Orang dalam", office=city.agency)
    stranger = factories.assessor(city.other, name="Orang lain", office=city.unit)

    people = [city.chief, city.nila, city.oka, insider, stranger]
    found = [who for who in people if Closing.objects.confirmable_by(who, at=LATER).exists()]

    assert found == list(step.seconds(at=LATER)) == [city.nila, city.oka]


def test_the_proposal_to_make_it_final_says_the_same(city, open_as):
    month = published(city)
    Closing.objects.propose(month, "finalise", by=city.chief, at=AFTER_OBJECTIONS)

    page = text(open_as(city.nila, "finalise", month.pk))

    assert "Making it final " + WAITS in page
