"""Builders for reports: the city with every rule in force, and a moment at which pages are read."""

from django.utils import timezone

from tests import factories, factories_approvals
from tests.factories_assessment import score_rule
from tests.factories_bonuses import pay_rules


def city():
    """factories_approvals.city() with score, pay and tariff rules in force."""
    names = factories_approvals.city()
    score_rule()
    pay_rules()
    return names


def freeze(monkeypatch, *moment):
    """Let the clock of the product stand at `moment` (year, month, day, hour, minute) in WIB."""
    at = factories.at(*moment)
    monkeypatch.setattr(timezone, "now", lambda: at)
    return at
