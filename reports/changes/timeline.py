"""One person by date: all that is recorded about where, as what and in which state they were.

Source: domain.md, section 2 ("who, where, under whom, of which class, on which working day").
"""

from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from calendars.models import LeaveType
from calendars.models.leaves import titles_of
from calendars.weeks import ONE_DAY, MonthKey
from organization.access import role_required
from organization.models import Role, User
from organization.templatetags.display import percent
from records.side_by_side import read_together


@dataclass(frozen=True)
class Fact:
    """Something that holds from a day to a day; None for no end."""

    starts_on: date
    ends_on: date | None
    kind: str
    said: str
    basis: str = ""

    def is_now(self, day):
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


@require_safe
@role_required(Role.HR, Role.AUDITOR)
def timeline(request, pk):
    """Everything dated about one person, newest first, with what holds today on top of it."""
    today = request.user.today()
    who = get_object_or_404(User.objects.readable_by(request.user, on=today), pk=pk)
    facts = sorted(facts_of(who), key=lambda fact: (fact.starts_on, fact.kind), reverse=True)
    context = {
        "who": who,
        "parts": [
            (_("Holds today"), [fact for fact in facts if fact.is_now(today)]),
            (_("To come"), [fact for fact in facts if fact.starts_on > today]),
            (_("Before"), [fact for fact in facts if fact.ends_on and fact.ends_on < today]),
        ],
    }
    return render(request, "reports/changes/timeline.html", context)


def facts_of(who):
    """Facts of every kind about `who`; one query."""
    placed = who.placements.select_related("post", "unit", "job_class", "superior", "term")
    statuses, ranks = who.statuses.all(), who.ranks.select_related("rank").order_by("starts_on")
    suspended, sanctions = who.suspensions.standing(), who.sanctions.standing()
    letters, grants = who.letters.standing().select_related("post"), who.grants.select_related("unit")
    leaves, types = who.leaves.standing(), LeaveType.objects.approved()
    read_together(placed, statuses, ranks, suspended, sanctions, letters, grants, leaves, types)
    titles = titles_of(types)
    return [
        *(Fact(row.starts_on, row.ends_on, _("Post"), _place(row), row.term.decree) for row in placed),
        *(Fact(row.starts_on, row.ends_on, _("Status"), str(row)) for row in statuses),
        *_ranks(list(ranks)),
        *(Fact(row.starts_on, row.ends_on, _("Suspension"), "", row.decree) for row in suspended),
        *(_sanction(row) for row in sanctions),
        *(Fact(row.starts_on, row.ends_on, row.title, str(row.post), row.letter) for row in letters),
        *(Fact(row.starts_on, row.ends_on, _("Role"), _role(row)) for row in grants),
        *(
            Fact(row.starts_on, row.ends_on, _("leave"), titles.get(row.code, row.code), row.letter)
            for row in leaves
        ),
    ]


def _place(row):
    facts = {"post": row.post, "unit": row.unit, "class": row.job_class, "level": row.get_level_display()}
    said = _("%(post)s, %(unit)s, class %(class)s, %(level)s") % facts
    return f"{said}; " + (
        _("below %(post)s") % {"post": row.superior} if row.superior else _("no superior post")
    )


def _ranks(ranks):
    """Each rank until the day before the next one."""
    for row, after in zip_longest(ranks, ranks[1:]):
        ends_on = after.starts_on - ONE_DAY if after else None
        yield Fact(row.starts_on, ends_on, _("Rank"), f"{row.rank} {row.rank.name}")


def _sanction(row):
    last = MonthKey.of(row.last_month).last_day
    return Fact(row.first_month, last, _("Sanction"), percent(row.percent), row.decree)


def _role(row):
    return f"{row.get_role_display()}, {row.unit.name if row.unit else _('the whole city')}"
