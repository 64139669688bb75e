"""A day that becomes a working day after the fact: who gets time to report it, and what HR is told before.

Now is Thursday 19 March 2026, 09.00 WIB; a day worked today can be reported until Monday 23 March, 24.00.
"""

import uuid
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from activities.models import Activity, OpenDay
from calendars.models import Holiday, Leave, Month, UnaskedDay
from calendars.models.obligations import obligations
from calendars.weeks import MonthKey
from notices.models import Notice
from organization.models import Joining, PostChange, Role, Transfer
from tests import factories, factories_activities, factories_reports
from tests.factories import at
from tests.factories_activities import typed

pytestmark = pytest.mark.django_db
MONDAY, UNTIL = date(2026, 3, 9), at(2026, 3, 24, 0)
NOW = at(2026, 3, 19, 9)


@pytest.fixture
def city(monkeypatch):
    factories_reports.freeze(monkeypatch, 2026, 3, 19, 9, 0)
    names = factories_activities.city()
    names.first, names.second = (factories.with_role(Role.HR, name=name) for name in ("Satu", "Dua"))
    return names


def opened():
    rows = OpenDay.objects.order_by("person__name", "day")
    return [(row.person.name, row.day, row.until, row.in_time) for row in rows]


def post_seen(client, url, **typed):
    """Send a form as a person does: once more where something was shown first. Returns notes, answer."""
    answer, notes = client.post(url, typed), ()
    if answer.status_code == 200:
        notes = answer.context["touched"].notes
        answer = client.post(url, typed | {"seen": answer.context["touched"].stamp})
    return [str(note) for note in notes], answer


def approve(client, reader, kind, row):
    client.force_login(reader)
    url = reverse("changes:request", args=[kind, row.pk])
    notes = client.get(url).context["touched"].notes
    stamp = client.get(url).context["touched"].stamp
    return [str(note) for note in notes], client.post(url, {"seen": stamp})


def enter(who, day=MONDAY):
    return Activity.objects.enter(who, by=who, at=NOW, token=uuid.uuid4(), report=True, **typed(day))


def test_a_withdrawn_holiday_gives_its_people_a_window_of_their_own_in_time(client, city):
    holiday = factories.holiday(MONDAY)
    factories.leave(city.budi, MONDAY)
    client.force_login(city.first)
    url = reverse("changes:holiday_cancel", args=[holiday.pk])

    told_first, _answer = post_seen(client, url, reason="Keputusan bersama dicabut")
    told_second, answer = approve(client, city.second, "holiday-cancellations", holiday.cancellations.get())

    people = [city.ana, city.supervisor, city.head, city.zul, city.other_head]
    sentence = (
        "5 hari dari 5 pegawai menjadi hari kerja lagi: mereka diberi waktu untuk melapor dan diberi kabar."
    )
    assert (told_first, told_second, answer.status_code) == ([sentence], [sentence], 302)
    assert opened() == sorted((who.name, MONDAY, UNTIL, True) for who in people)
    assert set(Notice.objects.values_list("person", flat=True)) == {who.pk for who in people}
    assert enter(city.ana).in_time
    with pytest.raises(ValidationError):
        enter(city.budi, date(2026, 3, 10))


def test_nothing_is_written_by_looking_and_nothing_is_told_of_a_day_to_come(client, city):
    holiday, later = factories.holiday(MONDAY), factories.holiday(date(2026, 3, 26))
    client.force_login(city.first)

    shown = client.post(reverse("changes:holiday_cancel", args=[holiday.pk]), {"reason": "Keliru tahunnya"})
    notes, answer = post_seen(
        client, reverse("changes:holiday_cancel", args=[later.pk]), reason="Keliru tahunnya"
    )

    assert (shown.status_code, notes, answer.status_code) == (200, [], 302)
    assert (Holiday.objects.standing().count(), OpenDay.objects.count()) == (2, 0)


def test_a_holiday_that_is_moved_opens_the_day_that_it_leaves(client, city):
    holiday = factories.holiday(MONDAY, unit=city.other, kind="local")
    client.force_login(city.first)
    fields = {
        "name": "Hari jadi",
        "name_en": "",
        "kind": "local",
        "unit": city.other.pk,
        "decree": "SK 1/2026",
    }

    notes, answer = post_seen(
        client, reverse("changes:holiday_edit", args=[holiday.pk]), date="2026-03-10", version=1, **fields
    )

    assert (len(notes), answer.status_code) == (1, 302)
    assert opened() == sorted((who.name, MONDAY, UNTIL, True) for who in (city.zul, city.other_head))


def test_leave_that_is_ended_early_opens_its_last_days_alone(client, city):
    leave = factories.leave(city.ana, MONDAY, date(2026, 3, 20))
    request = leave.request_change(by=city.first, reason="Kembali lebih awal", ends_on=date(2026, 3, 11))

    notes, _answer = approve(client, city.second, "leave-changes", request)

    days = [date(2026, 3, day) for day in (12, 13, 16)]  # the 17th can be reported to the 19th, today
    assert [row[1] for row in opened()] == [*days, date(2026, 3, 17), date(2026, 3, 18)]
    assert {row[2] for row in opened()} == {UNTIL}
    assert notes == [
        "5 hari dari 1 pegawai menjadi hari kerja lagi: mereka diberi waktu untuk melapor dan diberi kabar."
    ]


def test_a_month_that_is_closed_gives_no_window_and_hr_is_told(client, city):
    month = Month.objects.of(city.agency, MonthKey(2026, 2))
    month.close(at=month.review_closes_at)
    leave = factories.leave(city.ana, date(2026, 2, 9), date(2026, 2, 10))
    request = leave.request_change(by=city.first, reason="Salah ketik nama pegawai")

    notes, _answer = approve(client, city.second, "leave-changes", request)

    assert notes == [
        "2 hari berada di bulan yang tidak lagi menerima laporan: tetap dibayar dan tidak dituntut."
    ]
    assert (opened(), Leave.objects.get().is_cancelled) == ([], True)


def test_a_day_for_which_no_window_can_be_given_is_worked_and_paid_without_target_or_duty(client, city):
    month = Month.objects.of(city.agency, MonthKey(2026, 2))
    month.close(at=month.review_closes_at)
    days = {date(2026, 2, 9), date(2026, 2, 10)}
    leave = factories.leave(city.ana, min(days), max(days))
    away = obligations([city.ana.pk], month.key)[city.ana.pk]

    for _time in range(2):
        request = leave.request_change(by=city.first, reason="Salah ketik nama pegawai")
        approve(client, city.second, "leave-changes", request)
        leave = factories.leave(city.ana, date(2026, 2, 12)) if _time == 0 else leave

    back = obligations([city.ana.pk], month.key)[city.ana.pk]
    ordinary = obligations([city.budi.pk], month.key)[city.budi.pk]
    late = days | {date(2026, 2, 12)}
    assert set(UnaskedDay.objects.values_list("day", flat=True)) == late
    assert (back.working, ordinary.obliged - back.obliged) == (ordinary.working, late)
    assert back.target_minutes == ordinary.target_minutes - 3 * 300 == away.target_minutes - 300
    assert [part.worked_days for part in back.segments] == [part.worked_days for part in ordinary.segments]


def test_a_first_posting_that_begins_in_the_past_opens_its_days(client, city):
    request = Joining.objects.request(
        by=city.first,
        nip="190001012020121001",
        name="Pegawai Baru",
        kind="PNS",
        rank=None,
        post=city.staff_post,
        starts_on=date(2026, 3, 12),
        decree="SK 2/2026",
    )

    notes, answer = approve(client, city.second, "joinings", request)

    days = [12, 13, 16, 17, 18]
    assert ([row[:2] for row in opened()], answer.status_code) == (
        [("Pegawai Baru", date(2026, 3, day)) for day in days],
        302,
    )
    assert len(notes) == 1


def test_a_transfer_into_an_office_of_six_days_opens_the_saturdays_and_its_undoing_none(client, city):
    office = factories.agency(pattern="6", name="Kantor Enam Hari")
    request = Transfer.objects.request(
        by=city.first,
        person=city.ana,
        post=factories.post(office),
        starts_on=date(2026, 3, 5),
        decree="SK 3/2026",
    )

    notes, _answer = approve(client, city.second, "transfers", request)
    request.refresh_from_db()
    undone = request.request_cancellation(by=city.first, reason="Salah ketik jabatan")
    notes_of_undoing, _answer = approve(client, city.second, "transfer-cancellations", undone)

    assert [row[1] for row in opened()] == [date(2026, 3, 7), date(2026, 3, 14)]
    assert ["hari kerja lagi" in " ".join(each) for each in (notes, notes_of_undoing)] == [True, False]


def test_many_people_cost_as_many_queries_as_few(client, city):
    def cost(day):
        holiday = factories.holiday(day)
        request = holiday.request_cancellation(by=city.first, reason="Keputusan bersama dicabut")
        with CaptureQueriesContext(connection) as queries:
            approve(client, city.second, "holiday-cancellations", request)
        return len(queries)

    few = cost(MONDAY)
    for _number in range(40):
        factories.staff(city.staff_post)

    assert cost(date(2026, 3, 10)) <= few
    assert OpenDay.objects.filter(day=date(2026, 3, 10)).count() == 46


def news_of(who):
    return [notice.data["day"] for notice in Notice.objects.of(who)]


def test_news_of_a_day_that_is_off_again_is_taken_back(client, city):
    request = factories.holiday(MONDAY).request_cancellation(by=city.first, reason="Keputusan dicabut")
    approve(client, city.second, "holiday-cancellations", request)
    told = [news_of(who) for who in (city.ana, city.budi)]
    client.force_login(city.first)
    leave = {"code": "CT", "starts_on": "2026-03-09", "ends_on": "2026-03-09", "half": "", "letter": "1"}

    post_seen(client, reverse("changes:leave_create", args=[city.ana.pk]), **leave)
    after_leave = [news_of(who) for who in (city.ana, city.budi)]
    again = {
        "date": "2026-03-09",
        "name": "Libur",
        "name_en": "",
        "kind": "national",
        "unit": "",
        "decree": "SKB",
    }
    post_seen(client, reverse("changes:holiday_create"), **again)

    assert told == [["2026-03-09"], ["2026-03-09"]]
    assert after_leave == [[], ["2026-03-09"]]
    assert [news_of(who) for who in (city.ana, city.budi)] == [[], []]


def test_news_of_a_transfer_that_is_undone_is_taken_back(client, city):
    office = factories.agency(pattern="6", name="Kantor Enam Hari")
    request = Transfer.objects.request(
        by=city.first, person=city.ana, post=factories.post(office), starts_on=date(2026, 3, 5), decree="SK 3"
    )
    approve(client, city.second, "transfers", request)
    request.refresh_from_db()
    told = news_of(city.ana)

    undone = request.request_cancellation(by=city.first, reason="Salah ketik jabatan")
    approve(client, city.second, "transfer-cancellations", undone)

    assert (sorted(told), news_of(city.ana)) == (["2026-03-07", "2026-03-14"], [])


def test_a_post_that_moves_to_an_office_of_six_days_opens_the_saturdays_of_its_holders(client, city):
    office = factories.agency(pattern="6", name="Kantor Enam Hari")
    request = PostChange.objects.request(
        by=city.first,
        post=city.staff_post,
        starts_on=date(2026, 3, 9),
        unit=office,
        job_class=factories.job_class(),
        superior=None,
        decree="SK 4/2026",
    )

    notes, answer = approve(client, city.second, "post-changes", request)

    assert answer.status_code == 302
    assert [row[:2] for row in opened()] == [
        ("Ana Pegawai", date(2026, 3, 14)),
        ("Budi Pegawai", date(2026, 3, 14)),
    ]
    assert any("2 hari dari 2 pegawai menjadi hari kerja lagi" in note for note in notes)
