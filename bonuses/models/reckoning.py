"""The lines of a whole agency at once: dated facts read in a fixed number of queries, then pure arithmetic.

The days are those frozen at publication. Every other fact is taken at the date of the work: the pay rule
of the month's last day, tariff and status of each segment (a posting is cut where either changes), the rank
of the person's last working day, the sanctions that run in the month. Source: domain.md, section 7.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from assessment.models import Assessment
from bonuses import formulas
from bonuses.models.rules import PayRule
from calendars.segments import PaidDays
from organization.models import EmploymentStatus, Post, RankHolding, Sanction, Tariff, Unit
from records.dated import NoRule, timeline_of
from records.side_by_side import read_together
from records.timeline import Timeline

ASSESSED = (
    *("pk", "person_id", "person__nip", "person__name"),
    *("score", "band", "counted_minutes", "not_assessed_reason", "days"),
)
HELD = ("person_id", "rank__code", "starts_on")


class Gap(Exception):
    """A person cannot have a line; `reason` is a value of NoLine.Reason, `detail` what it is about."""

    def __init__(self, reason, detail=""):
        super().__init__(reason, detail)
        self.reason, self.detail = reason, detail


@dataclass(frozen=True)
class Facts:
    """What the people of one agency are paid by, besides their assessments and days."""

    pay_rule: PayRule
    rule: formulas.Rule
    tariffs: Timeline
    posts: dict[int, str]
    units: dict[int, str]
    ranks: Timeline
    sanctions: dict[int, list[Sanction]]
    segments: dict[tuple, tuple] = field(default_factory=dict)

    @classmethod
    def read(cls, people, days, key):
        """Read all of it by one query; `people` are ids, or a queryset of them. Raises NoRule."""
        pay_rules = PayRule.objects.up_to(key.last_day)[:1]
        stays = [part.stay for person in days.values() for part in person.segments]
        posts = Post.objects.filter(pk__in={stay.post_id for stay in stays}).values_list("pk", "title")
        units = Unit.objects.filter(pk__in={stay.unit_id for stay in stays}).values_list("pk", "short_name")
        ranks = RankHolding.objects.filter(person__in=people, starts_on__lte=key.last_day)
        ranks = ranks.values_list(*HELD, named=True)
        sanctions = Sanction.objects.filter(person__in=people).in_month(key.first_day)
        tariffs = Tariff.objects.approved()
        read_together(pay_rules, tariffs, posts, units, ranks, sanctions)
        if not pay_rules:
            raise NoRule(PayRule, key.last_day)
        return cls(
            pay_rule=pay_rules[0],
            rule=pay_rules[0].values(),
            tariffs=timeline_of(tariffs),
            posts=dict(posts),
            units=dict(units),
            ranks=Timeline(ranks, begins="starts_on", scope="person_id"),
            sanctions=grouped(sanctions),
        )

    def segment(self, days):
        """One segment as it is stored; raises Gap where its tariff is missing."""
        return self.shared(days)[0]

    def shared(self, days):
        """One segment as it is stored, and as the formulas take it; raises Gap where its tariff is missing.

        People of one post with the same days share it, for most of an agency does.
        """
        stay = days.stay
        place = (stay.post_id, stay.unit_id, stay.job_class, stay.level, stay.status)
        alike = (place, stay.first, stay.last, days.worked_days, days.excused_paid_days)
        if alike not in self.segments:
            stored = self.describe(days)
            self.segments[alike] = stored, formulas.SegmentInput.of(stored)
        return self.segments[alike]

    def describe(self, days):
        stay = days.stay
        tariff = self.tariff(stay.job_class, stay.first)
        return {
            "post": self.posts[stay.post_id],
            "unit": self.units[stay.unit_id],
            "class": stay.job_class,
            "level": stay.level,
            "status": stay.status,
            "first": stay.first.isoformat(),
            "last": stay.last.isoformat(),
            "ceiling": tariff.ceiling_rupiah,
            "tariff": tariff.pk,
            "decree": tariff.decree,
            "article": tariff.article,
            "status_percent": self.pay_rule.status_percents[stay.status],
            "worked_days": str(days.worked_days),
            "excused_paid_days": str(days.excused_paid_days),
            "month_days": days.month_days,
        }

    def tariff(self, number, day):
        found = self.tariffs.find(day, str(number))
        if found is None:
            raise Gap("no_tariff", str(number))
        return found

    def rank_code(self, person, day):
        found = self.ranks.find(day, person)
        if found is None:
            raise Gap("no_rank")
        if found.rank__code not in self.pay_rule.tax_percents:
            raise Gap("no_rank", found.rank__code)
        return found.rank__code


def reckon(month, left_out):
    """Yield a row of Line for everybody assessed in this month; rows of NoLine go to the list `left_out`.

    One row at a time, so that a large agency takes little memory.
    """
    found = Assessment.objects.filter(month=month).order_by("person")
    assessments = list(found.values_list(*ASSESSED, named=True))
    days = {assessment.person_id: PaidDays.of(assessment.days) for assessment in assessments}
    facts = Facts.read(found.order_by().values("person"), days, month.key)
    for assessment in assessments:
        try:
            yield line(assessment, days.get(assessment.person_id), facts)
        except Gap as gap:
            detail = gap.detail or why_without_score(assessment, gap)
            left_out.append({"person_id": assessment.person_id, "reason": gap.reason, "detail": detail})


def line(assessment, days, facts):
    """One row of Line; raises Gap where paid and acting are 0 or a fact is missing."""
    inputs, rank_code, parts = inputs_of(assessment, days, facts)
    person = person_input(assessment, inputs, parts)
    result = formulas.bonus(person, facts.rule)
    if result.paid + result.acting == 0:
        raise Gap(reason_of_nothing(person))
    return {
        "person_id": assessment.person_id,
        "assessment_id": assessment.pk,
        "pay_rule_id": facts.pay_rule.pk,
        "score": assessment.score,
        "band": assessment.band,
        "class_number": inputs["segments"][-1]["class"],
        "rank_code": rank_code,
        "worked_days": sum(part.worked_days for part in person.segments),
        "excused_paid_days": sum(part.excused_paid_days for part in person.segments),
        "inputs": inputs,
    } | {name: getattr(result, name) for name in formulas.AMOUNTS}


def inputs_of(assessment, days, facts):
    """Everything the amounts come from, as it is stored, the rank, and the segments for the formulas.

    Raises Gap where a fact is missing.
    """
    shared = [facts.shared(part) for part in paid_segments(days, facts.pay_rule)]
    segments, parts = [stored for stored, _part in shared], tuple(part for _stored, part in shared)
    acting = []  # the posts held as Plt, when acting letters exist
    excused = any(part.excused_paid_days for part in parts)
    if not (assessment.counted_minutes or excused or acting):
        raise Gap("not_assessed" if assessment.score is None else "nothing_counted")
    rank_code = facts.rank_code(assessment.person_id, days.last_working_day)
    sanctions = facts.sanctions.get(assessment.person_id, ())
    inputs = {
        "nip": assessment.person__nip,
        "name": assessment.person__name,
        "segments": segments,
        "participated": assessment.counted_minutes > 0,
        "sanctions": [{"percent": str(row.percent), "decree": row.decree} for row in sanctions],
        "acting": acting,
        "tax_percent": facts.pay_rule.tax_percents[rank_code],
    }
    return inputs, rank_code, parts


def paid_segments(days, pay_rule):
    """The segments whose status has a bonus. Raises Gap where there is none.

    A segment without a day to pay, such as the Sunday before a posting began, is asked for nothing
    where another one has days.
    """
    found = [part for part in days.segments if part.month_days] if days else []
    found = [part for part in found if part.worked_days or part.excused_paid_days] or found
    statuses = {part.stay.status for part in found}
    if None in statuses:
        raise Gap("no_status")
    paid = [part for part in found if part.stay.status in pay_rule.status_percents]
    if paid and days.last_working_day:
        return paid
    if paid and days.was_suspended:
        raise Gap("suspended")
    raise Gap("non_asn" if EmploymentStatus.Kind.NON_ASN in statuses and not paid else "no_working_day")


def person_input(assessment, inputs, parts):
    """The stored inputs as the formulas take them. Raises Gap where worked days have no score."""
    worked = any(part.worked_days for part in parts)
    if assessment.score is None and inputs["participated"] and worked:
        raise Gap("unscored_work", assessment.not_assessed_reason)
    known = {"score": assessment.score, "band": assessment.band or None, "segments": parts}
    return formulas.PersonInput.of(inputs, **known)


def reason_of_nothing(person):
    if person.score is None:
        return "not_assessed"
    return "zero" if person.participated else "nothing_counted"


def why_without_score(assessment, gap):
    """The reason of the assessment, where it says more than the gap itself; else ""."""
    why = assessment.not_assessed_reason
    says_more = gap.reason == "not_assessed" or (gap.reason, why) == ("no_working_day", "no_calendar")
    return why if says_more else ""


def grouped(rows):
    found = defaultdict(list)
    for row in rows:
        found[row.person_id].append(row)
    return found
