"""The calendar against the file of a decree. Now is Monday 9 March 2026."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from calendars.models import Holiday, HolidayCancellation
from organization.models import Role
from reports.changes.decree import SHIPPED
from tests import factories, factories_reports

pytestmark = pytest.mark.django_db
PAGE = reverse("changes:decree")
HEAD = "Jenis;Tanggal;Nama;Keputusan\n"
ROWS = (
    HEAD
    + "libur nasional;19/03/2026;Hari Suci Nyepi;SKB 9/2026\n"
    + "cuti bersama;2026-03-20;Cuti bersama Idulfitri;SKB 9/2026\n"
    + "Libur Nasional;03-04-2026;Wafat Yesus Kristus;SKB 9/2026\n"
)


@pytest.fixture
def hr(client, monkeypatch):
    factories_reports.freeze(monkeypatch, 2026, 3, 9, 9, 0)
    factories.city()
    who = factories.with_role(Role.HR, name="Satu")
    client.force_login(who)
    return who


def holiday(day, name, kind="national", decree="SKB 9/2026", unit=None):
    return Holiday.objects.create(date=day, name=name, kind=kind, decree=decree, unit=unit)


def send(client, text, name="libur.csv"):
    content = text if isinstance(text, bytes) else text.encode()
    return client.post(PAGE, {"file": SimpleUploadedFile(name, content)})


def told(answer):
    return [(each.act, each.date.isoformat()) for each in answer.context["found"]]


def take(client, answer, *, without=()):
    keys = [each.key for each in answer.context["found"] if each.act not in without]
    typed = {"rows": answer.context["rows"], "chosen": keys}
    answer = client.post(PAGE, typed)
    if answer.status_code == 200:
        answer = client.post(PAGE, typed | {"seen": answer.context["touched"].stamp})
    return answer


def test_every_difference_is_shown_and_nothing_is_stored_until_it_is_chosen(client, hr):
    holiday(date(2026, 3, 19), "Nyepi", decree="SKB 1/2025")
    holiday(date(2026, 4, 3), "Wafat Yesus Kristus")
    holiday(date(2026, 5, 1), "Hari Buruh")
    holiday(date(2026, 12, 26), "Peringatan tsunami", kind="local")

    answer = send(client, ROWS)

    assert told(answer) == [("change", "2026-03-19"), ("add", "2026-03-20"), ("gone", "2026-05-01")]
    (change, *_others) = answer.context["found"]
    assert change.changes == [
        ("name", "Nyepi", "Hari Suci Nyepi"),
        ("decree", "SKB 1/2025", "SKB 9/2026"),
    ]
    assert (Holiday.objects.count(), HolidayCancellation.objects.count()) == (4, 0)


def test_what_is_ticked_is_taken_over_and_what_is_gone_waits_for_a_second_person(client, hr):
    holiday(date(2026, 3, 19), "Nyepi", decree="SKB 1/2025")
    gone = holiday(date(2026, 5, 1), "Hari Buruh")

    answer = take(client, send(client, ROWS))

    assert answer.status_code == 302
    found = Holiday.objects.order_by("date").values_list("date", "name", "kind", "decree")
    assert list(found) == [
        (date(2026, 3, 19), "Hari Suci Nyepi", "national", "SKB 9/2026"),
        (date(2026, 3, 20), "Cuti bersama Idulfitri", "joint_leave", "SKB 9/2026"),
        (date(2026, 4, 3), "Wafat Yesus Kristus", "national", "SKB 9/2026"),
        (date(2026, 5, 1), "Hari Buruh", "national", "SKB 9/2026"),
    ]
    asked = HolidayCancellation.objects.get()
    assert (asked.holiday, asked.requested_by, asked.is_waiting) == (gone, hr, True)
    assert told(send(client, ROWS)) == []


def test_what_is_not_ticked_stays_and_the_same_choice_sent_twice_is_done_once(client, hr):
    gone = holiday(date(2026, 5, 1), "Hari Buruh")
    answer = send(client, ROWS)

    first, second = (take(client, answer, without=["gone"]).status_code for _time in range(2))

    assert (first, second, Holiday.objects.standing().count()) == (302, 302, 4)
    assert not HolidayCancellation.objects.exists() and gone.version == 1


def test_a_row_that_somebody_changed_since_is_not_overwritten(client, hr):
    nyepi = holiday(date(2026, 3, 19), "Nyepi", decree="SKB 1/2025")
    answer = send(client, ROWS)
    nyepi.change(name="Hari Nyepi (diperbaiki)")

    take(client, answer)

    assert Holiday.objects.get(pk=nyepi.pk).name == "Hari Nyepi (diperbaiki)"


def test_without_a_choice_nothing_is_done_and_the_differences_stay_on_the_page(client, hr):
    answer = client.post(PAGE, {"rows": ROWS})

    assert (answer.status_code, len(told(answer)), Holiday.objects.count()) == (422, 3, 0)


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        ("libur nasional;31/02/2026;Nyepi;SKB", "Baris 2: “31/02/2026” bukan tanggal"),
        ("libur nasional;;Nyepi;SKB", "Baris 2: “” bukan tanggal"),
        ("libur;19/03/2026;Nyepi;SKB", "Baris 2: “libur” bukan jenis"),
        ("libur nasional;19/03/2026;;SKB", "Baris 2: kolom name kosong"),
        ("libur nasional;19/03/2026;...;SKB", "Baris 2: kolom name kosong"),
        (f"libur nasional;19/03/2026;{'a' * 121};SKB", "Baris 2: kolom name kosong atau terlalu panjang"),
        ("libur nasional;19/03/2026;Nyepi", "Baris 2: kolom decree kosong"),
    ],
)
def test_each_wrong_cell_is_named_and_nothing_is_offered(client, hr, cell, sentence):
    answer = send(client, HEAD + cell + "\n\ncuti bersama;2026-03-20;Cuti bersama;SKB")

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert answer.context["found"] == []


def test_a_day_twice_is_named_by_its_row(client, hr):
    answer = send(client, ROWS + "cuti bersama;19/03/2026;Nyepi;SKB 9/2026\n")

    assert "Baris 5: 2026-03-19 tertulis dua kali" in answer.content.decode()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04\x00\x00",
        b"\xff\xfe\x00",
        b"nama;tanggal\nNyepi;2026-03-19\n",
        HEAD.encode(),
        (HEAD + "libur nasional;19/03/2026;Nyepi;SKB\n" * 401).encode(),
        b"a" * 300_000,
    ],
)
def test_a_file_that_is_no_such_list_is_refused_in_words(client, hr, content):
    answer = send(client, content, "libur.xls")

    assert answer.status_code == 422
    assert answer.context["form"].errors["file"]


def test_the_list_of_the_product_is_compared_first_and_days_beyond_a_year_are_left_for_later(client, hr):
    answer = client.get(PAGE)

    days = [each.date for each in answer.context["found"]]
    assert answer.status_code == 200 and SHIPPED.exists()
    assert min(days) == date(2026, 1, 1) and max(days) <= date(2027, 3, 9)
    assert {each.act for each in answer.context["found"]} == {"add"}
    assert {each.date.year for each in answer.context["found"] if each.is_proposed} == {2026}


def test_only_hr_of_the_city_compares(client, hr):
    other = factories.with_role(Role.HR, factories.agency())
    client.force_login(other)

    assert (client.get(PAGE).status_code, send(client, ROWS).status_code) == (403, 403)
