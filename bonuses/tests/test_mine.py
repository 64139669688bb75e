"""My bonus: nothing before the release, every step after it, and only one's own."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bonuses.explanation import explained
from bonuses.models import Line, Run
from organization.models import Level, Posting, Role
from tests import factories
from tests import factories_bonuses as build

pytestmark = pytest.mark.django_db
Status = Run.Status
MARCH = "/bonus/2026-03/"


@pytest.fixture
def city():
    """March is long over; Ana's score lifts her to the floor, Budi's does not."""
    city = factories.city()
    build.pay_rules()
    city.month = factories.month(city.agency)
    for who, score in ((city.ana, "43.20"), (city.budi, "90.00")):
        build.ranked(who, "III/a")
        build.account(who)
        build.scored(who, city.month, score)
    build.finalised(city.month)
    city.maker, city.checker, city.releaser = build.finance()
    return city


def page(client, who, path=MARCH):
    client.force_login(who)
    answer = client.get(path)
    return answer.status_code, " ".join(answer.content.decode().split())


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (None, "belum dibuat"),
        (Status.DRAFT, "sedang disiapkan"),
        (Status.REQUESTED, "sedang disiapkan"),
        (Status.COMPUTED, "sudah dihitung, sedang diperiksa"),
        (Status.CHECKED, "sudah diperiksa, menunggu pengesahan"),
        (Status.CANCELLED, "belum dibuat"),
    ],
)
def test_before_the_release_no_amount_is_told_but_where_the_month_stands(client, city, status, said):
    if status:
        build.run_in(status, city=city)

    code, text = page(client, city.ana)

    assert (code, said in text, "Rp" in text.split("<main")[1]) == (200, True, False)


def wait(client, who):
    client.force_login(who)
    found = client.get(MARCH).context["wait"]
    return found and (found.who, found.since)


def test_who_holds_the_bonus_is_named_with_since_when_at_each_step(client, city):
    final = wait(client, city.ana)
    run = build.run_in(Status.DRAFT, city=city)
    told = [wait(client, city.ana)]
    run.request(by=city.maker, at=timezone.now())
    told.append(wait(client, city.ana))
    build.compute(run)
    told.append(wait(client, city.ana))
    run.mark_checked(by=city.checker, at=timezone.now())
    told.append(wait(client, city.ana))
    run.release(by=city.releaser, at=timezone.now())

    assert final == (city.maker.name, city.month.finalised_at)
    assert told == [
        (city.maker.name, run.made_at),
        (city.maker.name, run.requested_at),
        (city.checker.name, run.computed_at),
        (city.releaser.name, run.checked_at),
    ]
    assert "Menunggu siapa" not in page(client, city.ana)[1]


def test_who_made_or_checked_a_list_is_not_named_for_its_next_step(client, city):
    for role in (Role.CHECKER, Role.RELEASER):
        factories.grant(city.maker, role)
    factories.grant(city.checker, Role.RELEASER)
    run = build.run_in(Status.COMPUTED, city=city)
    computed = wait(client, city.ana)
    run.mark_checked(by=city.checker, at=timezone.now())

    assert (computed[0], wait(client, city.ana)[0]) == (city.checker.name, city.releaser.name)
    assert f"Menunggu: <b>{city.releaser.name}</b>" in page(client, city.ana)[1]


def test_a_list_that_was_sent_back_waits_for_its_maker_since_then(client, city):
    run = build.run_in(Status.COMPUTED, city=city)
    run.refuse(by=city.checker, at=timezone.now(), reason="Rekening belum benar.")

    assert wait(client, city.ana) == (city.maker.name, run.refused_at)


def test_from_the_release_on_the_eleven_steps_are_told_in_plain_words(client, city):
    build.run_in(Status.RELEASED, city=city)

    code, text = page(client, city.ana)

    assert code == 200
    for said in (
        "Rp1.500.000 sebulan: Pengadministrasi, kelas 5, PNS 100 %.",
        "22 dari 22 hari kerja yang dilaksanakan: Rp1.500.000 × 100 % × 22 / 22.",
        "Tidak ada hari cuti yang dibayar pada bulan ini.",
        "Nilai 43,20: Rp1.500.000 × 43,20 / 100.",
        "Batas bawah staf Rp1.200.000 × 22 / 22 = Rp1.200.000 lebih tinggi dari Rp648.000 yang diperoleh",
        "Tidak ada potongan pada bulan ini.",
        "Tidak bertindak sebagai Plt pada bulan ini.",
        "Rp1.200.000 untuk hari kerja.",
        "1 % dari Rp1.500.000. Pemerintah kota membayar 4 % lagi, Rp60.000, di luar bruto.",
        "Golongan III/a: 5 % dari Rp1.185.000 (bruto dikurangi iuran).",
        "Tarif kelas 5 · Perwali 1/2025 (contoh) pasal 1",
    ):
        assert said in text
    assert "−Rp15.000" in text and "−Rp59.250" in text and "Rp1.125.750" in text
    assert "25,92 + 8,64 + 8,64 = <b>43,20</b>" in text


def test_everybody_sees_only_their_own_figures(client, city):
    build.run_in(Status.RELEASED, city=city)

    assert "Rp1.269.000" not in page(client, city.ana)[1]
    assert "Rp1.125.750" not in page(client, city.budi)[1]
    assert "Rp1.1" not in page(client, city.supervisor)[1]


def test_a_person_without_a_line_is_told_the_reason_after_the_release_only(client, city):
    city.month = factories.month(city.other)
    build.scored(build.ranked(city.zul), city.month, "20.00", counted=0)
    build.finalised(city.month)
    run = build.run_in(Status.CHECKED, city=city)
    sentence = "Tidak ada bonus untuk bulan ini: tidak ada menit yang diakui pada bulan ini."

    assert sentence not in page(client, city.zul)[1]
    run.release(by=city.releaser, at=timezone.now())
    assert sentence in page(client, city.zul)[1]


def test_my_bonus_opens_at_the_newest_released_month(client, city):
    client.force_login(city.ana)
    assert client.get(reverse("bonuses:mine")).url != MARCH

    build.run_in(Status.RELEASED, city=city)

    assert client.get(reverse("bonuses:mine")).url == MARCH


def test_other_months_are_linked_with_score_and_net(client, city):
    build.run_in(Status.RELEASED, city=city)
    city.month = factories.month(city.agency, number=4)
    build.scored(city.ana, city.month, "90.00")
    build.finalised(city.month)
    build.run_in(Status.RELEASED, city=city)

    text = page(client, city.ana, "/bonus/2026-04/")[1]

    assert f'href="{MARCH}"' in text and "43,20" in text and "Rp1.125.750" in text


def test_a_month_to_come_is_not_found(client, city):
    assert page(client, city.ana, "/bonus/2099-01/")[0] == 404


def test_a_month_of_nobody_has_a_page_that_says_so(client, city):
    assert page(client, city.ana, "/bonus/2025-02/")[0] == 200
    assert page(client, factories.person(), MARCH)[0] == 200


def test_a_past_line_stays_with_its_owner_after_a_transfer(client, city):
    build.run_in(Status.RELEASED, city=city)
    Posting.objects.filter(person=city.ana).update(ends_on=date(2026, 3, 31))
    factories.posted(city.ana, factories.post(city.other), date(2026, 4, 1))

    assert "Rp1.125.750" in page(client, city.ana)[1]


def test_two_postings_are_told_each_with_its_days(client, city):
    month = factories.month(city.other)
    Posting.objects.filter(person=city.zul).update(ends_on=date(2026, 3, 10))
    chief = factories.post(city.other, "Kepala Seksi", number=9, level=Level.SUPERVISOR)
    factories.posted(city.zul, chief, date(2026, 3, 11))
    build.scored(build.ranked(city.zul), month, "55.55")
    city.month = build.finalised(month)
    build.run_in(Status.RELEASED, city=city)

    text = page(client, city.zul)[1]

    assert "(1 Mar s.d. 10 Mar, Badan Lain)" in text
    assert "Batas bawah hanya untuk tingkat staf; Kepala Seksi tidak memilikinya." in text


def test_english_has_every_step_as_well(client, city):
    build.run_in(Status.RELEASED, city=city)
    client.cookies["django_language"] = "en"

    text = page(client, city.ana)[1]

    assert "22 of 22 working days were worked: Rp1,500,000 × 100% × 22 / 22." in text
    assert "Score 43.20: Rp1,500,000 × 43.20 / 100." in text


def test_the_explanation_has_decimals_again_and_marks_what_decided(city):
    build.run_in(Status.RELEASED, city=city)

    told = explained(Line.objects.released_to(city.ana).with_sources().get())

    steps = {step["kind"]: step for step in told["steps"]}
    assert [kind for kind, step in steps.items() if step["decides"]] == ["floor", "net"]
    assert steps["earned"]["parts"][0]["percent"] == Decimal("43.20")
    assert steps["worked_base"]["parts"][0]["segment"]["post"] == "Pengadministrasi"


def test_my_bonus_costs_the_same_with_one_other_month_and_with_three(client, city):
    build.run_in(Status.RELEASED, city=city)
    costs = []
    for number in (4, 5, 6):
        city.month = factories.month(city.agency, number=number)
        build.scored(city.ana, city.month)
        build.finalised(city.month)
        build.run_in(Status.RELEASED, city=city)
        page(client, city.ana)
        with CaptureQueriesContext(connection) as captured:
            client.get(MARCH)
        costs.append(len(captured))

    assert costs[0] == costs[2] <= 20
