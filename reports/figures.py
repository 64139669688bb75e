"""One's own month to the last figure: the score so far with its formulas, and the rows and days behind it.

Read in a fixed number of queries, whatever the number of rows and days. Source: domain.md, sections 3 to 7.
"""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.utils.translation import gettext as _

from activities.models import Activity, ReportingDays
from approvals.models import Decision
from approvals.waiting import waits
from assessment.models import Assessment, Verdict
from assessment.models.person_months import without_zeros
from bonuses import trace
from bonuses.explanation import readable, told
from bonuses.models.reckoning import Facts
from calendars.models import Leave, LeaveType, Month
from calendars.models.leaves import titles_of
from calendars.weeks import days_between
from organization.templatetags.display import number
from reports.estimate import Provisional
from reports.figures_days import DayState, FigureDay, FigureRow
from reports.home_rules import HomeRules

READ = ("item", "month", "term__unit")


@dataclass(frozen=True)
class Component:
    """One component of a score: its formula in figures, its points, and what it adds by its weight.

    `rows` names the part of the page with the rows behind it, `opens` the link to it.
    """

    name: str
    rows: str
    opens: str
    formula: str
    points: Decimal
    weight: Decimal

    @property
    def part(self):
        return without_zeros(self.points * self.weight)


class MonthFigures:
    """The month `key` of one person as it stands at the moment `at`; it is not to come."""

    def __init__(self, person, key, *, at):
        self.person, self.key, self.at = person, key, at
        self.until = min(person.today(at), key.last_day)
        self._lists = self._asked()
        self.reporting = ReportingDays(
            person, at=at, first=key.first_day, last=key.last_day, beside=self._lists.values()
        )

    def _asked(self):
        """What is read with the days: their rows and what became of them, leave, and the month."""
        key, person = self.key, self.person
        rows = Activity.objects.of(person).in_month(key)
        of_rows = {"activity__in": rows.order_by().values("pk")}
        agency = self.posting and self.posting.unit.agency_id
        of_agency = Month.objects.filter(agency=agency, year=key.year, month=key.month)
        published = Assessment.objects.published().filter(person=person)
        return {
            "rows": rows.select_related(*READ),
            "decisions": Decision.objects.filter(**of_rows).select_related("by"),
            "verdicts": Verdict.objects.in_force().filter(**of_rows),
            "leaves": Leave.objects.filter(person=person).overlapping(key.first_day, key.last_day),
            "types": LeaveType.objects.approved(),
            "months": of_agency.select_related("agency"),
            "published": published.filter(month__year=key.year, month__month=key.month),
        }

    @cached_property
    def _read(self):
        """The same as lists, read by one query with the days."""
        self.reporting.read()
        return {name: list(found) for name, found in self._lists.items()}

    @cached_property
    def posting(self):
        """The posting of the last day that counts, or the last one of the month; None without one."""
        held = [
            posting
            for posting in self.person.postings_held
            if posting.starts_on <= self.key.last_day
            and (posting.ends_on or self.until) >= self.key.first_day
        ]
        return self.person.posting_on(self.until) or (held[-1] if held else None)

    @cached_property
    def month(self):
        """The month of their agency; None where nobody has opened it."""
        return next(iter(self._read["months"]), None)

    @property
    def published(self):
        """Their published Assessment, with the figures frozen in it; None before."""
        return next(iter(self._read["published"]), None)

    @cached_property
    def provisional(self):
        """The score so far; None once it is published, without a post, or where no rule is in force."""
        if self.published or self.posting is None:
            return None
        number_of_class = self.posting.job_class.number
        rules = HomeRules.read(on=self.key.last_day, class_number=number_of_class)
        return rules and Provisional(
            rules=rules,
            posting=self.posting,
            rows=[row.activity for row in self.rows if row.counts],
            so_far=self.so_far,
            whole=self.reporting.calendar.count(self.key),
        )

    @cached_property
    def so_far(self):
        return self.reporting.calendar.count(self.key, until=self.until)

    @cached_property
    def rows(self):
        """Everything reported, in the order of the days."""
        asks, found = self.reporting.calendar.on, self._read
        decisions = {made.activity_id: made for made in found["decisions"]}  # the last of each
        verdicts = {made.activity_id: made for made in found["verdicts"]}
        return [
            FigureRow(
                row,
                self.at,
                counts=asks(row.performed_on).counts,
                decision=decisions.get(row.pk),
                verdict=verdicts.get(row.pk),
            )
            for row in found["rows"]
            if row.status != Activity.Status.DRAFT
        ]

    @cached_property
    def fewer(self):
        """What counts less than was reported."""
        return [row for row in self.rows if row.is_fewer]

    @cached_property
    def days(self):
        """The days up to today that ask for something or hold a report."""
        found = (self._day(day) for day in days_between(self.key.first_day, self.until))
        return [day for day in found if day.is_shown]

    def _day(self, day):
        return FigureDay(
            reporting=self.reporting[day],
            rows=tuple(row for row in self.rows if row.activity.performed_on == day),
            leaves=tuple(
                self._titles.get(leave.code, leave.code)
                for leave in self._read["leaves"]
                if leave.starts_on <= day <= leave.ends_on
            ),
            has_draft=any(
                row.status == Activity.Status.DRAFT and row.performed_on == day for row in self._read["rows"]
            ),
            at=self.at,
        )

    @cached_property
    def _titles(self):
        return titles_of(self._read["types"])

    @property
    def missed(self):
        """Obliged days without a report in time, those that can still be reported among them."""
        return [day for day in self.days if day.state in (DayState.MISSED, DayState.OPEN)]

    @property
    def reduced(self):
        """Days that ask for less than the pattern of the office."""
        return [day for day in self.days if day.is_reduced]

    @property
    def days_in_time(self):
        return sum(day.state == DayState.IN_TIME for day in self.days)

    def total(self, name):
        return sum(getattr(day, name) for day in self.days)

    @property
    def totals(self):
        """The four minutes of all rows of the month, and the target of its days up to today."""
        names = ("minutes", "credited_minutes", "approved_minutes", "counted_minutes")
        return {name: self.total(name) for name in names} | {"target_minutes": self.so_far.target_minutes}

    @cached_property
    def waits(self):
        """For whom the undecided rows wait."""
        undecided = [row.activity for row in self.rows if row.activity.status == Activity.Status.REPORTED]
        return waits(self.person, undecided, at=self.at)

    @property
    def is_changed_since(self):
        """Whether what is known now differs from what publication froze."""
        frozen = self.published and self.published.facts
        return frozen is not None and (frozen.counted_minutes, frozen.days_in_time) != (
            self.total("counted_minutes"),
            self.days_in_time,
        )

    @cached_property
    def bonus_steps(self):
        """The estimate step by step, of now and of all approved; each empty where there is none."""
        own = self.provisional
        if own is None or own.bonus is None:
            return [], []
        facts = Facts.read([self.person.pk], {self.person.pk: own.whole}, self.key)
        return steps(own, facts), steps(own.if_all_approved, facts)


def steps(own, facts):
    """From ceiling to floor, as a released line tells it; deductions are not estimated."""
    if own is None or own.bonus is None:
        return []
    segments = [readable(facts.segment(part)) for part, _found in own.paid_parts]
    made = trace.segment_steps(own.inputs, own.rules.formula(), own.bonus)
    return [told(step, segments, rule=facts.pay_rule) for step in made]


def components(own):
    """The three Components of a Provisional; none where it has no score."""
    if own is None or own.score is None:
        return []
    said = (
        (_("Productivity"), "hari", _("minutes and target by day"), productivity(own.facts)),
        (_("Quality"), "berkurang", _("minutes not counted"), quality(own)),
        (_("Discipline"), "belum-tepat", _("days not in time"), discipline(own.facts)),
    )
    figures = zip(said, own.score[:3], own.weights, strict=True)
    return [Component(*each, points, weight) for each, points, weight in figures]


def productivity(facts):
    return _("%(counted)s ÷ %(target)s × 100, at most 100") % {
        "counted": number(facts.counted_minutes),
        "target": number(facts.target_minutes),
    }


def quality(own):
    facts = own.facts
    if not facts.approved_minutes:
        return _("no minute is approved yet")
    if not facts.refused_minutes:
        return _("none of %(base)s approved minutes was taken off") % {"base": number(facts.approved_minutes)}
    figures = {
        "refused": number(facts.refused_minutes),
        "base": number(own.rules.score.base_minutes(facts)),
    }
    return _("100 × (1 − %(refused)s ÷ %(base)s minutes)") % figures


def discipline(facts):
    return _("%(days)s ÷ %(all)s days × 100") % {"days": facts.days_in_time, "all": facts.obliged_days}
