"""Every dated rule that is in force or coming, with its decree: what the figures of the product come from.

Source: domain.md, section 6, "Dated rules".
"""

from dataclasses import dataclass, field
from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import dateformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.models import EntryRule
from approvals.models import ReviewRule
from assessment.models import ScoreRule
from bonuses.models import PayRule
from calendars.models import LeaveType, MonthRule, WorkPattern
from calendars.weeks import Week
from organization.models import BonusName, Tariff, Unit
from organization.templatetags.display import number, percent, rupiah
from records.dated import DatedRule
from records.looks import PLAIN, ShownChoices
from records.side_by_side import read_together
from records.timeline import Timeline

KINDS = [WorkPattern, LeaveType, EntryRule, ReviewRule, MonthRule, ScoreRule, PayRule, Tariff, BonusName]
MISSING = gettext_lazy("No rule of this kind is approved yet. What needs one says so instead of counting.")
NOTHING = {BonusName: gettext_lazy("The decree gives it no name of its own.")}
SAMPLE = "(contoh)"
SHARES_OF_ONE = {
    "productivity_weight",
    "quality_weight",
    "discipline_weight",
    "confidence",
    "error",
    "flagged_error",
    "tolerable_refusal",
}
NOT_VALUES = {"id", "name", "name_en", *(field.name for field in DatedRule._meta.fields)}


class RuleState(ShownChoices):
    """A rule that is approved and has not begun."""

    COMING = "coming", "s-tunggu", PLAIN, gettext_lazy("not in force yet")


@dataclass(frozen=True)
class Shown:
    """One rule as the page lists it: what it is for, its values in words, and whether it is still to come."""

    rule: DatedRule
    title: str
    values: list[tuple[str, str]]
    is_coming: bool

    @property
    def state(self):
        """What is said beside its first day; None where it is in force."""
        if self.is_draft:
            return DatedRule.Status.DRAFT
        return RuleState.COMING if self.is_coming else None

    @property
    def is_draft(self):
        return self.rule.status == DatedRule.Status.DRAFT

    @property
    def is_sample(self):
        return SAMPLE in self.rule.decree


@dataclass(frozen=True)
class Group:
    """The rules of one kind; `name` is its anchor, `nothing` what is said where there is none."""

    name: str
    label: str
    nothing: str
    rules: list[Shown]
    drafts: list[Shown] = field(default_factory=list)
    is_kept: bool = False


def groups(reader, today):
    """The rules in force on `today` and the approved ones to come, by kind; one query.

    Of the kinds that `reader` keeps also the drafts, which wait for a second person.
    """
    live = [kind.objects.exclude(status=DatedRule.Status.WITHDRAWN) for kind in KINDS]
    read_together(*live)
    return [_group(rules, today, is_kept=rules.model().is_kept_by(reader, on=today)) for rules in live]


def _group(rules, today, *, is_kept):
    approved = [rule for rule in rules if rule.status == DatedRule.Status.APPROVED]
    drafts = [rule for rule in rules if is_kept and rule.status == DatedRule.Status.DRAFT]
    return Group(
        rules.model._meta.model_name,
        str(rules.model._meta.verbose_name),
        str(NOTHING.get(rules.model, MISSING)),
        shown(approved, today),
        [_shown(rule, is_coming=False) for rule in drafts],
        is_kept,
    )


def shown(approved, today):
    """For each scope of these rules the one in force today, and those after it, earliest first."""
    rules, found = Timeline(approved), []
    for scope in sorted(rules.scopes, key=_by_value):
        present, coming = rules.find(today, scope), rules.after(today, scope)
        found += [_shown(rule, is_coming=False) for rule in [present] if rule]
        found += [_shown(rule, is_coming=True) for rule in coming]
    return found


def _by_value(scope):
    """Scopes that are numbers by their value, the others by name."""
    return int(scope) if scope.isdigit() else 0, scope


def _shown(rule, *, is_coming):
    return Shown(rule, title_of(rule), values_of(rule), is_coming)


def title_of(rule):
    """What the rule is for: a work week, a type of leave, a job class, or the whole city."""
    if isinstance(rule, WorkPattern):
        return str(dict(Unit.Pattern.choices).get(rule.scope, rule.scope))
    if isinstance(rule, LeaveType):
        return rule.title
    if isinstance(rule, Tariff):
        return _("class %(number)s") % {"number": rule.scope}
    return _("the whole city")


def values_of(rule):
    """(label, value in words) of each column that is this kind's own."""
    fields = [field for field in rule._meta.fields if field.name not in NOT_VALUES]
    return [(str(field.verbose_name), in_words(rule, field)) for field in fields]


def in_words(rule, field):
    """The value of one column as people write it. A new kind of column raises TypeError, never a guess."""
    value = getattr(rule, field.name)
    if value is None:
        return "–"
    if isinstance(field, models.CharField):
        return str(getattr(rule, f"get_{field.name}_display", lambda: value)())
    if isinstance(field, models.BooleanField):
        return _("yes") if value else _("no")
    if isinstance(field, ArrayField):
        days = zip(Week.of(rule.valid_from).days, value, strict=True)
        return ", ".join(f"{dateformat.format(day, 'D')} {number(minutes)}" for day, minutes in days)
    if isinstance(field, models.JSONField):
        return ", ".join(f"{name} {percent(Decimal(share))}" for name, share in value.items()) or "–"
    if isinstance(field, models.DecimalField):
        return decimal_in_words(field.name, value)
    if field.name.endswith("_rupiah"):
        return rupiah(value)
    return number(value)


def decimal_in_words(name, value):
    """A share of one and a percentage in per cent; points as they are."""
    if name in SHARES_OF_ONE:
        return percent(value * 100)
    if name.startswith("band_"):
        return percent(value).rstrip(" %")
    return percent(value)
