"""Run worked months through the real formulas and say which figure differs."""

import json
from dataclasses import asdict, replace
from decimal import Decimal, InvalidOperation
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from assessment.scoring import Borders, MonthFacts, Weights, band, score
from bonuses.formulas import ActingInput, PersonInput, Rule, SegmentInput, bonus

WEIGHTS = Weights(productivity=Decimal("0.60"), quality=Decimal("0.20"), discipline=Decimal("0.20"))
BORDERS = Borders(a=Decimal(91), b=Decimal(76), c=Decimal(61), d=Decimal(51))
SAMPLE = Rule(
    mode="ratio",
    floor=1_200_000,
    health_employee_percent=Decimal(1),
    health_employer_percent=Decimal(4),
    acting_percent=Decimal(20),
    acting_days=20,
)
BANDS = {"A": Decimal(100), "B": Decimal(90), "C": Decimal(80), "D": Decimal(70), "E": Decimal(50)}
RULES = {"sample": SAMPLE, "sample-band": replace(SAMPLE, mode="band", band_percents=BANDS)}


class Command(BaseCommand):
    help = "Run the worked months of FILE through the formulas; exit 1 where a figure differs."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="laid out like tests/data/golden.json")

    def handle(self, *, file, **options):
        passed = failed = 0
        for case, compute in cases(file):
            wrong = differences(case, compute)
            passed, failed = passed + (not wrong), failed + bool(wrong)
            self.stdout.write(f"{case['id']} " + ("; ".join(wrong) or "ok"))
        self.stdout.write(f"{passed} passed, {failed} failed")
        if failed or not passed:
            raise CommandError("the formulas and the file differ" if failed else "the file holds no case")


def cases(file):
    """Return each case of the file with the function that computes it. Numbers with a point stay text."""
    try:
        content = json.loads(file.read_text(encoding="utf-8"), parse_float=str)
        return [(case, score_of) for case in content["score"]] + [
            (case, bonus_of) for case in content["bonus"]
        ]
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise CommandError(f"{file}: not a file of worked months ({problem!r})") from problem


def differences(case, compute):
    """Sentences that name each figure of the case that is not the expected one."""
    try:
        found, expected = compute(case), case["expected"]
    except (ArithmeticError, KeyError, TypeError, ValueError, InvalidOperation) as problem:
        return [f"refused: {problem}"]
    return [
        f"{name}: expected {flat(expected).get(name)}, got {flat(found).get(name)}"
        for name in flat(found) | flat(expected)
        if flat(found).get(name) != flat(expected).get(name)
    ]


def flat(value, name=""):
    """{"segments": [{"paid": 1}]} as {"segments.1.paid": 1}; a missing whole is {"result": None}."""
    if isinstance(value, dict):
        pairs = value.items()
    elif isinstance(value, list | tuple):
        pairs = ((str(number), part) for number, part in enumerate(value, 1))
    else:
        return {name or "result": value}
    return {
        key: leaf for inner, part in pairs for key, leaf in flat(part, f"{name}.{inner}".strip(".")).items()
    }


def score_of(case):
    facts = dict(case["input"])
    quality = Decimal(facts.pop("quality"))
    result = score(MonthFacts(**facts), WEIGHTS, quality=quality)
    if result is None:
        return None
    return {name: str(value) for name, value in result._asdict().items()} | {
        "band": band(result.score, BORDERS)
    }


def bonus_of(case):
    given = case["input"]
    points = None if given["score"] is None else Decimal(given["score"])
    person = PersonInput(
        segments=tuple(segment(part) for part in given["segments"]),
        score=points,
        band=None if points is None else band(points, BORDERS),
        participated=given["participated"],
        sanction_percents=tuple(Decimal(value) for value in given["sanction_percents"]),
        acting=tuple(ActingInput(**post) for post in given["acting"]),
        tax_percent=Decimal(given["tax_percent"]),
    )
    return asdict(bonus(person, RULES[case["rule"]]))


def segment(part):
    percents = {name: Decimal(part[name]) for name in ("status_percent", "worked_days", "excused_paid_days")}
    return SegmentInput(**part | percents)
