"""Builders for bonuses: rules, scored and final months, runs in any status. Invented people and decrees."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from assessment.models import Assessment, ScoreRule
from bonuses.formulas import AMOUNTS  # noqa: F401 (tests compare by them)
from bonuses.models import PayRule, Run
from calendars.models import Month
from organization.models import PayeeAccount, Rank, RankHolding, Role, Sanction, Tariff, Unit
from tests import factories
from tests.factories_assessment import score_rule

CEILINGS = {5: 1_500_000, 6: 1_800_000, 9: 3_600_000, 11: 5_100_000, 14: 10_500_000}
TAXES = {"I/a": "0", "II/c": "0", "III/a": "5", "III/c": "5", "IV/a": "15", "VII": "0", "IX": "5"}
BANDS = {"A": "100", "B": "90", "C": "80", "D": "70", "E": "50"}
STEP = timedelta(minutes=1)


def pay_rule(**fields):
    """The sample rule of golden.json, by the score."""
    values = {
        "mode": "ratio",
        "floor_rupiah": 1_200_000,
        "status_percents": {"PNS": "100", "CPNS": "80", "PPPK": "100"},
        "health_employee_percent": Decimal(1),
        "health_employer_percent": Decimal(4),
        "acting_percent": Decimal(20),
        "acting_days": 20,
        "tax_percents": TAXES,
    }
    return factories.signed(PayRule, **values | fields)


def tariff(number, ceiling, **fields):
    return factories.signed(Tariff, scope=str(number), ceiling_rupiah=ceiling, **fields)


def pay_rules():
    for number, ceiling in CEILINGS.items():
        tariff(number, ceiling)
    return pay_rule()


def ranked(who, code="II/c", *, starts_on=factories.LONG_AGO):
    scheme = "PNS" if "/" in code else "PPPK"
    rank, _ = Rank.objects.get_or_create(code=code, defaults={"scheme": scheme, "order_no": 1, "name": code})
    RankHolding.objects.create(person=who, rank=rank, starts_on=starts_on)
    return who


def account(who, bank="Bank Contoh", number="0012345678"):
    return PayeeAccount.objects.create(person=who, bank=bank, number=number, holder_name=who.name)


def sanction(who, percent="25", *, first, last, waits_for_second=False):
    """A sanction that two HR people have brought into force, or that waits for the second."""
    return Sanction.objects.create(
        person=who,
        percent=Decimal(percent),
        first_month=first,
        last_month=last,
        decree="SK 7/2026 (contoh)",
        **(factories.asked_by() if waits_for_second else factories.approved_by_two()),
    )


def scored(who, month, score="90.00", *, counted=5_400, **fields):
    """A confirmed score; `score=None` is a month that is not assessed."""
    rule = ScoreRule.objects.first() or score_rule()
    points = None if score is None else Decimal(score)
    values = {
        "target_minutes": 6_000,
        "counted_minutes": counted,
        "approved_minutes": counted,
        "refused_minutes": 0,
        "base_minutes": counted,
        "verified_minutes": 0,
        "verified_rows": 0,
        "obliged_days": 20,
        "days_in_time": 18,
        "quality_proposed": Decimal(0) if points is None else points,
        "quality": points,
        "productivity": points,
        "discipline": points,
        "score": points,
        "band": "" if points is None else rule.band(points),
        "not_assessed_reason": "no_obliged_day" if points is None else "",
        "marked_by": None if points is None else factories.person("Penilai"),
        "marked_at": None if points is None else timezone.now(),
    }
    return Assessment.objects.create(person=who, month=month, rule=rule, **values | fields)


def finalised(month):
    """Make the month final, as the two of the assessment unit would have left it."""
    now = timezone.now()
    Assessment.objects.freeze_days(month)
    Month.objects.filter(pk=month.pk).update(
        status=Month.Status.FINAL, published_at=now, objections_close_at=now, finalised_at=now
    )
    month.refresh_from_db()
    return month


def finance(unit: Unit | None = None):
    """Maker, checker, releaser of the city, or of one agency."""
    roles = (Role.MAKER, Role.CHECKER, Role.RELEASER)
    return [factories.with_role(role, unit, name=f"Keuangan {role}") for role in roles]


def final_city(score="90.00"):
    """`factories.city()` with pay rules, ranks, accounts and March 2026 final in the agency: Ana and Budi."""
    city = factories.city()
    pay_rules()
    city.month = factories.month(city.agency)
    for who in (city.ana, city.budi):
        ranked(who)
        account(who)
        scored(who, city.month, score)
    finalised(city.month)
    city.maker, city.checker, city.releaser = finance()
    return city


def run_in(status, *, city, months=None):
    """A run of the months (the city's) in `status`, by the three of finance, computed in this process."""
    now = timezone.now()
    run = Run.objects.make(months or [city.month], by=city.maker, at=now)
    if status in (Run.Status.REQUESTED, *Run.WHOLE):
        run.request(by=city.maker, at=now + STEP)
    if status in Run.WHOLE:
        compute(run)
    if status in (Run.Status.CHECKED, *Run.SHOWN):
        run.mark_checked(by=city.checker, at=now + 3 * STEP)
    if status in Run.SHOWN:
        run.release(by=city.releaser, at=now + 4 * STEP)
    if status == Run.Status.CANCELLED:
        run.cancel(by=city.maker, at=now + STEP, reason="salah bulan")
    return run


def compute(run):
    """Do the work of the job queue for this run."""
    for share in run.shares.all():
        share.compute()
    run.refresh_from_db()
    return run
