"""Letters by which somebody acts for a post. Today is Monday 9 March 2026."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from organization.models import Acting, ActingLetter, Capacity, OwnRequest, Role
from organization.reviewers import reviewer
from records.refusals import NotNow, OwnRecord
from tests import factories

pytestmark = pytest.mark.django_db
MONDAY, FRIDAY, SATURDAY = date(2026, 3, 9), date(2026, 3, 13), date(2026, 3, 14)
NOW = factories.at(2026, 3, 9)


@pytest.fixture
def city(time_machine):
    time_machine.move_to(NOW, tick=False)
    found = factories.city()
    found.hr, found.second = factories.with_role(Role.HR), factories.with_role(Role.HR, name="HR kedua")
    found.deputy = factories.staff(factories.post(found.agency, "Sekretaris"), "Sari Wakil")
    return found


def ask(city, *, person=None, post=None, by=None, capacity="plh", first=MONDAY, last=FRIDAY):
    return ActingLetter.objects.request(
        person or city.deputy,
        post or city.supervisor_post,
        by=by or city.hr,
        capacity=capacity,
        starts_on=first,
        ends_on=last,
        letter="800/12/2026",
    )


def stand(city, **terms):
    letter = ask(city, **terms)
    letter.approve(by=city.second, at=NOW)
    return letter


def first_of(city, day):
    found = reviewer(city.supervisor_post, owner=city.ana, on=day)
    return found and found.name


def test_a_letter_acts_only_after_a_second_hr_person_approved_it(city):
    letter = ask(city)
    before = first_of(city, MONDAY)
    letter.approve(by=city.second, at=NOW)

    assert (before, first_of(city, MONDAY)) == ("Surya Atasan", "Sari Wakil")


def test_a_letter_ends_with_its_last_day(city):
    stand(city)

    assert [first_of(city, day) for day in (MONDAY - timedelta(1), FRIDAY, SATURDAY)] == [
        "Surya Atasan",
        "Sari Wakil",
        "Surya Atasan",
    ]


def test_the_order_is_delegate_plh_holder_and_a_plt_only_for_a_vacant_post(city):
    stand(city)
    stand(city, capacity="delegate", person=city.head)

    found = Acting.objects.acting_for(city.supervisor_post, owner=city.ana, day=MONDAY)
    assert [(row.person.name, row.capacity) for row in found] == [
        ("Kartika Kepala", "delegate"),
        ("Sari Wakil", "plh"),
        ("Surya Atasan", "holder"),
    ]


def test_who_asks_does_not_approve_and_nobody_asks_for_themselves(city):
    letter = ask(city)

    with pytest.raises(OwnRequest):
        letter.approve(by=city.hr, at=NOW)
    with pytest.raises(OwnRecord):
        letter.approve(by=city.deputy, at=NOW)
    with pytest.raises(OwnRecord):
        ask(city, person=city.hr, by=city.hr)


@pytest.mark.parametrize(
    ("terms", "field", "sentence"),
    [
        ({"first": FRIDAY, "last": MONDAY}, "ends_on", "Hari terakhir mendahului hari pertama."),
        (
            {"first": MONDAY - timedelta(40), "last": MONDAY + timedelta(359)},
            "__all__",
            "Surat berlaku paling lama satu tahun.",
        ),
        (
            {"last": date(2027, 12, 1)},
            "ends_on",
            "Tanggal ini lebih dari satu tahun ke depan. Periksa tahunnya.",
        ),
        (
            {"capacity": "plt"},
            "capacity",
            "Jabatan ini ada pejabatnya pada semua hari itu. Pilih Plh.",
        ),
    ],
)
def test_days_and_kind_that_do_not_fit_are_a_sentence_beside_their_field(city, terms, field, sentence):
    with pytest.raises(ValidationError) as refused:
        ask(city, **terms)

    assert (refused.value.message_dict[field], ActingLetter.objects.count()) == ([sentence], 0)


def test_a_person_who_cannot_act_is_refused_by_name_of_the_reason(city):
    auditor = factories.staff(city.staff_post, "Aulia Auditor")
    factories.grant(auditor, Role.AUDITOR)
    nowhere, gone = factories.person("Tanpa Jabatan"), factories.staff(city.staff_post, "Gani Pensiun")
    gone.deactivated_on = FRIDAY
    gone.save()

    said = {}
    for who in (auditor, nowhere, gone, city.supervisor):
        with pytest.raises(ValidationError) as refused:
            ask(city, person=who)
        said[who.name] = refused.value.message_dict["person"]

    assert said == {
        "Aulia Auditor": ["Orang ini auditor pada hari-hari itu: auditor tidak memutuskan apa pun."],
        "Tanpa Jabatan": ["Orang ini tidak menduduki jabatan pada hari pertama."],
        "Gani Pensiun": ["Orang ini tidak aktif pada semua hari itu."],
        "Surya Atasan": ["Orang ini sudah menduduki jabatan ini."],
    }


def test_a_vacant_post_takes_a_plt_and_no_plh(city):
    vacant = factories.post(city.agency, "Kepala Seksi", number=8, level="supervisor")

    with pytest.raises(ValidationError) as refused:
        ask(city, post=vacant)
    letter = stand(city, post=vacant, capacity="plt")

    assert refused.value.message_dict["capacity"] == ["Jabatan ini kosong pada hari-hari itu. Pilih Plt."]
    assert Acting.objects.get(post=vacant).letter == letter


def test_two_plh_on_one_day_are_refused_by_form_and_database(city):
    ask(city, last=FRIDAY)

    with pytest.raises(ValidationError) as refused:
        ask(city, person=city.head, first=FRIDAY, last=SATURDAY)
    assert refused.value.messages == [
        "Pada hari-hari itu sudah ada yang bertugas untuk jabatan ini dengan cara yang sama."
    ]
    with pytest.raises(IntegrityError):
        ActingLetter.objects.create(
            person=city.head,
            post=city.supervisor_post,
            capacity=Capacity.PLH,
            starts_on=FRIDAY,
            ends_on=SATURDAY,
            letter="801",
            requested_by=city.hr,
            requested_at=NOW,
        )


def test_a_letter_is_ended_early_or_cancelled_by_two(city):
    letter = stand(city)
    asked = letter.request_ending(by=city.hr, reason="Pejabat kembali lebih awal.", ends_on=MONDAY)
    waiting = first_of(city, FRIDAY)
    asked.approve(by=city.second, at=NOW)
    ended = first_of(city, FRIDAY)
    letter.request_ending(by=city.hr, reason="Salah orang.").approve(by=city.second, at=NOW)
    letter.refresh_from_db()

    assert (waiting, ended, first_of(city, MONDAY)) == ("Sari Wakil", "Surya Atasan", "Surya Atasan")
    with pytest.raises(NotNow):
        letter.request_ending(by=city.hr, reason="Sekali lagi.")


def test_whose_superior_acts_by_letter_never_decides_for_somebody_above_them(city):
    """Ana is Plh of her own superior: her own work and that of her superior's line go further up."""
    stand(city, person=city.ana)

    own = reviewer(city.supervisor_post, owner=city.ana, on=MONDAY)
    of_budi = reviewer(city.supervisor_post, owner=city.budi, on=MONDAY)
    assert (own.name, of_budi.name) == ("Surya Atasan", "Ana Pegawai")
