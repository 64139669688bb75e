"""The numbers that a provisional score and its estimate need, read in one query.

The home page of everybody asks for them, so rules of three rooms travel as columns of the score rule.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Subquery
from django.db.models.functions import JSONArray, JSONObject

from approvals.models import ReviewRule
from assessment.models import ScoreRule
from bonuses import formulas
from bonuses.models import PayRule
from organization.models import Tariff
from records.timeline import Timeline


@dataclass(frozen=True)
class HomeRules:
    """Rules in force on one day; `pay` and `ceiling` (rupiah a month) are None where none is.

    `reviews`: the review rules up to that day.
    """

    score: ScoreRule
    pay: dict | None
    ceiling: int | None
    reviews: Timeline

    @classmethod
    def read(cls, *, on, class_number=None):
        """The rules in force on the day `on`, with the ceiling of a job class; None without a score rule."""
        score = ScoreRule.objects.up_to(on).annotate(pay=_pay(on), ceiling=_ceiling(on, class_number))
        rule = score.annotate(reviews=_reviews(on)).first()
        if rule is None:
            return None
        reviews = Timeline(
            ReviewRule(valid_from=date.fromisoformat(begins), due_days=days) for begins, days in rule.reviews
        )
        return cls(score=rule, pay=rule.pay, ceiling=rule.ceiling, reviews=reviews)

    def due_days_of(self, week):
        """Working days after `week` until its review is due; None without a rule."""
        rule = self.reviews.find(week.first_day)
        return rule and rule.due_days

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


def _ceiling(on, class_number):
    return Subquery(Tariff.objects.up_to(on, str(class_number)).values("ceiling_rupiah")[:1])


def _reviews(on):
    columns = JSONArray("valid_from", "due_days")
    return ArraySubquery(ReviewRule.objects.up_to(on).values(json=columns))
