"""Reporting one activity, and every way to get it wrong. Now is Wednesday 11 March 2026, 09.00 WIB."""

import uuid
from datetime import date, timedelta

import pytest
from django.urls import reverse

from activities.models import Activity
from calendars.models import Month
from tests import factories_activities
from tests.factories import at
from tests.factories_activities import TEXT, activity, item

pytestmark = pytest.mark.django_db
WEDNESDAY = date(2026, 3, 11)
NEW = reverse("activities:create")


@pytest.fixture
def city():
    return factories_activities.city()


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(at(2026, 3, 11), tick=False)
    return time_machine


@pytest.fixture
def ana(client, city):
    client.force_login(city.ana)
    return city.ana


def body(**fields):
    """What the browser sends for a form of other work on Wednesday."""
    values = {
        "performed_on": "2026-03-11",
        "item": "other",
        "other_title": "Pekerjaan lain",
        "description": TEXT,
        "starts_at": "",
        "minutes": "90",
        "quantity": "1",
        "form_token": str(uuid.uuid4()),
    }
    return values | fields


def errors_of(answer):
    return {name: list(errors) for name, errors in answer.context["form"].errors.items()}


def test_a_report_is_saved_and_named_with_its_number(client, ana):
    answer = client.post(NEW, body(starts_at="9.30"), follow=True)

    row = Activity.objects.get()
    assert answer.redirect_chain == [(f"/activities/day/2026-03-11/#activity-{row.pk}", 302)]
    assert f"Tersimpan: K-{row.pk}, 90 menit, Rab, 11 Mar 2026." in answer.content.decode()
    assert (row.person, row.status, row.minutes, row.performed_on) == (ana, "reported", 90, WEDNESDAY)
    assert f"{row.starts_at:%H.%M}" == "09.30"


def test_a_draft_is_kept_and_said_to_be_one(client, ana):
    answer = client.post(NEW, body(draft="1"), follow=True)

    row = Activity.objects.get()
    assert f"Disimpan sebagai draf: K-{row.pk}" in answer.content.decode()
    assert (row.status, row.reported_at) == ("draft", None)


def test_the_form_offers_the_open_days_with_their_last_moments(client, ana):
    form = client.get(NEW).context["form"]

    assert [str(found.day) for found in form.days] == ["2026-03-11", "2026-03-10", "2026-03-09"]
    assert form["performed_on"].value() == "2026-03-11"
    page = client.get(NEW).content.decode()
    assert ">s.d. Jum, 13 Mar 24.00 WIB<" in page and ">s.d. Rab, 11 Mar 24.00 WIB<" in page


def test_d61_early_in_the_morning_the_day_offered_is_the_office_s(client, ana, clock):
    clock.move_to(at(2026, 4, 1, 6, 30), tick=False)

    assert client.get(NEW).context["form"]["performed_on"].value() == "2026-04-01"


def test_the_day_and_the_work_asked_for_are_chosen(client, ana):
    mine = item()

    form = client.get(f"{NEW}?date=2026-03-09&item={mine.pk}").context["form"]

    assert (form["performed_on"].value(), form["item"].value()) == ("2026-03-09", str(mine.pk))


@pytest.mark.parametrize("asked", ["2026-03-06", "2026-03-12", "kemarin", ""])
def test_a_day_that_is_not_open_is_not_chosen(client, ana, asked):
    assert client.get(f"{NEW}?date={asked}").context["form"]["performed_on"].value() == "2026-03-11"


WHOLE = "Tulis bilangan bulat dengan angka saja, misalnya 90."
OPEN_NOW = "Yang terbuka sekarang: Rab, 11 Mar 2026; Sel, 10 Mar 2026; Sen, 9 Mar 2026."


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("minutes", "0", "Tulis bilangan bulat, paling sedikit 1."),
        ("minutes", "-5", "Tulis bilangan bulat, paling sedikit 1."),
        ("minutes", "", "Tulis bilangan bulat, paling sedikit 1."),
        ("minutes", "451", "Sehari paling banyak 450; sudah tercatat 0, jadi di sini paling banyak 450."),
        ("minutes", "abc", WHOLE),
        ("minutes", "1.000", WHOLE),
        ("minutes", "90,5", WHOLE),
        ("minutes", "٩٠", WHOLE),
        ("quantity", "0", "Tulis bilangan bulat, paling sedikit 1."),
        ("quantity", "1.5", WHOLE),
        ("description", "Update", "Tulis 10 sampai 1.000 huruf; sekarang 6."),
        ("description", "..........", "Tulis dengan huruf atau angka."),
        ("description", "x" * 1001, "Tulis 10 sampai 1.000 huruf; sekarang 1001."),
        ("description", "", "Tulis 10 sampai 1.000 huruf."),
        ("starts_at", "25.00", "Tulis pukul berapa, misalnya 13.00."),
        ("other_title", "", "Tulis pekerjaan apa itu."),
        ("item", "", "Pilih butir tugas, atau “Lain-lain”."),
        ("performed_on", "", "Pilih salah satu hari."),
        ("performed_on", "1999-01-01", "Tanggal ini terlalu jauh. Pilih salah satu tanggal di bawah."),
        (
            "performed_on",
            "2026-03-12",
            "Hari itu belum tiba. Hari terbaru yang bisa dilaporkan adalah hari ini, Rab, 11 Mar 2026. "
            + OPEN_NOW,
        ),
        (
            "performed_on",
            "2026-03-06",
            "Jum, 6 Mar 2026 bisa dilaporkan sampai Sel, 10 Mar 24.00 WIB dan sekarang sudah terkunci. "
            + OPEN_NOW,
        ),
        (
            "performed_on",
            "2026-03-08",
            f"Min, 8 Mar 2026 bukan hari kerja kantor Anda. Pilih hari kerja. {OPEN_NOW}",
        ),
    ],
)
def test_bad_input_gets_its_sentence_and_stays_typed_and_changes_nothing(client, ana, field, value, sentence):
    answer = client.post(NEW, body(**{field: value}))

    assert answer.status_code == 422
    assert errors_of(answer) == {field: [sentence]}
    assert answer.context["form"][field].value() == value
    assert not Activity.objects.exists()


def test_an_error_stands_beside_its_field_and_in_the_summary(client, ana):
    page = client.post(NEW, body(minutes="abc")).content.decode()

    assert f'<a href="#id_minutes">Menit: {WHOLE}</a>' in page
    assert 'aria-describedby="id_minutes_hint id_minutes_error"' in page
    assert 'value="abc"' in page and TEXT in page
    assert "<title>Galat: Lapor kegiatan" in page


def test_d04_the_same_form_again_leads_to_its_row_also_where_it_would_not_fit_any_more(client, ana):
    form = body(minutes="300")
    client.post(NEW, form)

    answer = client.post(NEW, form, follow=True)

    row = Activity.objects.get()
    assert answer.redirect_chain[0][0].endswith(f"#activity-{row.pk}")
    assert f"Formulir ini sudah tersimpan sebagai K-{row.pk}" in answer.content.decode()


def test_a_form_without_a_token_is_refused(client, ana):
    assert client.post(NEW, body(form_token="")).status_code == 422
    assert client.post(NEW, body(form_token="1")).status_code == 422
    assert not Activity.objects.exists()


def test_d32_the_owner_is_who_is_signed_in_and_another_s_form_is_not_found(client, ana, city):
    assert client.post(NEW, body(person=city.budi.pk)).status_code == 404
    assert not Activity.objects.exists()

    client.post(NEW, body(person=ana.pk, person_id=city.budi.pk))
    assert Activity.objects.get().person == ana


def test_d41_fields_that_are_not_the_owner_s_are_ignored(client, ana):
    client.post(NEW, body(status="approved", approved_minutes=450, counted_minutes=450, score=100))

    row = Activity.objects.get()
    assert (row.status, row.approved_minutes, row.counted_minutes, row.minutes) == ("reported", 0, 0, 90)


def test_d55_work_of_another_post_is_neither_offered_nor_taken(client, ana):
    mine, audit = item("Menulis surat"), item("Mengaudit", family="pengawasan")

    page = client.get(NEW).content.decode()
    answer = client.post(NEW, body(item=audit.pk))

    assert mine.name in page and audit.name not in page
    assert errors_of(answer) == {"item": ["Pekerjaan ini tidak ada dalam butir tugas jabatan Anda."]}
    assert not Activity.objects.exists()


def test_work_used_often_comes_first_and_once(client, ana):
    usual, other = item("Biasa"), item("Aneh")
    activity(ana, date(2026, 3, 10), item=usual)

    groups = client.get(NEW).context["form"].fields["item"].choices

    assert [(name, [pk for pk, _label in options]) for name, options in groups[1:3]] == [
        ("Sering dipakai", [usual.pk]),
        ("Administrasi umum", [other.pk]),
    ]
    assert groups[-1] == ("other", "Lain-lain, tulis sendiri")


def test_d06_a_form_opened_in_time_and_sent_after_the_cut_off_is_kept_as_a_draft_without_a_receipt(
    client, ana, clock
):
    opened = client.get(NEW).context["form"]["opened_at"].value()
    clock.move_to(at(2026, 3, 14), tick=False)
    form = body(opened_at=opened)

    answer = client.post(NEW, form, follow=True)

    row = Activity.objects.get()
    assert answer.redirect_chain == [(f"/activities/{row.pk}/edit/", 302)]
    assert (row.status, row.first_reported_at, row.description) == ("draft", None, TEXT)
    page = answer.content.decode()
    assert "Tidak diterima: Rab, 11 Mar 2026 bisa dilaporkan sampai Jum, 13 Mar 24.00 WIB" in page
    assert "Yang Anda ketik disimpan sebagai draf." in page and "Tersimpan:" not in page
    assert client.post(NEW, form).status_code == 302
    assert Activity.objects.count() == 1


def test_a_form_opened_after_the_cut_off_is_refused_and_not_kept(client, ana, clock):
    answer = client.post(NEW, body(performed_on="2026-03-06", opened_at=at(2026, 3, 11).isoformat()))

    assert answer.status_code == 422
    assert not Activity.objects.exists()


def test_d06_nothing_is_kept_for_a_month_that_is_closed_and_the_text_stays_in_the_form(client, ana, clock):
    client.post(NEW, body(draft="1"))
    Activity.objects.all().delete()
    Month.objects.update(status="verifying")

    answer = client.post(NEW, body(opened_at=at(2026, 3, 11).isoformat()))

    assert answer.status_code == 422
    assert answer.context["form"]["description"].value() == TEXT
    assert not Activity.objects.exists()


def test_d07_what_was_typed_after_the_session_ended_is_back_after_sign_in_and_sent_once(client, city):
    city.ana.set_password("kata-sandi-contoh")
    city.ana.save(update_fields=["password"])
    text = "Menelaah berkas. " * 50
    form = body(description=text, minutes="75", person=city.ana.pk)

    answer = client.post(f"{NEW}?date=2026-03-10", form)
    assert (answer.status_code, answer.url.split("?")[0]) == (302, reverse("account_login"))
    answer = client.post(answer.url, {"login": city.ana.nip, "password": "kata-sandi-contoh"})
    page = client.get(answer.url)

    assert answer.url == f"{NEW}?date=2026-03-10"
    values = {name: page.context["form"][name].value() for name in ("description", "minutes", "form_token")}
    assert values == {"description": text, "minutes": "75", "form_token": form["form_token"]}
    assert not Activity.objects.exists()
    client.post(NEW, form)
    client.post(NEW, form)
    assert Activity.objects.count() == 1


def test_d07_what_one_typed_is_not_shown_to_who_signs_in_next(client, city):
    client.post(NEW, body(person=city.ana.pk))
    client.force_login(city.budi)

    assert client.get(NEW).context["form"]["description"].value() is None


def test_a_signed_out_visit_leads_to_sign_in(client, city):
    assert client.get(NEW).status_code == 302


def test_somebody_without_a_post_is_told_what_to_do(client, city):
    client.force_login(factories_activities.factories.person("Tanpa Jabatan"))

    page = client.get(NEW)

    assert page.status_code == 200
    assert "mintalah BKPSDM memeriksa penempatan" in page.content.decode()


def test_the_form_shows_what_was_received_today(client, ana):
    late = activity(ana, date(2026, 3, 10), reported_at=at(2026, 3, 11, 8, 30))
    activity(ana, date(2026, 3, 10))

    page = client.get(NEW)

    assert list(page.context["receipts"]) == [late]
    assert "Diterima 08.30 WIB" in page.content.decode()


def test_whole_days_of_leave_are_not_offered_but_taken_where_asked_for(client, ana, city):
    factories_activities.factories.leave(ana, date(2026, 3, 10))

    assert date(2026, 3, 10) not in [found.day for found in client.get(NEW).context["form"].days]
    asked = client.get(f"{NEW}?date=2026-03-10").context["form"]
    assert date(2026, 3, 10) in [found.day for found in asked.days]
    client.post(NEW, body(performed_on="2026-03-10"))
    assert Activity.objects.get().flagged


def test_the_last_moment_is_judged_when_the_request_comes_in(client, ana, clock):
    clock.move_to(at(2026, 3, 14, 0) - timedelta(seconds=1), tick=False)

    assert client.post(NEW, body()).status_code == 302
