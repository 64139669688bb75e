"""The proposed marks of many people at once, and the sample that must be read before any mark."""

from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessment.models import Assessment, Draw
from assessment.models.marks import Listed
from assessment.models.person_months import person_months
from records.refusals import NotNow
from tests import factories
from tests.at_once import at_once
from tests.factories_assessment import LATER, close, drawn, mark, read, rows, stage, verdict

pytestmark = pytest.mark.django_db
WORKDAYS = [2, 3, 4, 5, 6, 9, 10, 11, 12, 13, 16, 17, 18, 19, 20, 23, 24, 25, 26, 27, 30, 31]


@pytest.fixture
def city():
    return stage()


def listed_now(city, people):
    found = person_months(city.month, people=[who.pk for who in people])
    return [Listed(who.pk, found[who.pk].facts.stamp, found[who.pk].version) for who in people]


def test_bulk_marks_take_as_many_queries_for_one_person_as_for_many(city):
    rows(city.ana, WORKDAYS[:2])
    everybody = [factories.staff(city.staff_post, f"Orang {number}") for number in range(9)]
    read(city)
    mark(city.month, everybody[0], by=city.oka)
    found = []
    for people in ([city.ana], everybody):
        listed = listed_now(city, people)
        with CaptureQueriesContext(connection) as queries:
            results = Assessment.objects.confirm_many(city.month, listed, by=city.nila, at=LATER)
        assert {result.sentence for result in results} == {""}
        found.append([query["sql"] for query in queries])

    assert len(found[0]) == len(found[1]) <= 21
    assert [sum(sql.startswith("INSERT") for sql in each) for each in found] == [1, 1]
    assert sorted(Assessment.objects.values_list("person", "version", "marked_by")) == sorted(
        (who.pk, 2 if who == everybody[0] else 1, city.nila.pk) for who in [city.ana, *everybody]
    )


@pytest.mark.usefixtures("english")
def test_bulk_marks_sent_twice_are_one_mark_and_another_assessor_reads_whose_it_is(city):
    read(city)
    listed = listed_now(city, [city.ana, city.budi])

    first, again = [
        Assessment.objects.confirm_many(city.month, listed, by=city.nila, at=LATER) for _time in range(2)
    ]
    other = Assessment.objects.confirm_many(city.month, listed, by=city.oka, at=LATER)

    assert first == again == [(city.ana.pk, ""), (city.budi.pk, "")]
    assert {result.sentence for result in other} == {
        "Nila Penilai has already confirmed a mark for this person: 0.00."
    }
    assert sorted(Assessment.objects.values_list("version", "marked_by")) == [(1, city.nila.pk)] * 2


@pytest.mark.django_db(transaction=True)
def test_of_two_who_confirm_the_same_people_at_once_one_is_told_the_name_of_the_other(city):
    read(city)
    listed = listed_now(city, [city.ana, city.budi])
    confirm = partial(Assessment.objects.confirm_many, city.month, listed, at=LATER)

    found = at_once(partial(confirm, by=city.nila), partial(confirm, by=city.oka))

    done, told = sorted(found, key=lambda results: bool(results[0].sentence))
    [winner] = {row.marked_by for row in Assessment.objects.all()}
    assert {result.sentence for result in done} == {""}
    assert {result.sentence for result in told} == {
        f"{winner} sudah mengonfirmasi nilai mutu pegawai ini: 0,00."
    }


@pytest.mark.usefixtures("english")
def test_no_mark_is_given_before_the_sample_is_drawn_and_read(city):
    rows(city.ana, WORKDAYS * 3, 10)
    close(city.month)
    said = [refusal_of(city)]
    found = drawn(city.month, by=city.chief)
    said.append(refusal_of(city))
    for number, each in enumerate(found):
        verdict(each, by=city.nila, outcome="void" if number < 5 else "accepted")
    said.append(refusal_of(city))
    Draw.objects.extend(city.month, by=city.chief, at=LATER)
    for each in Draw.objects.get(number=2).rows.select_related("draw", "activity"):
        verdict(each, by=city.nila)

    assert said == [
        f"Marks are given once the sample is read: {left}."
        for left in (
            "its sample is not drawn yet",
            f"{len(found)} drawn rows wait for a verdict",
            "its draw is to be extended",
        )
    ]
    assert mark(city.month, city.budi, by=city.nila).version == 1


def refusal_of(city):
    """What one mark and many marks are refused with; the same sentence."""
    listed = listed_now(city, [city.ana])
    with pytest.raises(NotNow) as many:
        Assessment.objects.confirm_many(city.month, listed, by=city.nila, at=LATER)
    with pytest.raises(NotNow) as one:
        mark(city.month, city.ana, by=city.nila)
    assert str(one.value) == str(many.value)
    assert not Assessment.objects.exists()
    return str(one.value)
