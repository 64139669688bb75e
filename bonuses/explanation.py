"""A stored line as the templates tell it: eleven steps with their parts, and the score behind them."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organization.templatetags.display import number

NUMBERS = (
    "percent",
    "days",
    "score",
    "employer_percent",
    "status_percent",
    "worked_days",
    "excused_paid_days",
)
DECIDING = ("floor", "sanction", "acting")
COMPONENTS = {
    "productivity": gettext_lazy("Productivity"),
    "quality": gettext_lazy("Quality"),
    "discipline": gettext_lazy("Discipline"),
}


def explained(line):
    """Context of a page that explains one line: `steps`, `segments`, `components`, `month_days`."""
    segments = [readable(part) for part in line.segments]
    return {
        "steps": [step_of(line, step, segments) for step in line.steps()],
        "segments": segments,
        "components": components(line.assessment),
        "month_days": segments[-1]["month_days"],
    }


def step_of(line, step, segments):
    """One step of a line, which also knows the line and the account it is paid to."""
    account = getattr(line.person, "account", None)
    return told(step, segments, rule=line.pay_rule) | {"line": line, "account": account}


def told(step, segments, *, rule):
    """One step with its template; a part of a segment also knows the segment's post, decree and days."""
    parts = [readable(part) | {"has_floor": part.get("level") == "staff"} for part in step.get("parts", ())]
    if step["kind"] != "acting":
        parts = [{"segment": segment} | part for segment, part in zip(segments, parts, strict=False)]
    kind = step["kind"]
    return readable(step) | {
        "template": f"bonuses/steps/_{kind}.html",
        "parts": parts,
        "by_band": step.get("mode") == "band",
        "is_split": len(parts) > 1,
        "decides": kind == "net" or (kind in DECIDING and step["amount"] > 0),
        "rule": rule,
    }


def readable(values):
    """Decimals as Decimal again, all else as it is stored."""
    return {
        name: Decimal(value) if name in NUMBERS and value is not None else value
        for name, value in values.items()
    }


def components(assessment):
    """The three components with weight and contribution in points; nothing where not assessed."""
    if assessment.score is None:
        return []
    weights, sources = assessment.rule.weights._asdict(), sources_of(assessment)
    return [
        {
            "label": label,
            "source": sources[kind],
            "points": getattr(assessment, kind),
            "weight": weights[kind],
            "share": getattr(assessment, kind) * weights[kind],
        }
        for kind, label in COMPONENTS.items()
    ]


def sources_of(assessment):
    """What each component comes from, as a sentence."""
    return {
        "productivity": _("%(counted)s of %(target)s minutes of the target")
        % {"counted": number(assessment.counted_minutes), "target": number(assessment.target_minutes)},
        "quality": _("%(refused)s of %(base)s minutes were not accepted")
        % {"refused": number(assessment.refused_minutes), "base": number(assessment.base_minutes)},
        "discipline": _("%(days)s of %(all)s days were reported in time")
        % {"days": assessment.days_in_time, "all": assessment.obliged_days},
    }
