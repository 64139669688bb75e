"""What an agency's lines are computed from: every fact at the date of the work."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from assessment.models import Assessment
from bonuses.models import NoLine
from bonuses.models.reckoning import reckon
from organization.models import EmploymentStatus, Level, Posting, PostTerm, Tariff
from records.dated import NoRule
from tests import factories
from tests import factories_bonuses as build

pytestmark = pytest.mark.django_db
MARCH = date(2026, 3, 1)


@pytest.fixture
def city():
    city = factories.city()
    build.pay_rules()
    city.month = factories.month(city.agency)
    return city


def reckoned(city):
    """Rows by person: lines, and reasons with their detail."""
    no_lines = []
    lines = list(reckon(build.finalised(city.month), no_lines))
    return (
        {row["person_id"]: row for row in lines},
        {row["person_id"]: (row["reason"], row["detail"]) for row in no_lines},
    )


def test_a_line_holds_every_input_and_the_amounts_that_follow(city):
    build.ranked(city.ana, "III/a")
    assessment = build.scored(city.ana, city.month, "43.20")

    line = reckoned(city)[0][city.ana.pk]

    assert {name: line[name] for name in ("earned", "floor_top_up", "gross", "tax", "net")} == {
        "earned": 648_000,
        "floor_top_up": 552_000,
        "gross": 1_200_000,
        "tax": 59_250,
        "net": 1_125_750,
    }
    assert (line["assessment_id"], line["score"], line["band"]) == (assessment.pk, Decimal("43.20"), "E")
    assert (line["class_number"], line["rank_code"]) == (5, "III/a")
    assert line["inputs"] == {
        "nip": city.ana.nip,
        "name": "Ana Pegawai",
        "segments": [
            {
                "post": "Pengadministrasi",
                "unit": "Dinas Contoh",
                "class": 5,
                "level": "staff",
                "status": "PNS",
                "first": "2026-03-01",
                "last": "2026-03-31",
                "ceiling": 1_500_000,
                "tariff": Tariff.objects.get(scope="5").pk,
                "decree": "Perwali 1/2025 (contoh)",
                "article": "pasal 1",
                "status_percent": "100",
                "worked_days": "22",
                "excused_paid_days": "0",
                "month_days": 22,
            }
        ],
        "participated": True,
        "sanctions": [],
        "acting": [],
        "tax_percent": "5",
    }


def test_the_tariff_and_the_pay_rule_of_the_month_hold_not_later_ones(city):
    build.ranked(city.ana)
    build.scored(city.ana, city.month, "100.00")
    build.tariff(5, 2_000_000, valid_from=date(2026, 3, 1))
    build.tariff(5, 9_000_000, valid_from=date(2026, 4, 1))
    build.pay_rule(floor_rupiah=5_000_000, valid_from=date(2026, 4, 1))

    assert reckoned(city)[0][city.ana.pk]["gross"] == 2_000_000


def test_d92_a_tariff_cuts_the_segment_on_its_first_day(city):
    post = factories.post(city.agency, "Analis", number=7, level=Level.SUPERVISOR)
    who = build.ranked(factories.staff(post))
    build.tariff(7, 2_550_000)
    build.tariff(7, 5_100_000, valid_from=date(2026, 9, 16))
    month = factories.month(city.agency, 2026, 9)
    build.scored(who, month, "100.00")

    line = {row["person_id"]: row for row in reckon(build.finalised(month), [])}[who.pk]

    columns = ("first", "last", "ceiling", "worked_days", "month_days")
    assert [tuple(part[name] for name in columns) for part in line["inputs"]["segments"]] == [
        ("2026-09-01", "2026-09-15", 2_550_000, "11", 22),
        ("2026-09-16", "2026-09-30", 5_100_000, "11", 22),
    ]
    assert line["paid"] == 3_825_000


def test_a_reclassified_post_is_paid_by_the_class_of_each_day_whatever_it_is_later(city):
    post = factories.post(city.agency, "Analis", number=5)
    who = build.ranked(factories.staff(post))
    build.tariff(7, 2_550_000)
    month = factories.month(city.agency, 2026, 9)
    build.scored(who, month, "100.00")
    for day, number in ((date(2026, 9, 16), 7), (date(2026, 10, 1), 11)):
        PostTerm.objects.change(post, starts_on=day, decree="SK", job_class=factories.job_class(number))

    line = {row["person_id"]: row for row in reckon(build.finalised(month), [])}[who.pk]

    columns = ("first", "last", "class", "worked_days")
    assert [tuple(part[name] for name in columns) for part in line["inputs"]["segments"]] == [
        ("2026-09-01", "2026-09-15", 5, "11"),
        ("2026-09-16", "2026-09-30", 7, "11"),
    ]


@pytest.mark.parametrize("rule", [build.pay_rule, build.score_rule])
def test_d92_a_pay_rule_and_a_score_rule_begin_on_the_first_of_a_month_only(city, rule):
    with pytest.raises(IntegrityError, match="begins_on_the_first"), transaction.atomic():
        rule(valid_from=date(2026, 9, 16))
    found = rule(valid_from=date(2026, 9, 1))
    found.valid_from = date(2026, 9, 16)

    with pytest.raises(ValidationError, match="Aturan jenis ini mulai berlaku pada tanggal 1."):
        found.validate_constraints()


def test_a_posting_is_paid_by_the_tariff_in_force_in_its_segment(city):
    Posting.objects.filter(person=city.ana).update(ends_on=date(2026, 3, 10))
    chief = factories.post(city.agency, "Kepala Seksi", number=9, level=Level.SUPERVISOR)
    factories.posted(city.ana, chief, date(2026, 3, 11))
    build.tariff(5, 2_200_000, valid_from=date(2026, 3, 11))
    build.ranked(city.ana)
    build.scored(city.ana, city.month, "100.00")

    line = reckoned(city)[0][city.ana.pk]

    assert [(part["ceiling"], part["level"]) for part in line["inputs"]["segments"]] == [
        (1_500_000, "staff"),
        (3_600_000, "supervisor"),
    ]
    assert line["class_number"] == 9
    assert line["gross"] == 477_273 + 2_454_545


def test_a_change_of_status_cuts_the_posting(city):
    EmploymentStatus.objects.filter(person=city.ana).delete()
    EmploymentStatus.objects.create(
        person=city.ana, kind="CPNS", starts_on=factories.LONG_AGO, ends_on=date(2026, 3, 15)
    )
    EmploymentStatus.objects.create(person=city.ana, kind="PNS", starts_on=date(2026, 3, 16))
    build.ranked(city.ana)
    build.scored(city.ana, city.month, "100.00")

    parts = reckoned(city)[0][city.ana.pk]["inputs"]["segments"]

    assert [(part["status"], part["status_percent"], part["worked_days"]) for part in parts] == [
        ("CPNS", "80", "10"),
        ("PNS", "100", "12"),
    ]


def test_the_rank_of_the_last_working_day_gives_the_tax(city):
    build.ranked(city.ana, "II/c")
    build.ranked(city.ana, "III/a", starts_on=date(2026, 3, 31))
    build.ranked(city.ana, "IV/a", starts_on=date(2026, 4, 1))
    build.scored(city.ana, city.month)

    line = reckoned(city)[0][city.ana.pk]

    assert (line["rank_code"], line["inputs"]["tax_percent"]) == ("III/a", "5")


def test_sanctions_of_the_month_are_taken_and_others_are_not(city):
    build.ranked(city.ana)
    build.scored(city.ana, city.month, "100.00")
    build.sanction(city.ana, "25", first=date(2026, 1, 1), last=MARCH)
    build.sanction(city.ana, "10", first=MARCH, last=date(2026, 6, 1))
    build.sanction(city.ana, "50", first=date(2026, 4, 1), last=date(2026, 6, 1))
    build.sanction(city.budi, "50", first=MARCH, last=MARCH)

    line = reckoned(city)[0][city.ana.pk]

    assert [row["percent"] for row in line["inputs"]["sanctions"]] == ["25.00", "10.00"]
    assert line["sanction"] == 525_000


def test_a_leave_day_is_paid_by_its_percent_and_does_not_see_the_score(city):
    factories.leave(city.ana, date(2026, 3, 27))
    build.ranked(city.ana)
    build.scored(city.ana, city.month, "50.00")

    line = reckoned(city)[0][city.ana.pk]

    assert (line["worked_days"], line["excused_paid_days"]) == (21, 1)
    assert (line["worked_base"], line["excused_base"], line["earned"]) == (1_431_818, 68_182, 715_909)


def test_d65_people_who_are_paid_nothing_are_listed_with_the_reason(city):
    build.ranked(city.ana)
    build.scored(city.ana, city.month, "20.00", counted=0)
    absent = factories.staff(city.staff_post, ends_on=date(2026, 2, 28))
    build.scored(absent, city.month, None, counted=0)

    lines, reasons = reckoned(city)

    assert lines == {}
    assert reasons == {city.ana.pk: ("nothing_counted", ""), absent.pk: ("no_working_day", "")}


@pytest.mark.parametrize(("kind", "reason"), [("NON_ASN", "non_asn"), (None, "no_status")])
def test_a_status_without_a_bonus_is_a_reason(city, kind, reason):
    EmploymentStatus.objects.filter(person=city.ana).delete()
    if kind:
        EmploymentStatus.objects.create(person=city.ana, kind=kind, starts_on=factories.LONG_AGO)
    build.ranked(city.ana)
    build.scored(city.ana, city.month)

    assert reckoned(city)[1] == {city.ana.pk: (reason, "")}


def test_who_is_suspended_on_every_working_day_has_no_line(city):
    factories.suspended(city.ana, factories.LONG_AGO)
    build.ranked(city.ana)
    build.scored(city.ana, city.month)

    assert reckoned(city)[1] == {city.ana.pk: ("suspended", "")}


def test_a_weekend_without_a_status_or_with_a_new_post_costs_and_shows_nothing(city):
    EmploymentStatus.objects.filter(person=city.ana).delete()
    EmploymentStatus.objects.create(person=city.ana, kind="PNS", starts_on=date(2026, 3, 2))
    build.ranked(city.ana)
    build.scored(city.ana, city.month, "50.00")

    line = reckoned(city)[0][city.ana.pk]

    assert (line["class_number"], line["worked_days"], len(line["inputs"]["segments"])) == (5, 22, 1)


def test_a_part_of_the_month_spent_wholly_on_paid_leave_is_paid_beside_the_part_worked(city):
    EmploymentStatus.objects.filter(person=city.ana).delete()
    EmploymentStatus.objects.create(
        person=city.ana,
        kind="CPNS",
        starts_on=factories.LONG_AGO,
        ends_on=date(2026, 3, 15),
    )
    EmploymentStatus.objects.create(person=city.ana, kind="PNS", starts_on=date(2026, 3, 16))
    factories.leave(city.ana, date(2026, 3, 2), date(2026, 3, 13))
    build.ranked(city.ana)
    build.scored(city.ana, city.month, "100.00")

    line = reckoned(city)[0][city.ana.pk]

    assert (line["worked_days"], line["excused_paid_days"]) == (12, 10)
    assert (line["worked_base"], line["excused_base"]) == (818_182, 545_455)  # 1,500,000 x 80 % x 10 / 22


def test_d65_nothing_counted_is_the_reason_also_where_the_rank_is_missing(city):
    build.scored(city.ana, city.month, "20.00", counted=0)

    assert reckoned(city) == ({}, {city.ana.pk: ("nothing_counted", "")})


def test_missing_master_data_is_a_reason_that_names_it(city):
    build.scored(city.ana, city.month)
    build.ranked(city.budi, "III/d")
    build.scored(city.budi, city.month)
    clerk = factories.staff(factories.post(city.agency, "Caraka", number=4))
    build.ranked(clerk)
    build.scored(clerk, city.month)

    assert reckoned(city) == (
        {},
        {
            city.ana.pk: ("no_rank", ""),
            city.budi.pk: ("no_rank", "III/d"),
            clerk.pk: ("no_tariff", "4"),
        },
    )


def test_a_month_of_paid_leave_is_paid_without_a_score(city):
    factories.leave(city.ana, MARCH, date(2026, 3, 31))
    build.ranked(city.ana)
    build.scored(city.ana, city.month, None, counted=0)

    line = reckoned(city)[0][city.ana.pk]

    assert (line["score"], line["earned"], line["gross"]) == (None, 0, 1_500_000)


def test_worked_days_with_counted_minutes_and_no_score_are_asked_about(city):
    build.ranked(city.ana)
    build.scored(city.ana, city.month, None, counted=300)

    assert reckoned(city)[1] == {city.ana.pk: ("unscored_work", "no_obliged_day")}


def test_days_in_another_agency_are_paid_in_the_month_of_the_last_one(city):
    elsewhere = factories.post(city.other, "Pengelola", number=6)
    Posting.objects.filter(person=city.ana).update(starts_on=date(2026, 3, 16))
    factories.posted(city.ana, elsewhere, date(2026, 1, 1), date(2026, 3, 15))
    build.ranked(city.ana)
    build.scored(city.ana, city.month, "100.00")

    parts = reckoned(city)[0][city.ana.pk]["inputs"]["segments"]

    assert [(part["unit"], part["class"], part["worked_days"]) for part in parts] == [
        ("Badan Lain", 6, "10"),
        ("Dinas Contoh", 5, "12"),
    ]


def test_without_a_pay_rule_nothing_is_reckoned():
    city = factories.city()
    month = factories.month(city.agency)
    build.scored(city.ana, month)
    build.finalised(month)

    with pytest.raises(NoRule):
        list(reckon(month, []))


def test_d67_leave_entered_after_the_month_is_final_changes_nothing_of_its_line(city):
    build.ranked(city.ana)
    build.scored(city.ana, city.month)
    before = reckoned(city)[0][city.ana.pk]

    factories.leave_type("CB", pay="0")
    factories.leave(city.ana, date(2026, 3, 2), date(2026, 3, 27), code="CB")
    Posting.objects.filter(person=city.ana).update(ends_on=date(2026, 3, 10))

    assert next(iter(reckon(city.month, []))) == before


def test_the_number_of_queries_does_not_grow_with_the_people(city):
    people = [city.ana, city.budi, city.supervisor]
    for who in people:
        factories.leave(build.ranked(who), date(2026, 3, 9))
        build.scored(who, city.month)
    one = queries_for(city, people[:1])

    assert queries_for(city, people) == one <= 7


def queries_for(city, people):
    """Queries of reckoning `people` alone, on days frozen just now."""
    Assessment.objects.freeze_days(city.month)
    Assessment.objects.exclude(person__in=people).update(month=factories.month(city.other))
    count = queries(city)
    Assessment.objects.update(month=city.month)
    return count


def queries(city):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        list(reckon(city.month, []))
    return len(captured)


def test_d111_a_person_without_score_and_line_is_listed_with_why_there_is_no_score(city):
    build.ranked(city.ana)
    build.scored(city.ana, city.month, None, counted=0, not_assessed_reason="no_target")

    assert reckoned(city)[1] == {city.ana.pk: ("not_assessed", "no_target")}
    listed = NoLine(reason="not_assessed", detail="no_target")
    assert listed.why == f"{listed.get_reason_display()} ({Assessment.Unassessed.NO_TARGET.label})"
