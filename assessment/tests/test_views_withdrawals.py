"""Taking back one's last verdict on the pages where one has just judged."""

import re

import pytest
from django.urls import reverse

from assessment.models import Verdict, Withdrawal
from assessment.tests.pages import said, text
from tests.factories_assessment import drawn, published, rows, verdict

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def found(city):
    rows(city.ana, [9, 10, 11], 180)
    return drawn(city.month, by=city.chief)


def offered(page):
    """The verdict that the page offers to take back; None where it offers none."""
    undo = page.context["bench"].undo if "bench" in page.context else page.context["undo"]
    named = re.findall(r'name="verdict" value="(\d+)"', text(page))
    assert named == ([str(undo.pk)] if undo else [])
    return undo


def test_the_next_row_the_person_and_the_month_offer_the_last_verdict(city, found, open_as):
    verdict(found[0], by=city.nila)
    last = verdict(found[1], by=city.nila)

    pages = [
        open_as(city.nila, "row", found[2].pk),
        open_as(city.nila, "person", city.month.pk, city.ana.pk),
        open_as(city.nila, "month", city.month.pk),
    ]

    assert [offered(page) for page in pages] == [last] * 3
    assert all("Withdraw the last verdict" in text(page) for page in pages)
    assert 'data-key="u"' in text(pages[0]) and 'data-for="u"' in text(pages[0])


def test_a_judged_row_offers_its_own_verdict(city, found, open_as):
    first = verdict(found[0], by=city.nila)
    verdict(found[1], by=city.nila)

    page = open_as(city.nila, "row", found[0].pk)

    assert (offered(page), "Withdraw this verdict" in text(page)) == (first, True)


def test_another_assessor_and_the_other_people_are_offered_nothing(city, found, open_as):
    verdict(found[0], by=city.nila)

    pages = [
        open_as(city.oka, "row", found[0].pk),
        open_as(city.chief, "month", city.month.pk),
        open_as(city.auditor, "row", found[0].pk),
        open_as(city.nila, "person", city.month.pk, city.budi.pk),
    ]

    assert [offered(page) for page in pages] == [None] * 4


def test_a_published_month_offers_nothing(city, open_as):
    rows(city.ana, [9, 10], 300)
    month = published(city)
    judged = Verdict.objects.filter(by=city.nila)[0]

    pages = [open_as(city.nila, "row", judged.drawn_row_id), open_as(city.nila, "month", month.pk)]

    assert [offered(page) for page in pages] == [None, None]


def test_a_withdrawn_row_is_shown_again_to_be_judged_with_what_happened(city, found, post_as, client):
    given = verdict(found[0], by=city.nila, outcome="void", reason="Tidak ada foto lokasi.")

    answer = post_as(city.nila, "withdraw", found[0].pk, verdict=given.pk)
    page = client.get(answer.url)

    number = f"K-{found[0].activity_id}"
    assert answer.url == reverse("assessment:row", args=[found[0].pk])
    assert said(answer) == [f"The verdict on {number} is withdrawn."]
    assert page.context["bench"].may_verify and "Accept 180 minutes" in text(page)
    assert page.context["bench"].withdrawn == [given]
    for words in ("Withdrawn verdicts", "voided", "Tidak ada foto lokasi.", "Nila Penilai"):
        assert words in text(page)


def test_the_second_press_is_told(city, found, post_as):
    given = verdict(found[0], by=city.nila)
    post_as(city.nila, "withdraw", found[0].pk, verdict=given.pk)

    answer = post_as(city.nila, "withdraw", found[0].pk, verdict=given.pk)

    assert (answer.status_code, Withdrawal.objects.count()) == (409, 1)
    assert "This verdict has already been withdrawn." in text(answer)


def test_another_assessor_is_told_whose_verdict_it_is(city, found, post_as):
    given = verdict(found[0], by=city.nila)

    answer = post_as(city.oka, "withdraw", found[0].pk, verdict=given.pk)

    assert (answer.status_code, Withdrawal.objects.count()) == (403, 0)
    assert "A verdict is withdrawn by the assessor who gave it." in text(answer)


@pytest.mark.parametrize("sent", ["", "abc", "9" * 30, "other"])
def test_a_press_that_names_no_verdict_of_this_row_is_told(city, found, post_as, sent):
    other = verdict(found[1], by=city.nila)

    answer = post_as(city.nila, "withdraw", found[0].pk, verdict=other.pk if sent == "other" else sent)

    assert (answer.status_code, Withdrawal.objects.count()) == (422, 0)
    assert "Nothing was asked for." in text(answer)


def test_the_person_s_page_shows_only_the_verdict_in_force(city, found, open_as, post_as):
    given = verdict(found[0], by=city.nila, outcome="void", reason="Tidak ada foto lokasi.")
    post_as(city.nila, "withdraw", found[0].pk, verdict=given.pk)
    verdict(found[0], by=city.nila, outcome="fewer", minutes=90, reason="Setengahnya saja terbukti.")

    page = text(open_as(city.nila, "person", city.month.pk, city.ana.pk))

    assert "Setengahnya saja terbukti." in page and "Tidak ada foto lokasi." not in page
