"""For how long a row was open before its verdict, and what who publishes is told of it."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction

from assessment.models import Opening, Verdict, Withdrawal
from assessment.models.readings import ReadingTime, reading_times, readings
from assessment.tests.pages import text
from tests.factories_assessment import LATER, drawn, rows, verdict

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
DAYS = [2, 3, 4, 5, 6, 9]


@pytest.fixture
def found(city):
    rows(city.ana, DAYS, 180)
    return drawn(city.month, by=city.chief)


def after(seconds):
    return LATER + timedelta(seconds=seconds)


def shown(row, seconds, *, to):
    Opening.objects.note(row, by=to, at=after(seconds))


def given(row, seconds, *, by):
    return verdict(row, by=by, at=after(seconds)).seconds_read


def test_a_verdict_keeps_how_long_its_row_was_open(city, found):
    shown(found[0], 0, to=city.nila)

    assert given(found[0], 47.9, by=city.nila) == 47
    assert Verdict.objects.get().seconds_read == 47


def test_the_first_time_it_was_shown_counts(city, found):
    shown(found[0], 0, to=city.nila)
    shown(found[0], 40, to=city.nila)

    assert given(found[0], 60, by=city.nila) == 60
    assert Opening.objects.get().at == LATER


def test_that_it_was_shown_to_somebody_else_counts_nothing(city, found):
    shown(found[0], 0, to=city.oka)

    assert given(found[0], 60, by=city.nila) is None


def test_rows_opened_beforehand_are_read_one_after_the_other(city, found):
    for each in found:
        shown(each, 0, to=city.nila)

    seconds = [given(each, 100 + number, by=city.nila) for number, each in enumerate(found)]

    assert seconds == [100, 1, 1, 1, 1, 1]


def test_after_a_withdrawal_the_row_is_read_anew(city, found):
    shown(found[0], 0, to=city.nila)
    first = verdict(found[0], by=city.nila, at=after(50))
    Withdrawal.objects.record(first, by=city.nila, at=after(60))

    assert given(found[0], 90, by=city.nila) == 30


def test_what_a_colleague_does_meanwhile_shortens_nothing(city, found):
    shown(found[0], 0, to=city.nila)
    shown(found[1], 0, to=city.oka)
    given(found[1], 55, by=city.oka)

    assert given(found[0], 60, by=city.nila) == 60


def test_the_median_and_the_quick_verdicts_are_told_by_assessor(city, found):
    for each, who in zip(found, [city.nila] * 4 + [city.oka] * 2, strict=True):
        shown(each, 0, to=who)
    for each, seconds in zip(found[:4], [30, 39, 40, 70], strict=True):
        given(each, seconds, by=city.nila)  # read 30, 9, 1 and 30 seconds
    for each, seconds in zip(found[4:], [80, 200], strict=True):
        given(each, seconds, by=city.oka)  # read 80 and 120 seconds

    assert reading_times(readings(city.month)) == [
        ReadingTime("Nila Penilai", verdicts=4, measured=4, median=19, quick=2),
        ReadingTime("Oka Penilai", verdicts=2, measured=2, median=100, quick=0),
    ]


def test_a_withdrawn_verdict_is_not_counted(city, found):
    shown(found[0], 0, to=city.nila)
    Withdrawal.objects.record(verdict(found[0], by=city.nila, at=after(2)), by=city.nila, at=after(3))

    assert reading_times(readings(city.month)) == []


def test_a_verdict_on_a_row_never_shown_is_told_as_not_measured(city, found):
    given(found[0], 5, by=city.nila)

    assert reading_times(readings(city.month)) == [
        ReadingTime("Nila Penilai", 1, measured=0, median=None, quick=0)
    ]


# pages


def test_key_1_twenty_times_in_six_seconds_is_seen_by_the_head(city, open_as, post_as, client):
    made = rows(city.ana, range(2, 7), 60) + rows(city.budi, range(2, 7), 60)
    made += rows(city.ana, range(9, 14), 60) + rows(city.budi, range(9, 14), 60)
    with time_machine.travel(LATER, tick=False) as clock:
        drawn(city.month, by=city.chief)
        for each in [row.drawn for row in made]:
            open_as(city.nila, "row", each.pk)
            clock.shift(0.3)
            post_as(city.nila, "row", each.pk, outcome="accepted", version=each.activity.version)

        pages = [open_as(city.chief, view, city.month.pk) for view in ("month", "publish")]

    expected = [ReadingTime("Nila Penilai", verdicts=20, measured=20, median=0, quick=20)]
    assert [page.context["readings"] for page in pages] == [expected] * 2
    assert ["Under 10 seconds" in text(page) for page in pages] == [True, True]


def test_an_assessor_sees_the_times_where_they_confirm_and_not_on_the_board(city, found, open_as):
    given(found[0], 5, by=city.nila)

    board, publish = (open_as(city.oka, view, city.month.pk) for view in ("month", "publish"))

    assert (board.context["readings"], len(publish.context["readings"])) == ([], 1)


def test_a_row_is_noted_as_shown_only_to_who_can_judge_it(city, found, open_as):
    verdict(found[1], by=city.oka)
    open_as(city.auditor, "row", found[0].pk)
    open_as(city.nila, "row", found[1].pk)
    open_as(city.nila, "row", found[0].pk)
    open_as(city.nila, "row", found[0].pk)

    assert list(Opening.objects.values_list("drawn_row", "by")) == [(found[0].pk, city.nila.pk)]


# what the table refuses


def test_the_table_refuses_a_second_first_time(city, found):
    shown(found[0], 0, to=city.nila)

    with pytest.raises(IntegrityError, match="a_row_is_shown_to_somebody_first_once"), transaction.atomic():
        Opening.objects.create(drawn_row=found[0], by=city.nila, at=LATER)


@pytest.mark.parametrize(
    "statement", ["DELETE FROM assessment_opening", "UPDATE assessment_opening SET at = now()"]
)
def test_what_was_shown_stays(city, found, statement):
    shown(found[0], 0, to=city.nila)

    with pytest.raises(IntegrityError, match="append_only"), connection.cursor() as cursor:
        cursor.execute(statement)
