"""Join, transfer, promotion and end of a person. Today is Monday 9 March 2026."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from organization.models import (
    DecidedBefore,
    Joining,
    Leaving,
    OwnRequest,
    Posting,
    Promotion,
    Rank,
    Role,
    Transfer,
    User,
)
from records.refusals import NotNow, OwnRecord
from tests import factories

pytestmark = pytest.mark.django_db
MONDAY, SUNDAY, FRIDAY = date(2026, 3, 9), date(2026, 3, 8), date(2026, 3, 13)
NOW = factories.at(2026, 3, 9)
NIP = "199001012026031001"


@pytest.fixture
def city(time_machine):
    time_machine.move_to(NOW, tick=False)
    found = factories.city()
    found.hr, found.second = factories.with_role(Role.HR), factories.with_role(Role.HR, name="HR kedua")
    found.new_post = factories.post(found.other, "Analis")
    return found


def transferred(city, person=None, post=None, day=MONDAY):
    asked = Transfer.objects.request(
        person=person or city.ana, post=post or city.new_post, starts_on=day, decree="SK 1", by=city.hr
    )
    asked.approve(by=city.second, at=NOW)
    return asked


def held(person):
    found = person.postings.order_by("starts_on").values_list("post__title", "starts_on", "ends_on")
    return [tuple(each) for each in found]


def test_a_transfer_ends_the_posting_the_day_before_once_a_second_person_approved(city):
    old = held(city.ana)
    asked = Transfer.objects.request(
        person=city.ana, post=city.new_post, starts_on=MONDAY, decree="SK 1", by=city.hr
    )
    waiting = held(city.ana)
    with pytest.raises(OwnRequest):
        asked.approve(by=city.hr, at=NOW)
    asked.approve(by=city.second, at=NOW)

    [(title, first, _open)] = old
    assert (waiting, held(city.ana)) == (old, [(title, first, SUNDAY), ("Analis", MONDAY, None)])
    with pytest.raises(DecidedBefore):
        asked.approve(by=city.second, at=NOW)


def test_a_transfer_is_undone_by_two_and_the_posting_before_it_goes_on(city):
    before, asked = held(city.ana), transferred(city)
    undoing = asked.request_cancellation(by=city.hr, reason="Orangnya salah.")
    undoing.approve(by=city.second, at=NOW)
    asked.refresh_from_db()

    assert (held(city.ana), asked.is_cancelled) == (before, True)
    with pytest.raises(NotNow):
        asked.request_cancellation(by=city.hr, reason="Sekali lagi.")


def test_a_transfer_on_which_a_later_one_stands_is_not_undone(city):
    first, _second = transferred(city), transferred(city, post=city.staff_post, day=FRIDAY)
    undoing = first.request_cancellation(by=city.hr, reason="Orangnya salah.")

    with pytest.raises(NotNow):
        undoing.approve(by=city.second, at=NOW)
    assert len(held(city.ana)) == 3


@pytest.mark.parametrize(
    ("where", "day", "sentence"),
    [
        ("staff_post", MONDAY, "Orang ini sudah menduduki jabatan ini."),
        (
            "new_post",
            date(2024, 12, 31),
            "Pada Sen, 30 Des 2024 pegawai ini tidak menduduki jabatan: "
            "mutasi menyambung penempatan sebelumnya tanpa jeda.",
        ),
        (
            "supervisor_post",
            MONDAY,
            "Surya Atasan menduduki jabatan ini mulai Rab, 1 Jan 2025, "
            "dan jabatan ini hanya untuk satu orang.",
        ),
        ("new_post", date(2028, 1, 1), "Tanggal ini lebih dari satu tahun ke depan. Periksa tahunnya."),
    ],
)
def test_a_transfer_that_does_not_fit_is_refused_in_a_sentence(city, where, day, sentence):
    with pytest.raises(ValidationError) as refused:
        Transfer.objects.request(
            person=city.ana, post=getattr(city, where), starts_on=day, decree="SK", by=city.hr
        )

    assert (refused.value.messages, Transfer.objects.count()) == ([sentence], 0)


def test_what_no_longer_fits_when_it_is_approved_stays_waiting(city):
    seat = factories.post(city.other, "Kepala Bidang", number=9, level="administrator")
    asked = Transfer.objects.request(person=city.ana, post=seat, starts_on=MONDAY, decree="SK 1", by=city.hr)
    factories.posted(factories.person(), seat, starts_on=MONDAY)

    with pytest.raises(ValidationError):
        asked.approve(by=city.second, at=NOW)
    asked.refresh_from_db()

    assert (asked.is_waiting, len(held(city.ana))) == (True, 1)


def test_nobody_asks_or_decides_about_themselves(city):
    with pytest.raises(OwnRecord):
        Transfer.objects.request(
            person=city.hr, post=city.new_post, starts_on=MONDAY, decree="SK", by=city.hr
        )
    asked = Leaving.objects.request(
        person=city.second, cause="retirement", last_day=FRIDAY, decree="SK", by=city.hr
    )
    with pytest.raises(OwnRecord):
        asked.approve(by=city.second, at=NOW)


def joining(city, **terms):
    values = {"nip": NIP, "name": "Nadia Baru", "kind": "CPNS", "rank": None, "post": city.new_post}
    return Joining.objects.request(by=city.hr, starts_on=MONDAY, decree="SK 7", **values | terms)


def test_a_new_person_has_status_rank_and_post_and_no_password(city):
    rank = Rank.objects.create(code="III/a", scheme="PNS", order_no=9, name="Penata Muda")
    asked = joining(city, rank=rank)
    before = User.objects.filter(nip=NIP).exists()
    asked.approve(by=city.second, at=NOW)
    who = User.objects.get(nip=NIP)

    assert (before, asked.person, who.name, who.has_usable_password()) == (False, who, "Nadia Baru", False)
    assert held(who) == [("Analis", MONDAY, None)]
    assert [status.kind for status in who.statuses.all()] == ["CPNS"]
    assert [str(holding) for holding in who.ranks.all()] == ["III/a 2026-03-09"]


@pytest.mark.parametrize(
    ("terms", "sentence"),
    [
        ({"nip": "123"}, "NIP terdiri atas 18 angka; angka ke-15 adalah 1 atau 2."),
        ({"kind": "SUSPENDED"}, None),
        ({"name": " "}, None),
    ],
)
def test_a_new_person_that_cannot_be_is_refused_and_nothing_is_stored(city, terms, sentence):
    with pytest.raises(ValidationError) as refused:
        joining(city, **terms)

    assert sentence is None or refused.value.messages == [sentence]
    assert Joining.objects.count() == 0


def test_a_nip_joins_once(city):
    joining(city)

    with pytest.raises(ValidationError) as waits:
        joining(city)
    with pytest.raises(ValidationError) as known:
        joining(city, nip=city.ana.nip)

    assert [waits.value.messages, known.value.messages] == [
        ["Usulan seperti ini sudah menunggu admin kepegawaian kedua."],
        ["NIP ini sudah terdaftar."],
    ]


def test_an_end_of_service_ends_posting_status_roles_and_account(city):
    factories.grant(city.ana, Role.LEADERSHIP)
    asked = Leaving.objects.request(
        person=city.ana, cause="death", last_day=SUNDAY, decree="Akta 3", by=city.hr
    )
    asked.approve(by=city.second, at=NOW)
    city.ana.refresh_from_db()

    assert (city.ana.deactivated_on, city.ana.is_active) == (MONDAY, False)
    ends = [list(rows.values_list("ends_on", flat=True)) for rows in (city.ana.postings, city.ana.statuses)]
    assert ends == [[SUNDAY], [SUNDAY]]
    assert list(city.ana.grants.values_list("ends_on", flat=True)) == [SUNDAY]


def test_an_end_of_service_typed_wrong_is_undone_by_two(city):
    asked = Leaving.objects.request(
        person=city.ana, cause="retirement", last_day=SUNDAY, decree="SK", by=city.hr
    )
    asked.approve(by=city.second, at=NOW)
    asked.refresh_from_db()
    asked.request_cancellation(by=city.hr, reason="Orangnya salah.").approve(by=city.second, at=NOW)
    city.ana.refresh_from_db()

    assert (city.ana.deactivated_on, Posting.objects.get(person=city.ana).ends_on) == (None, None)
    assert city.ana.statuses.get().ends_on is None


def test_a_promotion_begins_on_its_day(city):
    low, high = (
        Rank.objects.create(code=code, scheme="PNS", order_no=number, name=code)
        for number, code in enumerate(["II/d", "III/a"])
    )
    city.ana.ranks.create(rank=low, starts_on=date(2024, 4, 1))
    with pytest.raises(ValidationError) as refused:
        Promotion.objects.request(person=city.ana, rank=low, starts_on=MONDAY, decree="SK", by=city.hr)
    asked = Promotion.objects.request(person=city.ana, rank=high, starts_on=MONDAY, decree="SK", by=city.hr)
    asked.approve(by=city.second, at=NOW)

    assert refused.value.messages == ["Pegawai ini sudah berpangkat itu."]
    assert [str(holding.rank) for holding in city.ana.ranks.order_by("starts_on")] == ["II/d", "III/a"]
