"""What a dated rule touches that begins today or earlier: months, people, amounts. Case D107.

Source: domain.md, section 6, "Dated rules": what was accepted, refused or scored under the old rule stays.
"""

from dataclasses import replace

from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities.models import EntryRule
from approvals.models import ReviewRule
from bonuses.models import Line, PayRule
from calendars.models import Leave, LeaveType, MonthRule, WorkPattern
from organization.models import BonusName, Placement, Tariff, Unit
from organization.templatetags.display import number, rupiah
from reports.changes.touched import Touched

FROM_NOW_ON = (EntryRule, ReviewRule, MonthRule)
OF_PAY = (PayRule, Tariff)


def touched_by_rule(rule):
    """The Touched of a rule: of one that begins today or earlier it always has notes, so that it is shown."""
    today = timezone.localdate()
    if rule.begins_later_than(today):
        return Touched(())
    first, last = rule.valid_from, _last_day(rule, today)
    if isinstance(rule, BonusName):
        return Touched((), notes=(_("Only the name on pages and papers changes."),))
    people = _people(rule, first, last)
    agencies = Unit.objects.filter(pk__in=people.values("unit__agency"))
    by = Touched.by_pay if isinstance(rule, OF_PAY) else Touched.by_days
    touched = by(agencies, first, last)
    count = people.values("person").order_by().distinct().count()
    return replace(touched, notes=tuple(_notes(rule, touched, people, count)))


def _last_day(rule, today):
    """The day before the next approved rule of the scope, at most today."""
    later = type(rule).objects.approved().filter(scope=rule.scope, valid_from__gt=rule.valid_from)
    return min([today, *later.values_list("valid_from", flat=True)])


def _people(rule, first, last):
    """The placements in these days whom the rule is for."""
    placed = Placement.objects.overlapping(first, last)
    if isinstance(rule, Tariff):
        return placed.filter(job_class__number=rule.scope)
    if isinstance(rule, WorkPattern):
        return placed.filter(unit__pattern=rule.scope)
    if isinstance(rule, LeaveType):
        away = Leave.objects.standing().filter(code=rule.scope, starts_on__lte=last, ends_on__gte=first)
        return placed.filter(person__in=away.values("person"))
    return placed


def _notes(rule, touched, people, count):
    sentence = ngettext(
        "It holds for days that are past already: %(months)s months with %(people)s employee.",
        "It holds for days that are past already: %(months)s months with %(people)s employees.",
        count,
    )
    yield sentence % {"months": number(len(touched.months)), "people": number(count)}
    if isinstance(rule, FROM_NOW_ON):
        yield _("What was accepted, refused or scored under the rule before stays as it is.")
    if isinstance(rule, Tariff):
        before = Tariff.objects.up_to(rule.valid_from, rule.scope).exclude(pk=rule.pk).first()
        yield _("Ceiling a month: %(before)s before, %(now)s by this rule.") % {
            "before": rupiah(before.ceiling_rupiah) if before else "–",
            "now": rupiah(rule.ceiling_rupiah),
        }
    if isinstance(rule, OF_PAY):
        yield from _amounts(touched, people)


def _amounts(touched, people):
    """What the lists that were computed by the old rule hold for these people."""
    shares = [(each.run, each.month) for each in touched.months if each.run]
    for run, month in shares:
        lines = Line.objects.filter(share__run=run, share__month=month, attempt=run.attempt)
        lines = lines.filter(person__in=people.values("person"))
        gross = lines.aggregate(sum=Sum("gross"))["sum"] or 0
        yield _("List no. %(number)s, %(month)s, %(agency)s: gross %(gross)s for these employees.") % {
            "number": run.pk,
            "month": month.name,
            "agency": month.agency,
            "gross": rupiah(gross),
        }
