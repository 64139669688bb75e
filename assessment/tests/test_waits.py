"""For whom a month waits and since when, in every state, on each of its pages."""

from datetime import date

import pytest

from assessment.models import Assessment, Closing, Draw, DrawnRow
from assessment.tests.pages import DAYS, text
from assessment.waits import names_of, wait_of
from calendars.models import Month
from organization.models import Role, User
from tests import factories
from tests.factories import at
from tests.factories_assessment import (
    AFTER_OBJECTIONS,
    LATER,
    close,
    final,
    published,
    ready,
    row,
    rows,
    verdict,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
NOBODY = "nobody holds this role today; HR grants it"


def told(month, moment=LATER):
    month.refresh_from_db()
    wait = wait_of(month, at=moment)
    return wait.what, wait.who, wait.since, wait.until


def test_an_open_month_waits_for_supervisors_since_the_oldest_report_else_for_its_date(city):
    month = city.month
    nothing = told(month)
    row(city.ana, date(2026, 3, 3), status="reported")
    oldest = row(city.budi, date(2026, 3, 2), status="reported")

    assert nothing == (
        "Nothing waits for a decision now; the review closes by itself.",
        "",
        None,
        month.review_closes_at,
    )
    assert told(month) == (
        "2 activities wait for a decision.",
        "the supervisor of each person",
        oldest.reported_at,
        month.review_closes_at,
    )


def test_what_was_left_undecided_waits_for_the_assessors_since_the_review_closed(city):
    row(city.ana, date(2026, 3, 31), status="reported")
    close(city.month)

    closed_at = city.month.acts.get(kind="closed").at
    assert told(city.month) == (
        "Activities were left undecided when the review closed.",
        "Nila Penilai; Oka Penilai",
        closed_at,
        city.month.publication_due_at,
    )


def test_a_month_being_verified_waits_for_one_after_the_other(city):
    rows(city.ana, DAYS[:2])
    close(city.month)
    month, chief, unit = city.month, "Citra Ketua", "Nila Penilai; Oka Penilai"
    found = [told(month)[:2]]
    Draw.objects.draw(month, by=city.chief, at=LATER)
    found.append(told(month)[:3])
    for each in DrawnRow.objects.filter(draw__month=month).select_related("draw", "activity"):
        verdict(each, by=city.nila, at=AFTER_OBJECTIONS)
    found.append(told(month)[:3])

    assert found == [
        ("The sample is not drawn yet.", chief),
        ("Drawn activities wait for a verdict.", unit, LATER),
        ("Quality marks wait to be confirmed.", unit, AFTER_OBJECTIONS),
    ]


def test_publication_waits_to_be_proposed_then_for_whoever_may_be_second(city):
    month = ready(city)
    before = told(month)
    step = Closing.objects.propose(month, "publish", by=city.nila, at=LATER)

    assert before[:2] == (
        "Everything is ready for publication; it has to be proposed.",
        "Citra Ketua; Nila Penilai; Oka Penilai",
    )
    assert before[2] == max(Assessment.objects.values_list("marked_at", flat=True))
    assert told(month) == (
        "Nila Penilai has proposed it; a second person has to confirm.",
        "Citra Ketua",
        step.proposed_at,
        month.publication_due_at,
    )


def test_a_published_month_waits_for_its_date_then_to_be_made_final(city):
    month = published(city)

    assert told(month)[1:] == ("", month.published_at, month.objections_close_at)
    assert told(month, AFTER_OBJECTIONS) == (
        "The month may be made final; it has to be proposed.",
        "Citra Ketua; Nila Penilai; Oka Penilai",
        month.objections_close_at,
        None,
    )


def test_a_final_month_waits_for_finance(city):
    month = final(city)
    nobody = told(month)
    factories.with_role(Role.MAKER, city.other, name="Pembuat Lain")
    factories.with_role(Role.MAKER, city.agency, name="Pembuat Dinas")

    assert nobody[1:3] == (NOBODY, month.finalised_at)
    assert told(month)[:2] == ("The month is final; finance makes its bonus list.", "Pembuat Dinas")


def test_names_stop_at_three_and_say_how_many_more():
    for number in range(1, 6):
        factories.person(f"Orang {number}")
    people = User.objects.filter(name__startswith="Orang").by_name()

    assert names_of(people) == "Orang 1; Orang 2; Orang 3 and 2 more"
    assert names_of(people[:3]) == "Orang 1; Orang 2; Orang 3"
    assert names_of(people.none()) == NOBODY


def test_who_holds_a_role_is_nobody_who_left_or_assesses_their_own_agency(city):
    factories.assessor(city.agency, name="Orang Dalam", office=city.agency)
    gone = factories.assessor(city.agency, name="Sudah Keluar", office=city.unit)
    User.objects.filter(pk=gone.pk).update(deactivated_on=date(2026, 3, 1))
    day = date(2026, 4, 1)

    here = User.objects.holding(Role.ASSESSOR, agency=city.agency.pk, on=day)
    elsewhere = User.objects.holding(Role.ASSESSOR, agency=city.other.pk, on=day)

    assert set(here) == {city.nila, city.oka}
    assert set(elsewhere) == {city.nila, city.oka}


@pytest.mark.parametrize("view", ["month", "close", "dates", "publish", "finalise"])
def test_each_page_of_a_month_says_for_whom_it_waits(city, open_as, view):
    row(city.ana, date(2026, 3, 31), status="reported")
    Month.objects.filter(pk=city.month.pk).update(
        review_closes_at=at(2099, 1, 1), publication_due_at=at(2099, 1, 2)
    )

    page = text(open_as(city.chief, view, city.month.pk))

    assert "1 activity waits for a decision." in page
    assert "Waiting for: <b>the supervisor of each person</b>" in page
