"""The numbers that a provisional score and its estimate need, read in one query.

The home page of everybody asks for them, so rules of three rooms travel as columns of the score rule.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Subquery
from django.db.models.functions import JSONArray, JSONObject

from approvals.models import ReviewRule
from assessment.models import ScoreRule
from bonuses import formulas
from bonuses.models import PayRule
from organization.models import Tariff
from records.timeline import Timeline


class Dated(NamedTuple):
    """One number of a rule and the day from which it holds."""

    valid_from: date
    value: int
    scope: str = ""


@dataclass(frozen=True)
class HomeRules:
    """Rules in force on one day; `pay` is None where none is.

    `tariffs` of one job class and `reviews` are those up to that day.
    """

    score: ScoreRule
    pay: dict | None
    tariffs: Timeline
    reviews: Timeline

    @classmethod
    def read(cls, *, on, class_number=None):
        """The rules in force on the day `on`, with the tariffs of a job class; None without a score rule."""
        columns = {
            "pay": _pay(on),
            "tariffs": _up_to(on, Tariff, "ceiling_rupiah", scope=str(class_number)),
            "reviews": _up_to(on, ReviewRule, "due_days"),
        }
        rule = ScoreRule.objects.up_to(on).annotate(**columns).first()
        if rule is None:
            return None
        return cls(rule, rule.pay, _timeline(rule.tariffs), _timeline(rule.reviews))

    def due_days_of(self, week):
        """Working days after `week` until its review is due; None without a rule."""
        rule = self.reviews.find(week.first_day)
        return rule and rule.value

    def ceiling_on(self, day):
        """The ceiling of the job class in rupiah a month; None without a tariff."""
        tariff = self.tariffs.find(day)
        return tariff and tariff.value

    def status_percent(self, kind):
        """The percent of the ceiling that a status is paid, None where it has no bonus."""
        value = self.pay["status_percents"].get(kind) if self.pay else None
        return None if value is None else Decimal(value)

    def formula(self):
        """The pay rule as the formulas take it, without deductions: an estimate stops before them."""
        bands = {band: Decimal(value) for band, value in self.pay["band_percents"].items()}
        zero = Decimal(0)
        return formulas.Rule(self.pay["mode"], self.pay["floor"], zero, zero, zero, 1, bands)


def _pay(on):
    columns = {name: name for name in ("mode", "band_percents", "status_percents")}
    rule = JSONObject(**columns, floor="floor_rupiah")
    return Subquery(PayRule.objects.up_to(on).values(json=rule)[:1])


def _up_to(on, kind, column, *, scope=""):
    """[first day, value] of each rule of a kind, as a column of the score rule."""
    return ArraySubquery(kind.objects.up_to(on, scope).values(json=JSONArray("valid_from", column)))


def _timeline(rows):
    return Timeline(Dated(date.fromisoformat(begins), value) for begins, value in rows)
