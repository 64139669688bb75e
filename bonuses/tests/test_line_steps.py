"""The steps a page shows of a stored line: those of its computation, with the amounts that are stored."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from assessment.scoring import band
from bonuses import formulas, trace
from bonuses.formulas import AMOUNTS, PersonInput, SegmentInput
from bonuses.models import Line, PayRule, Run
from ekinerja.management.commands.golden import PROFILE, Sample
from tests import factories_bonuses as build

GOLDEN = Path(__file__).resolve().parents[2] / "tests" / "data" / "golden.json"
CASES = {case["id"]: case for case in json.loads(GOLDEN.read_text(encoding="utf-8"))["bonus"]}
SAMPLE = Sample(PROFILE)


def pay_rule(name):
    """A rule as it is stored, of the name that a worked month gives."""
    rule = SAMPLE.pay[name]
    return PayRule(
        mode=rule.mode,
        floor_rupiah=rule.floor,
        health_employee_percent=rule.health_employee_percent,
        health_employer_percent=rule.health_employer_percent,
        acting_percent=rule.acting_percent,
        acting_days=rule.acting_days,
        band_percents={letter: str(percent) for letter, percent in rule.band_percents.items()},
    )


def as_stored(given):
    """A worked month as the inputs of a line, after a way through JSON."""
    sanctions = [{"percent": percent, "decree": "SK 1"} for percent in given["sanction_percents"]]
    kept = {name: given[name] for name in ("segments", "participated", "acting", "tax_percent")}
    return json.loads(json.dumps(kept | {"sanctions": sanctions}))


def as_computed(given):
    """The same month as the formulas take it, without any JSON in between."""
    decimals = ("status_percent", "worked_days", "excused_paid_days")
    segments = [part | {name: Decimal(part[name]) for name in decimals} for part in given["segments"]]
    score = None if given["score"] is None else Decimal(given["score"])
    return PersonInput(
        segments=tuple(SegmentInput(**part) for part in segments),
        score=score,
        participated=given["participated"],
        band=None if score is None else band(score, SAMPLE.borders),
        sanction_percents=tuple(map(Decimal, given["sanction_percents"])),
        acting=tuple(formulas.ActingInput(**post) for post in given["acting"]),
        tax_percent=Decimal(given["tax_percent"]),
    )


@pytest.mark.parametrize("case", CASES)
def test_a_stored_line_shows_the_steps_of_its_computation(case):
    given, rule = CASES[case]["input"], pay_rule(CASES[case]["rule"])
    person = as_computed(given)
    result = formulas.bonus(person, rule.values())
    line = Line(
        pay_rule=rule,
        score=person.score,
        band=person.band or "",
        inputs=as_stored(given),
        **{name: getattr(result, name) for name in AMOUNTS},
    )

    assert line.steps() == trace.steps(person, rule.values(), result)


@pytest.mark.django_db
def test_the_steps_show_the_amounts_that_are_stored_whatever_a_formula_says_today():
    city = build.final_city("43.20")
    build.run_in(Run.Status.RELEASED, city=city)
    line = Line.objects.released_to(city.ana).with_sources().get()
    line.tax, line.net = line.tax + 7, line.net - 7

    amounts = {step["kind"]: step["amount"] for step in line.steps()}

    assert (amounts["tax"], amounts["net"]) == (line.tax, line.net)
