"""An office whose week no approved pattern describes stops nobody else, and everybody reads whom to ask.

Case D103: one agency without a work pattern stopped the clock of the whole city.
"""

import logging
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from assessment.models import Closing
from calendars.models import Month, MonthRule, NoWorkPattern, WorkPattern
from calendars.tasks import close_due_months
from calendars.weeks import MonthKey, Week
from organization.models import Level, Role, Unit
from records.dated import NoRule
from tests import factories
from tests.factories import at
from tests.factories_assessment import LATER, MARCH, ready, row, stage

pytestmark = pytest.mark.django_db
ASK = "Mintalah pengelola aturan"
CLOCK = at(2026, 4, 10)


@pytest.fixture
def city():
    """The city with an agency that once worked 5 days, now 6, and no pattern "6": Tama under Rani there."""
    city = stage()
    factories.without_rules(WorkPattern)
    factories.signed(WorkPattern, scope="5", minutes=[300] * 5 + [0, 0])
    city.bad = factories.agency(name="Satpol Contoh")
    top = factories.post(city.bad, "Kepala Satpol", number=14, level=Level.EXECUTIVE)
    city.rani = factories.staff(top, "Rani Atasan")
    city.tama = factories.staff(factories.post(city.bad, superior=top), "Tama Pegawai")
    return city


def six_days(city):
    Unit.objects.filter(pk=city.bad.pk).update(pattern="6")
    city.bad.refresh_from_db()


def pages(client, who, *urls):
    client.force_login(who)
    answers = [client.get(url) for url in urls]
    return [(answer.status_code, ASK in answer.content.decode()) for answer in answers]


def test_d103_the_clock_closes_the_other_agencies_and_names_the_one_without_pattern(city, caplog):
    six_days(city)

    with caplog.at_level(logging.WARNING):
        for _hour in range(2):
            Month.objects.open_past(CLOCK)
            Month.objects.close_due(CLOCK)

    states = dict(Month.objects.filter(year=2026, month=3).values_list("agency__name", "status"))
    assert states == {"Dinas Contoh": "verifying", "Badan Lain": "verifying", "Unit Penilai": "verifying"}
    assert [record.getMessage().count("Satpol Contoh") > 0 for record in caplog.records] == [True, True]


def test_d103_a_month_is_made_once_the_pattern_is_approved(city):
    six_days(city)
    Month.objects.open_past(CLOCK)
    factories.signed(WorkPattern, scope="6", minutes=[250] * 6 + [0])

    Month.objects.open_past(CLOCK)
    Month.objects.close_due(CLOCK)

    assert Month.objects.get(agency=city.bad).status == "verifying"


def test_no_office_lies_in_a_zone_that_nobody_knows(city):
    with pytest.raises(IntegrityError, match="unit_lies_in_a_zone"), transaction.atomic():
        Unit.objects.filter(pk=city.bad.pk).update(zone="Asia/Bandung")


def test_a_fault_of_any_kind_in_one_agency_holds_up_no_other(city, caplog, monkeypatch):
    for agency in (city.bad, city.agency):
        factories.month(agency)
    close = Month.close

    def faulty(month, **terms):
        return 1 / 0 if month.agency_id == city.bad.pk else close(month, **terms)

    monkeypatch.setattr(Month, "close", faulty)

    Month.objects.open_past(CLOCK)
    Month.objects.close_due(CLOCK)

    states = dict(Month.objects.values_list("agency__name", "status"))
    assert (states["Dinas Contoh"], states["Satpol Contoh"]) == ("verifying", "open")
    assert "Satpol Contoh" in caplog.text


def test_the_beat_of_the_clock_runs_through(city):
    six_days(city)
    close_due_months()
    assert not Month.objects.filter(agency=city.bad).exists()


@pytest.mark.parametrize(
    ("approved", "named"),
    [
        ({}, True),
        ({"valid_from": date(2026, 5, 1)}, True),  # begins after the days that are counted
        ({"minutes": [0] * 7}, True),
        ({"valid_from": date(2026, 4, 1)}, False),
    ],
)
def test_the_dates_of_a_month_need_a_pattern_with_working_days_when_it_ends(city, approved, named):
    six_days(city)
    if approved:
        factories.signed(WorkPattern, **{"scope": "6", "minutes": [250] * 6 + [0]} | approved)

    if not named:
        assert factories.month(city.bad).entry_closes_at == at(2026, 4, 4, 0)
        return
    with pytest.raises(NoWorkPattern, match="Satpol Contoh"):
        factories.month(city.bad)
    assert issubclass(NoWorkPattern, NoRule)


def test_d103_every_page_of_its_people_says_whom_to_ask(city, client):
    factories.month(city.bad)
    six_days(city)
    week = Week.of(city.tama.today())

    asked = pages(
        client,
        city.tama,
        reverse("activities:create"),
        reverse("activities:day", args=[city.tama.today()]),
        reverse("activities:week", args=[week]),
        "/",
    )

    assert asked == [(200, True)] * 4


def test_d103_a_report_from_there_is_refused_with_the_sentence(city, client):
    six_days(city)
    client.force_login(city.tama)
    typed = {"performed_on": str(city.tama.today()), "minutes": "60", "quantity": "1"}

    answer = client.post(reverse("activities:create"), typed)

    assert (answer.status_code, ASK in answer.content.decode()) == (422, True)


def test_d103_the_review_and_the_boards_say_whom_to_ask_and_show_the_others(city, client):
    row(city.tama, date(2026, 3, 10), status="reported")
    row(city.ana, date(2026, 3, 10), status="reported")
    month = factories.month(city.bad)
    six_days(city)
    week = Week.of(date(2026, 3, 10))
    leader = factories.with_role(Role.LEADERSHIP)

    assert pages(client, city.rani, reverse("approvals:week", args=[week])) == [(200, True)]
    assert pages(client, city.rani, reverse("approvals:queue"))[0][0] in (200, 302)
    assert pages(client, city.supervisor, reverse("approvals:week", args=[week])) == [(200, False)]
    assert pages(client, city.chief, reverse("assessment:month", args=[month.pk])) == [(200, True)]
    assert pages(client, leader, reverse("reports:board")) == [(200, True)]
    assert pages(client, city.chief, reverse("assessment:months"))[0][0] == 200


def test_d103_hr_reads_on_its_home_page_which_office_lacks_a_pattern(city, client):
    six_days(city)
    ours = factories.with_role(Role.HR, city.bad, office=city.agency)
    others = factories.with_role(Role.HR, city.agency, office=city.agency)
    sentence = "Satpol Contoh belum mempunyai pola kerja"

    for who, named in ((ours, True), (others, False)):
        client.force_login(who)
        assert (sentence in client.get("/").content.decode()) is named


def test_without_dates_of_months_every_form_says_whom_to_ask(client, city):
    factories.without_rules(MonthRule)

    assert pages(client, city.ana, reverse("activities:create"), "/") == [(200, True), (200, False)]


def test_publication_without_a_pattern_is_refused_with_the_sentence(city):
    month = ready(city)
    step = Closing.objects.propose(month, "publish", by=city.chief, at=LATER)
    Unit.objects.filter(pk=city.agency.pk).update(pattern="6")
    month.refresh_from_db()

    with pytest.raises(NoRule, match="Dinas Contoh"):
        Closing.objects.confirm(step, by=city.nila, at=LATER)
    month.refresh_from_db()
    assert (month.status, MonthKey.of(MARCH.first_day)) == ("verifying", MARCH)
