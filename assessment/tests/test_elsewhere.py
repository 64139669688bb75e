"""What the home agency waits for where its people worked elsewhere in the month."""

from datetime import date

import pytest

from activities.models import Activity
from assessment.board import board_of, next_act
from assessment.models import Closing, Draw
from assessment.models.elsewhere import unsettled
from records.refusals import NotNow
from tests import factories
from tests.factories_assessment import LATER, MARCH, close, drawn, mark, ready, row, rows, verdict

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
WORKDAYS = [day for day in range(2, 14) if date(2026, 3, day).weekday() < 5]


@pytest.fixture
def mover(city):
    """Pindah: in the other agency until the 15th, then here, so that here is their home."""
    there = city.zul.posting_on(MARCH.first_day).post
    who = factories.staff(there, "Pindah Tugas", ends_on=date(2026, 3, 15))
    factories.posted(who, city.staff_post, date(2026, 3, 16))
    return who


def waits(city):
    city.month.refresh_from_db()
    return [str(found) for found in unsettled(city.month, [who.pk for who in everybody(city)])]


def everybody(city):
    return [city.ana, *[p.person for p in city.staff_post.postings.filter(starts_on=date(2026, 3, 16))]]


def here_ready(city, mover):
    month = ready(city)
    mark(month, mover, by=city.nila)
    return month


def test_d104_the_home_agency_waits_until_the_draw_elsewhere_needs_no_extension(city, mover):
    rows(mover, WORKDAYS * 8, 10)
    assert Activity.objects.filter(month__agency=city.other).count() == 80
    found = drawn(factories.month(city.other), by=city.chief)
    assert len(found) == 59
    for number, each in enumerate(found):
        verdict(each, by=city.nila, outcome="void" if number < 5 else "accepted")
    month = here_ready(city, mover)

    assert Draw.objects.needing_more(factories.month(city.other))
    with pytest.raises(NotNow, match="Badan Lain: its draw is to be extended .Pindah Tugas."):
        Closing.objects.propose(month, "publish", by=city.chief, at=LATER)
    act = next_act(board_of(month), city.chief, on=LATER.date(), at=LATER)
    assert "Badan Lain: its draw is to be extended" in act.text

    Draw.objects.extend(factories.month(city.other), by=city.chief, at=LATER)
    assert waits(city) == ["Badan Lain: 21 drawn rows wait for a verdict (Pindah Tugas)"]
    for each in Draw.objects.get(month__agency=city.other, number=2).rows.select_related("draw", "activity"):
        verdict(each, by=city.nila)
    mark(month, mover, by=city.nila)
    assert Closing.objects.propose(month, "publish", by=city.chief, at=LATER).is_waiting


def test_d104_every_step_still_due_elsewhere_is_named_with_its_agency(city, mover):
    row(mover, date(2026, 3, 9))
    other = factories.month(city.other)
    assert waits(city) == ["Badan Lain: its review is still open (Pindah Tugas)"]

    close(other)
    assert waits(city) == ["Badan Lain: its sample is not drawn yet (Pindah Tugas)"]

    found = drawn(other, by=city.chief)
    assert waits(city) == ["Badan Lain: 1 drawn row waits for a verdict (Pindah Tugas)"]

    verdict(found[0], by=city.nila)
    assert waits(city) == []


def test_a_row_of_somebody_else_elsewhere_may_still_extend_the_draw_and_is_waited_for(city, mover):
    row(mover, date(2026, 3, 9))
    row(city.zul, date(2026, 3, 9))
    found = drawn(factories.month(city.other), by=city.chief)
    verdict(next(each for each in found if each.activity.person_id == mover.pk), by=city.nila)

    assert waits(city) == ["Badan Lain: 1 drawn row waits for a verdict (Pindah Tugas)"]


def test_nobody_waits_for_an_agency_in_which_their_people_have_no_work(city, mover):
    row(city.zul, date(2026, 3, 9))
    factories.month(city.other)
    assert waits(city) == ["Badan Lain: its review is still open (Pindah Tugas)"]  # work may still come

    close(factories.month(city.other))
    assert waits(city) == []


def test_the_first_three_people_are_named_and_the_others_counted(city):
    there = city.zul.posting_on(MARCH.first_day).post
    for number in range(5):
        who = factories.staff(there, f"Pindah {number}", ends_on=date(2026, 3, 15))
        factories.posted(who, city.staff_post, date(2026, 3, 16))
    factories.month(city.other)

    assert waits(city) == ["Badan Lain: its review is still open (Pindah 0, Pindah 1, Pindah 2 and 2 more)"]
