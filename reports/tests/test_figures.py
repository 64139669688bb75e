from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from calendars.models import Month
from calendars.weeks import MonthKey
from reports.figures_days import DayState
from tests import factories, factories_approvals, factories_reports
from tests.factories_activities import activity, item
from tests.factories_bonuses import finalised, scored

pytestmark = pytest.mark.django_db
MARCH, FEBRUARY = MonthKey(2026, 3), MonthKey(2026, 2)


@pytest.fixture
def city(monkeypatch):
    """Monday 9 March 2026, 16.05 WIB."""
    names = factories_reports.city()
    factories_reports.freeze(monkeypatch, 2026, 3, 9, 16, 5)
    return names


def figures(client, who, key=MARCH):
    client.force_login(who)
    return client.get(reverse("reports:figures", args=[key]))


def on(day, who, **fields):
    return activity(who, date(2026, 3, day), **fields)


def texts(answer):
    return " ".join(answer.content.decode().split())


def test_w10_the_home_card_leads_to_the_provisional_computation(client, city):
    on(9, city.ana)
    client.force_login(city.ana)

    page = client.get(reverse("reports:home")).content.decode()

    assert reverse("reports:figures", args=[MARCH]) in page
    assert figures(client, city.ana).status_code == 200


def test_w10_each_component_stands_with_its_formula_in_figures(client, city):
    for day in (2, 3, 4, 5):
        on(day, city.ana, minutes=300, status="approved")
    on(6, city.ana, minutes=100)

    now, then = zip(*figures(client, city.ana).context["components"], strict=True)

    assert [(each.formula, each.points, each.part) for each in now] == [
        ("1.200 ÷ 1.800 × 100, paling tinggi 100", Decimal("66.67"), Decimal("40.002")),
        ("tidak ada yang dikurangi dari 1.200 menit yang disetujui", Decimal("100.00"), Decimal("20")),
        ("5 ÷ 6 hari × 100", Decimal("83.33"), Decimal("16.666")),
    ]
    assert then[0].formula == "1.300 ÷ 1.800 × 100, paling tinggi 100"


def test_w10_each_day_opens_its_rows_with_the_four_minutes(client, city):
    on(2, city.ana, minutes=200, status="approved")
    on(2, city.ana, minutes=100, item=item("Menyusun konsep", standard=30), quantity=2)

    day = figures(client, city.ana).context["figures"].days[0]

    assert (day.day, day.asks.target_minutes) == (date(2026, 3, 2), 300)
    four = (day.minutes, day.credited_minutes, day.approved_minutes, day.counted_minutes)
    assert four == (300, 260, 200, 200)
    assert [row.activity.minutes for row in day.rows] == [200, 100]


def test_w10_what_counts_less_than_reported_says_why(client, city):
    cut = on(2, city.ana, minutes=100, item=item("Menyusun konsep", standard=30), quantity=2)
    fewer, rejected = on(3, city.ana, minutes=120), on(4, city.ana)
    back = {"return_reason": "Lampirkan daftar hadir.", "return_due_at": factories.at(2026, 3, 12)}
    on(5, city.ana, status="returned", **back)
    at = factories.at(2026, 3, 9)
    factories_approvals.decide(cut, city.supervisor, at=at)
    factories_approvals.decide(fewer, city.supervisor, at=at, minutes=60, reason="Rapat hanya satu jam.")
    factories_approvals.decide(rejected, city.supervisor, "rejected", at=at, reason="Bukan tugas jabatan.")

    answer = figures(client, city.ana)

    name = str(city.supervisor)
    assert [row.why for row in answer.context["figures"].fewer] == [
        ["2 × norma waktu 30 menit, sehingga diakui 60 menit"],
        [f"{name} menyetujui 60 menit: “Rapat hanya satu jam.”"],
        [f"ditolak {name}: “Bukan tugas jabatan.”"],
        ["dikembalikan, jawab sebelum Kam, 12 Mar 09.00 WIB: “Lampirkan daftar hadir.”"],
    ]
    assert "Rapat hanya satu jam." in texts(answer)


def test_a_day_of_suspension_counts_nothing_and_says_so(client, city):
    for day in (2, 3, 4, 5):
        on(day, city.ana, minutes=300, status="approved")
    on(6, city.ana, minutes=100)
    factories.suspended(city.ana, date(2026, 3, 5), date(2026, 3, 6))

    own = figures(client, city.ana).context["figures"]

    sums = own.totals
    assert (sums["minutes"], sums["approved_minutes"], sums["counted_minutes"]) == (1300, 900, 900)
    facts = own.provisional.facts
    assert (facts.counted_minutes, facts.approved_minutes, facts.target_minutes) == (900, 900, 1200)
    assert own.provisional.waiting_minutes == 0
    says = "menit pada hari tanpa penempatan atau saat diberhentikan sementara tidak dihitung"
    assert [(row.activity.performed_on.day, row.why) for row in own.fewer] == [(5, [says])]


def test_w10_days_that_are_not_in_time_say_why(client, city):
    on(2, city.ana, status="draft")
    on(3, city.ana, in_time=False)
    on(4, city.ana)
    on(5, city.ana, status="draft")
    factories.leave(city.ana, date(2026, 3, 6), code="CT")

    own = figures(client, city.ana).context["figures"]

    assert [(day.day.day, day.state) for day in own.days] == [
        (2, DayState.MISSED),
        (3, DayState.MISSED),
        (4, DayState.IN_TIME),
        (5, DayState.OPEN),
        (6, DayState.NOT_ASKED),
        (9, DayState.OPEN),
    ]
    assert [day.why for day in own.missed] == [
        "hanya ada draf, tidak dikirim sampai Rab, 4 Mar 24.00 WIB",
        "laporan pertama diterima Sel, 3 Mar 2026 16.00 WIB; batasnya Kam, 5 Mar 24.00 WIB",
        "baru draf, belum dilaporkan; kirim sebelum Sel, 10 Mar 24.00 WIB",
        "belum ada laporan; dapat dilaporkan sampai Rab, 11 Mar 24.00 WIB",
    ]


def test_w10_days_and_rows_add_up_to_the_facts_of_the_score(client, city):
    for day in (2, 3, 5):
        on(day, city.ana, minutes=150, status="approved")
    on(7, city.ana, minutes=90, status="approved")
    factories.leave(city.ana, date(2026, 3, 6), code="CT")

    own = figures(client, city.ana).context["figures"]

    facts = own.provisional.facts
    assert (own.total("counted_minutes"), own.days_in_time) == (facts.counted_minutes, facts.days_in_time)
    assert sum(day.asks.target_minutes for day in own.days) == facts.target_minutes


def test_w10_the_estimate_is_told_step_by_step_to_the_floor(client, city):
    on(2, city.ana, minutes=300, status="approved")
    on(3, city.ana, minutes=300)

    own = figures(client, city.ana).context["figures"]

    now, then = own.bonus_steps
    assert [step["kind"] for step in now] == ["ceiling", "worked_base", "excused_base", "earned", "floor"]
    assert now[3]["amount"] + now[4]["amount"] == own.provisional.bonus.paid
    assert then[3]["amount"] == own.provisional.if_all_approved.bonus.earned


def test_w10_the_page_says_for_whom_reports_wait(client, city):
    on(2, city.ana)

    (wait,) = figures(client, city.ana).context["figures"].waits

    assert (wait.reviewer, wait.is_late) == (city.supervisor.name, False)


def test_w10_a_published_month_shows_the_rows_and_days_behind_its_score(client, city):
    activity(city.ana, date(2026, 2, 12), minutes=200, status="approved")
    month = Month.objects.of(city.agency, FEBRUARY)
    scored(city.ana, month)
    finalised(month)

    answer = figures(client, city.ana, FEBRUARY)

    own = answer.context["figures"]
    assert own.provisional is None and own.published is not None
    assert [day.counted_minutes for day in own.days if day.rows] == [200]
    assert reverse("assessment:mine", args=[FEBRUARY]) in answer.content.decode()
    assert own.is_changed_since and "tetapi belum masuk ke nilai" in texts(answer)


def test_w10_my_score_leads_to_the_figures(client, city):
    client.force_login(city.ana)

    page = client.get(reverse("assessment:mine", args=[MARCH])).content.decode()

    assert reverse("reports:figures", args=[MARCH]) in page


def test_own_records_only_stand_in_the_figures(client, city):
    on(2, city.ana, other_title="Pekerjaan Ana")

    assert "Pekerjaan Ana" in figures(client, city.ana).content.decode()
    assert "Pekerjaan Ana" not in figures(client, city.budi).content.decode()


def test_a_month_to_come_has_no_figures(client, city):
    assert figures(client, city.ana, MARCH.next).status_code == 404


def test_without_a_post_the_page_says_so(client, city):
    assert "tidak menduduki jabatan" in texts(figures(client, factories.person()))


def test_the_number_of_queries_does_not_grow_with_rows_and_days(client, city):
    on(2, city.ana, status="approved")
    on(9, city.ana)
    few = queries(client, city.ana)
    for day in (3, 4, 5, 6):
        on(day, city.ana, status="approved")
        on(day, city.ana)

    assert queries(client, city.ana) == few


def queries(client, who):
    client.force_login(who)
    with CaptureQueriesContext(connection) as found:
        assert client.get(reverse("reports:figures", args=[MARCH])).status_code == 200
    return len(found)
