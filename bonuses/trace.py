"""The eleven steps from ceiling to net that explain one bonus, as plain values; made whenever they are shown.

PURE: standard library only. Sentences are written by the templates in `templates/bonuses/steps/`.
"""

from decimal import Decimal
from typing import Any

from bonuses.formulas import (
    Bonus,
    PersonInput,
    Rule,
    SegmentBonus,
    SegmentInput,
    earned_percent,
    sanction_percent,
)

Step = dict[str, Any]

KINDS = (
    "ceiling",
    "worked_base",
    "excused_base",
    "earned",
    "floor",
    "sanction",
    "acting",
    "gross",
    "health",
    "tax",
    "net",
)


def steps(inputs: PersonInput, rule: Rule, result: Bonus) -> list[Step]:
    """Return eleven steps `{kind, amount, …}`; amounts in rupiah, deductions as they are stored (positive).

    The first five hold one part per segment, in the order of `inputs.segments`; a ceiling of several
    segments has no single amount and is None. Decimals are strings, as the stored inputs have them.
    """
    return [*segment_steps(inputs, rule, result), *person_steps(inputs, rule, result)]


def segment_steps(inputs: PersonInput, rule: Rule, result: Bonus) -> list[Step]:
    pairs = tuple(zip(inputs.segments, result.segments, strict=True))
    worked = [day_part(part, paid.worked_base, part.worked_days) for part, paid in pairs]
    excused = [day_part(part, paid.excused_base, part.excused_paid_days) for part, paid in pairs]
    floors = [floor_part(part, paid, rule) for part, paid in pairs]
    return [
        ceiling_step(inputs),
        {"kind": "worked_base", "amount": result.worked_base, "parts": worked},
        {"kind": "excused_base", "amount": result.excused_base, "parts": excused},
        earned_step(inputs, rule, result),
        {
            "kind": "floor",
            "amount": result.floor_top_up,
            "participated": inputs.participated,
            "parts": floors,
        },
    ]


def ceiling_step(inputs: PersonInput) -> Step:
    only = inputs.segments[0].ceiling if len(inputs.segments) == 1 else None
    parts = [{"amount": part.ceiling, "percent": str(part.status_percent)} for part in inputs.segments]
    return {"kind": "ceiling", "amount": only, "parts": parts}


def earned_step(inputs: PersonInput, rule: Rule, result: Bonus) -> Step:
    percent = earned_share(inputs, rule)
    return {
        "kind": "earned",
        "amount": result.earned,
        "mode": rule.mode,
        "participated": inputs.participated,
        "score": None if inputs.score is None else str(inputs.score),
        "band": inputs.band,
        "parts": [
            {"amount": paid.earned, "base": paid.worked_base, "percent": percent} for paid in result.segments
        ],
    }


def person_steps(inputs: PersonInput, rule: Rule, result: Bonus) -> list[Step]:
    taken, taxed = str(sanction_percent(inputs)), result.gross - result.health_employee
    return [
        {"kind": "sanction", "amount": result.sanction, "base": result.paid, "percent": taken},
        acting_step(inputs, rule, result),
        gross_step(result),
        health_step(rule, result),
        {"kind": "tax", "amount": result.tax, "base": taxed, "percent": str(inputs.tax_percent)},
        {"kind": "net", "amount": result.net},
    ]


def acting_step(inputs: PersonInput, rule: Rule, result: Bonus) -> Step:
    return {
        "kind": "acting",
        "amount": result.acting,
        "percent": str(rule.acting_percent),
        "needed": rule.acting_days,
        "parts": [
            {"amount": post.ceiling, "days": post.days, "month_days": post.month_days}
            for post in inputs.acting
        ],
    }


def gross_step(result: Bonus) -> Step:
    return {
        "kind": "gross",
        "amount": result.gross,
        "work": result.paid - result.excused_base,
        "excused": result.excused_base,
        "sanction": result.sanction,
        "acting": result.acting,
    }


def health_step(rule: Rule, result: Bonus) -> Step:
    return {
        "kind": "health",
        "amount": result.health_employee,
        "base": result.worked_base + result.excused_base,
        "percent": str(rule.health_employee_percent),
        "employer": result.health_employer,
        "employer_percent": str(rule.health_employer_percent),
    }


def earned_share(inputs: PersonInput, rule: Rule) -> str | None:
    """The percent of the base that was earned, None where nothing was counted."""
    if not inputs.participated or inputs.score is None:
        return None
    return str(earned_percent(inputs, rule))


def day_part(part: SegmentInput, amount: int, days: Decimal) -> Step:
    return {
        "amount": amount,
        "ceiling": part.ceiling,
        "percent": str(part.status_percent),
        "days": str(days),
        "month_days": part.month_days,
    }


def floor_part(part: SegmentInput, paid: SegmentBonus, rule: Rule) -> Step:
    return {
        "amount": paid.floor_top_up,
        "level": part.level,
        "floor": paid.floor,
        "monthly": rule.floor,
        "days": str(part.worked_days),
        "month_days": part.month_days,
        "earned": paid.earned,
    }
