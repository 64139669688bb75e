"""Run worked months through the real formulas and say which figure differs."""

import json
from dataclasses import asdict, replace
from decimal import Decimal, InvalidOperation
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from assessment.scoring import Borders, MonthFacts, Weights, band, score
from bonuses.formulas import PersonInput, Rule, bonus
from ekinerja.worked.homes import worked_homes
from ekinerja.worked.segments import WorkedMonth

KINDS = ("score", "bonus", "segments", "home")
PROFILE = Path(__file__).resolve().parents[2] / "profiles" / "sample.json"
BANDS = {"A": Decimal(100), "B": Decimal(90), "C": Decimal(80), "D": Decimal(70), "E": Decimal(50)}


class Sample:
    """The rules of the sample profile, as a city installs them; `pay` by the name that a case gives."""

    def __init__(self, profile):
        rows = {row["rule"]: row for row in json.loads(profile.read_text(encoding="utf-8"))["rules"]}
        points = rows["assessment.ScoreRule"]
        self.weights = Weights(*(Decimal(points[f"{name}_weight"]) for name in Weights._fields))
        self.borders = Borders(*(Decimal(points[f"band_{letter}"]) for letter in Borders._fields))
        pay = rows["bonuses.PayRule"]
        ratio = Rule(
            mode=pay["mode"],
            floor=pay["floor_rupiah"],
            health_employee_percent=Decimal(pay["health_employee_percent"]),
            health_employer_percent=Decimal(pay["health_employer_percent"]),
            acting_percent=Decimal(pay["acting_percent"]),
            acting_days=pay["acting_days"],
        )
        self.pay = {"sample": ratio, "sample-band": replace(ratio, mode="band", band_percents=BANDS)}

    def score_of(self, case):
        facts = dict(case["input"])
        quality = Decimal(facts.pop("quality"))
        result = score(MonthFacts(**facts), self.weights, quality=quality)
        if result is None:
            return None
        points = {name: str(value) for name, value in result._asdict().items()}
        return points | {"band": band(result.score, self.borders)}

    def band(self, points):
        return band(points, self.borders)

    def segments_of(self, case):
        return WorkedMonth(case["input"], self).answer()

    def home_of(self, case):
        return worked_homes(case["input"])

    def bonus_of(self, case):
        given = case["input"]
        points = None if given["score"] is None else Decimal(given["score"])
        stored = given | {"sanctions": [{"percent": value} for value in given["sanction_percents"]]}
        letter = None if points is None else band(points, self.borders)
        return asdict(bonus(PersonInput.of(stored, score=points, band=letter), self.pay[case["rule"]]))


class Command(BaseCommand):
    help = "Run the worked months of FILE through the formulas; exit 1 where a figure differs."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="laid out like tests/data/golden.json")

    def handle(self, *, file, **options):
        sample, passed, failed = Sample(PROFILE), 0, 0
        for case, compute in cases(file, sample):
            wrong = differences(case, compute)
            passed, failed = passed + (not wrong), failed + bool(wrong)
            self.stdout.write(f"{case['id']} " + ("; ".join(wrong) or "ok"))
        if left_out := unknown(file):
            self.stdout.write(f"not computed: {', '.join(left_out)}")
        self.stdout.write(f"{passed} passed, {failed} failed")
        if failed or not passed:
            raise CommandError("the formulas and the file differ" if failed else "the file holds no case")


def cases(file, sample):
    """Return each case of the file with the method that computes it. Numbers with a point stay text."""
    try:
        content = json.loads(file.read_text(encoding="utf-8"), parse_float=str)
        if not any(kind in content for kind in KINDS):
            raise KeyError(KINDS[0])
        kinds = {kind: getattr(sample, f"{kind}_of") for kind in KINDS}
        return [(case, compute) for kind, compute in kinds.items() for case in content.get(kind, ())]
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise CommandError(f"{file}: not a file of worked months ({problem!r})") from problem


def unknown(file):
    """The lists of cases in the file that no formula of the product is asked for."""
    content = json.loads(file.read_text(encoding="utf-8"))
    lists = [kind for kind, cases in content.items() if isinstance(cases, list)]
    return [kind for kind in lists if kind not in KINDS]


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
