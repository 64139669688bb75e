"""HR's pages for two: what waits, approved or refused by another, with the months it touches then."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bonuses.models import Line
from calendars.models import Holiday, HolidayCancellation, Leave, LeaveChange
from organization.models import Role, Sanction, SanctionCancellation
from records.reach import moved
from tests import factories
from tests import factories_bonuses as build

pytestmark = pytest.mark.django_db
MARCH, NOW = date(2026, 3, 1), factories.at(2026, 3, 9)
REQUESTS = "/requests/"


def hr(name="Dua", unit=None):
    return factories.with_role(Role.HR, unit, name=name)


def asked(who, by=None, decree="SK 9/2026"):
    return Sanction.objects.request(
        who, by=by or hr("Satu"), percent=25, first_month=MARCH, last_month=MARCH, decree=decree
    )


def page_of(client, reader, url):
    client.force_login(reader)
    return client.get(url)


def approve(client, reader, url, **typed):
    """Approve as a person does: look at the page, then press its button."""
    seen = page_of(client, reader, url).context["touched"].stamp
    return client.post(url, {"seen": seen} | typed)


def ask(client, reader, name, row, **typed):
    """Ask as a person does: once more where the months were shown first."""
    client.force_login(reader)
    url = reverse(f"changes:{name}", args=[row.pk])
    answer = client.post(url, typed)
    if answer.status_code == 200:
        answer = client.post(url, typed | {"seen": answer.context["touched"].stamp})
    return answer


def test_the_list_says_what_of_whom_by_whom_since_when_and_by_which_decree(client):
    ana = factories.city().ana
    sanction = asked(ana)
    Sanction.objects.update(requested_at=NOW)

    page = page_of(client, hr(), REQUESTS)

    assert [each.row for each in page.context["to_decide"]] == [sanction]
    for shown in ("Hukuman disiplin", ana.name, "25 %, Maret 2026", "SK 9/2026", "Satu", "9 Mar 2026"):
        assert shown in page.content.decode()


def test_who_asked_sees_that_it_waits_and_cannot_approve_it(client):
    first = hr("Satu")
    sanction = asked(factories.city().ana, first)
    url = f"/requests/sanctions/{sanction.pk}/"

    listed, page = page_of(client, first, REQUESTS), page_of(client, first, url)
    answers = [client.post(url, {}), client.post(f"{url}refusal/", {"reason": "salah ketik nama"})]

    assert ([each.row for each in listed.context["asked"]], listed.context["to_decide"]) == ([sanction], [])
    assert "menunggu" in page.content.decode()
    assert "Setujui" not in page.content.decode()
    assert [answer.status_code for answer in answers] == [403, 403]
    assert Sanction.objects.get().is_waiting


def test_the_second_person_approves_and_the_sanction_stands(client):
    sanction = asked(factories.city().ana)

    answer = approve(client, hr(), f"/requests/sanctions/{sanction.pk}/")

    assert answer.url == REQUESTS
    assert list(Sanction.objects.in_month(MARCH)) == [sanction]


def test_a_refusal_needs_a_reason_and_its_reason_is_shown(client):
    ana, second = factories.city().ana, hr()
    url = f"/requests/sanctions/{asked(ana).pk}/refusal/"
    client.force_login(second)

    answers = [client.post(url, {"reason": ""}), client.post(url, {"reason": "bukan orangnya"})]

    assert [answer.status_code for answer in answers] == [422, 302]
    assert "bukan orangnya" in page_of(client, second, f"/people/{ana.pk}/").content.decode()
    assert not Sanction.objects.in_month(MARCH)


def test_the_late_of_two_deciders_is_told_who_was_first(client):
    sanction, late = asked(factories.city().ana), hr("Tiga")
    url = f"/requests/sanctions/{sanction.pk}/"
    approve(client, hr("Dua"), url)

    client.force_login(late)
    answers = [client.post(url, {}), client.post(f"{url}refusal/", {"reason": "salah ketik nama"})]

    assert [answer.status_code for answer in answers] == [409, 409]
    assert all("Dua" in answer.context["errors"][0] for answer in answers)


def test_who_asked_takes_it_back_on_its_page_and_the_page_tells(client):
    first, ana = hr("Satu"), factories.city().ana
    sanction = asked(ana, first)
    url = f"/requests/sanctions/{sanction.pk}/"
    offered = page_of(client, first, url).content.decode()

    answer = client.post(f"{url}withdrawal/")
    after = client.get(url).content.decode()

    assert f'action="{url}withdrawal/"' in offered and f'action="{url}withdrawal/"' not in after
    assert (answer.url, Sanction.objects.get().outcome) == (REQUESTS, "withdrawn")
    assert "Ditarik kembali" in after and "ditarik kembali oleh pengusul" in after
    assert "text-decoration-line-through" in page_of(client, first, f"/people/{ana.pk}/").content.decode()
    assert page_of(client, hr("Dua"), REQUESTS).context["to_decide"] == []


def test_nobody_else_takes_it_back_and_the_late_is_told(client):
    city, first, second = factories.city(), hr("Satu"), hr("Dua")
    sanction = asked(city.ana, first)
    url = f"/requests/sanctions/{sanction.pk}/"

    def take_back(who):
        client.force_login(who)
        return client.post(f"{url}withdrawal/")

    others = [take_back(who).status_code for who in (second, hr("Lain", city.other), city.supervisor)]
    approve(client, second, url)
    late = take_back(first)

    assert others == [403, 404, 403]
    assert (late.status_code, "Dua" in late.context["errors"][0]) == (409, True)
    assert Sanction.objects.get().outcome == "approved"


def test_who_asked_reads_for_whom_it_waits(client):
    city, first = factories.city(), hr("Satu")
    hr("Kota"), hr("Dinas", city.agency), hr("Badan", city.other)
    sanction = asked(city.ana, first)

    page = page_of(client, first, f"/requests/sanctions/{sanction.pk}/").content.decode()

    assert "Menunggu: <b>Dinas; Kota</b>" in page


def test_the_menu_of_hr_counts_what_they_may_decide(client):
    first, second = hr("Satu"), hr("Dua")
    asked(factories.city().ana, first)

    def count(who):
        frame = page_of(client, who, "/people/").context["frame"]
        links = [link for section in frame["sections"] for link in section["links"]]
        return [link.count for link in links if link.url == REQUESTS]

    assert (count(first), count(second)) == ([0], [1])


def test_the_months_are_asked_again_at_approval(client):
    city = build.final_city()
    sanction, second = asked(city.ana), hr()
    url = f"/requests/sanctions/{sanction.pk}/"
    shown = page_of(client, second, url).context["touched"]
    build.run_in("computed", city=city)

    answer = client.post(url, {"seen": shown.stamp})
    waiting = Sanction.objects.get().is_waiting
    answer_again = client.post(url, {"seen": answer.context["touched"].stamp})

    assert [each.outcome for each in shown.months] == ["taken"]
    assert (answer.status_code, waiting) == (200, True)
    assert [each.outcome for each in answer.context["touched"].months] == ["again"]
    assert answer_again.status_code == 302


def test_d96_given_a_sanction_typed_for_the_wrong_person_cancelled_by_two_the_line_has_none(client):
    city = build.final_city()
    row = build.sanction(city.ana, first=MARCH, last=MARCH)
    answer = ask(client, hr("Satu"), "sanction_cancel", row, reason="salah orang")
    request = SanctionCancellation.objects.get()

    approve(client, hr("Dua"), f"/requests/sanction-cancellations/{request.pk}/")
    run = build.run_in("computed", city=city)

    page = page_of(client, hr("Tiga"), f"/people/{city.ana.pk}/").content.decode()
    assert answer.url == f"/people/{city.ana.pk}/"
    assert Line.objects.of_run(run).get(person=city.ana).sanction == 0
    assert row.events.count() == 2 and request.events.count() == 2
    assert "text-decoration-line-through" in page and "salah orang" in page


def test_d96_leave_until_2062_is_refused_beside_the_field(client):
    city = factories.city()
    client.force_login(hr())
    typed = {"code": "CT", "starts_on": "2026-11-30", "ends_on": "2062-12-02", "half": "", "letter": "1"}

    answer = client.post(reverse("changes:leave_create", args=[city.ana.pk]), typed)

    assert answer.status_code == 422
    assert answer.context["form"].errors["ends_on"] == [
        "Tanggal ini lebih dari satu tahun ke depan. Periksa tahunnya."
    ]
    assert not Leave.objects.exists()


def test_d96_sanctions_and_holidays_beyond_a_year_are_refused_beside_the_field(client):
    city, far = factories.city(), moved(timezone.localdate(), 1) + timedelta(days=32)
    client.force_login(hr())
    sanction = {"percent": "25", "first_month": "2026-03", "last_month": f"{far:%Y-%m}", "decree": "SK"}
    holiday = {"date": far.isoformat(), "name": "x", "kind": "local", "decree": "SK"}

    answers = [
        client.post(reverse("changes:sanction_create", args=[city.ana.pk]), sanction),
        client.post(reverse("changes:holiday_create"), holiday),
    ]

    assert [list(answer.context["form"].errors) for answer in answers] == [["last_month"], ["date"]]
    assert [answer.status_code for answer in answers] == [422, 422]


def test_d96_a_stay_longer_than_its_type_allows_asks_once_more(client):
    city = factories.city()
    factories.leave_type("CAP", longest_days=10)
    client.force_login(hr())
    url = reverse("changes:leave_create", args=[city.ana.pk])
    typed = {"code": "CAP", "starts_on": "2026-03-02", "ends_on": "2026-03-11", "half": "", "letter": "1"}
    longer = typed | {"starts_on": "2026-03-16", "ends_on": "2026-03-26"}

    at_once, asked_first = client.post(url, typed), client.post(url, longer)
    saved = client.post(url, longer | {"seen": asked_first.context["touched"].stamp})

    assert [answer.status_code for answer in (at_once, asked_first, saved)] == [302, 200, 302]
    assert asked_first.context["touched"].notes == ("Masa ini 11 hari. Paling lama untuk Cuti CAP 10 hari.",)
    assert Leave.objects.count() == 2


def test_leave_is_cancelled_or_ended_by_two_and_stays_to_be_read(client):
    city, first, second = factories.city(), hr("Satu"), hr("Dua")
    wrong = factories.leave(city.ana, date(2026, 3, 2))
    long = factories.leave(city.ana, date(2026, 3, 9), date(2026, 3, 13))

    ask(client, first, "leave_cancel", wrong, reason="tanggal keliru")
    ask(client, first, "leave_end", long, ends_on="2026-03-10", reason="kembali lebih awal")
    waiting = page_of(client, second, f"/people/{city.ana.pk}/leaves/").content.decode()
    for request in LeaveChange.objects.all():
        approve(client, second, f"/requests/leave-changes/{request.pk}/")

    page = page_of(client, city.ana, f"/people/{city.ana.pk}/leaves/").content.decode()
    assert waiting.count("menunggu") >= 2
    assert list(Leave.objects.standing().values_list("ends_on", flat=True)) == [date(2026, 3, 10)]
    assert "tanggal keliru" in page and "kembali lebih awal" in page
    assert "text-decoration-line-through" in page


def test_a_wrong_last_day_is_refused_before_anything_is_shown(client):
    leave = factories.leave(factories.city().ana, date(2026, 3, 9), date(2026, 3, 13))

    answer = ask(client, hr(), "leave_end", leave, ends_on="2026-03-13", reason="salah ketik nama")

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["ends_on"]


def test_a_holiday_is_cancelled_by_two_of_the_city_and_stays_on_the_calendar(client):
    city, first = factories.city(), hr("Satu")
    holiday = factories.holiday(date(2026, 3, 19), "Nyepi")
    ask(client, first, "holiday_cancel", holiday, reason="salah tahun")
    url = f"/requests/holiday-cancellations/{HolidayCancellation.objects.get().pk}/"

    of_agency = page_of(client, hr("Badan", city.agency), url).status_code
    approve(client, hr("Dua"), url)

    page = page_of(client, city.ana, "/calendar/2026/").content.decode()
    assert of_agency == 404
    assert not Holiday.objects.standing()
    assert "salah tahun" in page and "text-decoration-line-through" in page


def test_nobody_reaches_a_request_about_themselves_or_of_another_agency(client):
    city = factories.city()
    factories.grant(city.ana, Role.HR)
    sanction = asked(city.ana)
    stays = factories.leave(city.ana, date(2026, 3, 2))
    stood = build.sanction(city.ana, first=MARCH, last=MARCH)
    addresses = [
        f"/requests/sanctions/{sanction.pk}/",
        f"/sanctions/{stood.pk}/cancel/",
        f"/leaves/{stays.pk}/cancel/",
        f"/leaves/{stays.pk}/end/",
    ]

    def statuses(reader):
        return {page_of(client, reader, url).status_code for url in addresses}

    assert statuses(city.ana) == {403}
    assert statuses(hr("Lain", city.other)) == {404}
    assert statuses(city.supervisor) == {403}
    assert page_of(client, city.ana, REQUESTS).context["to_decide"] == []


def test_an_unknown_kind_is_not_found(client):
    assert page_of(client, hr(), "/requests/people/1/").status_code == 404


def test_hr_begins_the_day_with_what_waits_for_them(client):
    city, second = factories.city(), hr()
    sanction = asked(city.ana)

    page = page_of(client, second, "/")

    [card] = page.context["waiting"]
    lines = [(line.pk, line.name, line.asked_by) for line in card.lines]
    assert lines == [(sanction.pk, "Ana Pegawai", "Satu")]
    assert f"/requests/sanctions/{sanction.pk}/" in page.content.decode()


def test_a_person_reads_on_their_profile_only_what_stood(client):
    ana = factories.city().ana
    asked(ana, decree="SK yang menunggu")
    build.sanction(ana, first=MARCH, last=MARCH)

    page = page_of(client, ana, reverse("organization:profile")).content.decode()

    assert "SK 7/2026" in page and "SK yang menunggu" not in page


def test_the_list_takes_as_many_queries_for_one_of_each_kind_as_for_three(client):
    city, first, second = factories.city(), hr("Satu"), hr("Dua")
    counts = []
    for numbers in ([1], [2, 3]):
        for number in numbers:
            asked(city.ana, first, decree=f"SK {number}")
            month = date(2026, 3 + number, 1)
            build.sanction(city.budi, first=month, last=month).request_cancellation(
                by=first, reason="salah ketik nama"
            )
            factories.leave(city.ana, date(2026, 3, number)).request_change(
                by=first, reason="salah ketik nama"
            )
            factories.holiday(date(2026, 4, number)).request_cancellation(by=first, reason="salah ketik nama")
        client.force_login(second)
        with CaptureQueriesContext(connection) as queries:
            client.get(REQUESTS)
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 16


def test_the_pages_of_a_person_and_of_the_calendar_take_as_many_queries_for_one_as_for_three(client):
    city, first = factories.city(), hr("Satu")
    counts = []
    for numbers in ([1], [2, 3]):
        for number in numbers:
            month = date(2026, 3 + number, 1)
            build.sanction(city.ana, first=month, last=month).request_cancellation(
                by=first, reason="salah ketik nama"
            )
            factories.leave(city.ana, date(2026, 3, number)).request_change(
                by=first, reason="salah ketik nama"
            )
            factories.holiday(date(2026, 4, number)).request_cancellation(by=first, reason="salah ketik nama")
        client.force_login(first)
        with CaptureQueriesContext(connection) as queries:
            for url in (f"/people/{city.ana.pk}/", f"/people/{city.ana.pk}/leaves/", "/calendar/2026/"):
                client.get(url)
        counts.append(len(queries))

    assert counts[0] == counts[1]
