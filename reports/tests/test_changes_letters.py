"""Acting letters on their pages. Today is Monday 9 March 2026."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from organization.models import ActingLetter, Role
from organization.reviewers import reviewer
from tests import factories, factories_activities
from tests.factories import at

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 3, 9)


@pytest.fixture
def city(time_machine):
    time_machine.move_to(at(2026, 3, 9), tick=False)
    found = factories_activities.city()
    found.hr, found.second = factories.with_role(Role.HR), factories.with_role(Role.HR, name="HR kedua")
    found.deputy = factories.staff(factories.post(found.agency, "Sekretaris"), "Sari Wakil")
    return found


def typed(**fields):
    values = {"capacity": "plh", "person": "Sari Wakil", "letter": "800/12/2026"}
    return values | {"starts_on": "2026-03-09", "ends_on": "2026-03-13"} | fields


def sent_twice(client, url, body):
    """The answer of a form whose note was read and sent back, and the note."""
    shown = client.post(url, body)
    note = shown.context["touched"]
    return client.post(url, body | {"seen": note.stamp}), [str(each) for each in note.notes]


def test_d46_hr_asks_the_second_approves_and_the_queue_is_the_deputys(client, city):
    factories_activities.activity(city.ana, MONDAY)
    url = reverse("changes:letter_create", args=[city.supervisor_post.pk])
    client.force_login(city.hr)

    answer, notes = sent_twice(client, url, typed())
    letter = ActingLetter.objects.get()
    client.force_login(city.second)
    page = client.get(reverse("changes:request", args=["letters", letter.pk]))
    approval = client.post(
        reverse("changes:request", args=["letters", letter.pk]), {"seen": page.context["touched"].stamp}
    )

    assert (answer.url, approval.status_code) == (f"/posts/{city.supervisor_post.pk}/", 302)
    assert notes == [
        "1 kegiatan dari 1 pegawai menunggu jabatan ini: selanjutnya Sari Wakil yang memutuskan."
    ]
    assert reviewer(city.supervisor_post, owner=city.ana, on=MONDAY) == city.deputy
    client.force_login(city.deputy)
    assert client.get(reverse("approvals:week", args=["2026-W11"])).status_code == 200


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"person": "Tidak Ada"}, "person", "Tidak ada pegawai yang ditemukan untuk “Tidak Ada”. "),
        ({"person": "Pegawai"}, "person", "Ada beberapa pegawai. Ketik NIP salah satunya: "),
        ({"capacity": "plt"}, "capacity", "Jabatan ini ada pejabatnya pada semua hari itu. Pilih Plh."),
        ({"ends_on": "2026-03-01"}, "ends_on", "Hari terakhir mendahului hari pertama."),
        ({"ends_on": "2028-03-01"}, "ends_on", "Tanggal ini lebih dari satu tahun ke depan. "),
        ({"letter": " "}, "letter", ""),
    ],
)
def test_bad_input_is_told_beside_its_field_and_keeps_what_was_typed(client, city, fields, field, sentence):
    client.force_login(city.hr)

    answer = client.post(reverse("changes:letter_create", args=[city.supervisor_post.pk]), typed(**fields))

    form = answer.context["form"]
    assert (answer.status_code, list(form.errors), ActingLetter.objects.count()) == (422, [field], 0)
    assert sentence in form.errors[field][0]
    assert form["letter"].value() == fields.get("letter", "800/12/2026")


def test_the_same_letter_sent_twice_is_one_letter_and_a_sentence(client, city):
    client.force_login(city.hr)
    url = reverse("changes:letter_create", args=[city.supervisor_post.pk])

    codes = [client.post(url, typed()).status_code for _time in range(2)]

    assert (codes, ActingLetter.objects.count()) == ([302, 422], 1)


def test_a_letter_is_ended_early_on_its_page_with_a_second_person(client, city):
    letter = factories.letter(
        city.supervisor_post, city.deputy, first=MONDAY, last=date(2026, 3, 20), capacity="plh"
    )
    client.force_login(city.hr)

    answer = client.post(
        reverse("changes:letter_end", args=[letter.pk]), {"ends_on": "2026-03-11", "reason": "Sudah kembali."}
    )
    asked = letter.endings.get()
    client.force_login(city.second)
    client.post(reverse("changes:request", args=["letter-endings", asked.pk]))
    letter.refresh_from_db()

    assert (answer.url, letter.ends_on) == (f"/posts/{city.supervisor_post.pk}/", date(2026, 3, 11))


def test_a_holder_hands_the_review_over_and_hr_approves(client, city):
    client.force_login(city.supervisor)
    url = reverse("changes:delegate")

    asked = client.post(url, typed(capacity="delegate"))
    letter = ActingLetter.objects.get()
    own = client.post(reverse("changes:request", args=["letters", letter.pk]))
    client.force_login(city.hr)
    approved = client.post(reverse("changes:request", args=["letters", letter.pk]))

    assert (asked.status_code, own.status_code, approved.status_code) == (302, 403, 302)
    assert reviewer(city.supervisor_post, owner=city.ana, on=MONDAY) == city.deputy


def test_a_holder_takes_a_delegation_back_while_it_waits(client, city):
    client.force_login(city.supervisor)
    client.post(reverse("changes:delegate"), typed(capacity="delegate"))
    letter = ActingLetter.objects.get()

    for _time in range(2):
        client.post(reverse("changes:delegate_withdraw", args=[letter.pk]))
    letter.refresh_from_db()

    assert letter.is_withdrawn


def test_who_acts_by_letter_hands_nothing_on(client, city):
    factories.letter(city.supervisor_post, city.deputy, first=MONDAY, last=date(2026, 3, 20), capacity="plh")
    client.force_login(city.deputy)

    assert client.get(reverse("changes:delegate")).status_code == 404


def test_lists_of_posts_take_the_same_queries_for_any_number(client, city):
    client.force_login(city.hr)
    asked = []
    for _more in range(2):
        with CaptureQueriesContext(connection) as queries:
            found = client.get(reverse("organization:posts"))
        asked.append(len(queries))
        for number in range(9):
            where = factories.post(city.agency, f"Jabatan {number}", superior=city.head_post)
            factories.letter(where, factories.staff(where), first=MONDAY, last=MONDAY)

    assert found.status_code == 200
    assert asked == [8, 8]


def test_a_search_finds_posts_by_title_office_and_vacancy(client, city):
    factories.post(city.agency, "Kepala Seksi Kosong", number=8, level="supervisor")
    client.force_login(city.hr)

    found = [
        [post.title for post in client.get(reverse("organization:posts"), query).context["page"]]
        for query in ({"q": "seksi"}, {"vacant": "on", "q": "contoh"}, {"q": "tidak ada"})
    ]

    assert found == [["Kepala Seksi Kosong"], ["Kepala Seksi Kosong"], []]


def test_d46_the_queue_says_until_when_one_acts_and_the_decision_names_the_letter(client, city):
    row = factories_activities.activity(city.ana, MONDAY)
    letter = factories.letter(
        city.supervisor_post, city.deputy, first=MONDAY, last=date(2026, 3, 13), capacity="plh"
    )
    client.force_login(city.deputy)

    queue = client.get(reverse("approvals:week", args=["2026-W11"])).content.decode()
    client.post(reverse("approvals:decide", args=[row.pk]), {"act": "approve", "version": row.version})
    decision = row.decisions.get()
    client.force_login(city.ana)
    page = client.get(reverse("approvals:decisions", args=[row.pk])).content.decode()

    assert "Anda bertugas sebagai Plh: Kepala Bidang, Dinas Contoh, sampai Jum, 13 Mar 2026" in queue
    assert (decision.capacity, decision.letter, decision.by) == ("plh", letter, city.deputy)
    assert "surat 800/1, sampai Jum, 13 Mar 2026" in " ".join(page.split())


def test_d46_on_the_day_after_the_letter_its_queue_is_empty_again(client, city, time_machine):
    row = factories_activities.activity(city.ana, MONDAY)
    factories.letter(city.supervisor_post, city.deputy, first=MONDAY, last=MONDAY, capacity="plh")
    client.force_login(city.deputy)
    codes = []
    for moment in (at(2026, 3, 9, 23, 59), at(2026, 3, 10, 0, 0)):
        time_machine.move_to(moment, tick=False)
        client.force_login(city.deputy)
        codes.append(client.get(reverse("approvals:person", args=["2026-W11", city.ana.pk])).status_code)
    refused = client.post(
        reverse("approvals:decide", args=[row.pk]), {"act": "approve", "version": row.version}
    )
    row.refresh_from_db()

    assert (codes, refused.status_code, row.status) == ([200, 403], 403, "reported")


def test_one_s_own_letter_never_decides_one_s_own_work(client, city):
    row = factories_activities.activity(city.ana, MONDAY)
    factories.letter(city.supervisor_post, city.ana, first=MONDAY, last=date(2026, 3, 13), capacity="plh")
    client.force_login(city.ana)

    answer = client.post(
        reverse("approvals:decide", args=[row.pk]), {"act": "approve", "version": row.version}
    )
    row.refresh_from_db()

    assert (answer.status_code, row.status) == (403, "reported")
