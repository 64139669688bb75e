"""What stands between a month and its publication, and between publication and final."""

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities.models import Activity
from assessment.models.elsewhere import unsettled
from assessment.models.month_rows import MonthRows
from assessment.models.person_months import State, person_months
from calendars.models import Month
from organization.templatetags.display import deadline
from records.checks import Check, CheckState


def publication(month, person_month=None, rows=None):
    """The checks before publication, in the order in which they are worked off.

    `person_month` are the PersonMonths of now and `rows` the MonthRows, where the caller has read them.
    """
    rows = rows or MonthRows(month)
    person_month = person_months(month, beside=rows.lists) if person_month is None else person_month
    people, undecided_there = list(person_month), _undecided_elsewhere(month, list(person_month))
    waits = unsettled(month, people, beside=[undecided_there])
    is_closed = CheckState.of(month.status == Month.Status.VERIFYING)
    left = rows.counts["waiting"] + _sum(undecided_there)
    return [
        Check("closed", _("The review is closed"), month.get_status_display(), is_closed),
        _none_left("decided", _("Every reported row is decided"), left, _left_rows, rows.reported),
        _drawn(rows.draws, of_any=sum(draw.size for draw in rows.draws)),
        _none_left("verified", _("Every drawn row has a verdict"), rows.unread, _left_verdicts, rows.drawn),
        _tolerable(rows.needs_more, of_any=rows.read),
        _settled(waits, people),
        scored(person_month),
    ]


def finalisation(month, *, at):
    """The checks before a month becomes final."""
    is_published = month.status == Month.Status.PUBLISHED
    closes = month.objections_close_at
    return [
        Check(
            "published", _("The month is published"), month.get_status_display(), CheckState.of(is_published)
        ),
        Check(
            "objections",
            _("The waiting time before it is final is over"),
            _("until %(moment)s") % {"moment": deadline(closes)}
            if closes
            else _("not set before publication"),
            CheckState.of(closes and closes <= at),
        ),
    ]


def blockers(month, *, at):
    """The sentences that keep a month from its next step; none where it may go on."""
    is_after = month.status in (Month.Status.PUBLISHED, Month.Status.FINAL)
    checks = finalisation(month, at=at) if is_after else publication(month)
    return [f"{check.label}: {check.found}" for check in checks if not check.ok]


def undecided(month):
    """Rows of the month that wait for a decision."""
    return Activity.objects.filter(month=month, status=Activity.Status.REPORTED)


def _undecided_elsewhere(month, people):
    """Rows of its people in other agencies that can still come to count in the same month, by month.

    There a return may be answered and a rejection recalled until the review closes.
    """
    Status = Activity.Status
    waits = Q(status=Status.REPORTED)
    waits |= Q(status__in=[Status.RETURNED, Status.REJECTED], month__status=Month.Status.OPEN)
    elsewhere = Activity.objects.in_month(month.key).filter(waits, person__in=people)
    return _by_month(elsewhere.exclude(month=month))


def _by_month(rows):
    return rows.order_by().values_list("month").annotate(rows=Count("pk"))


def _sum(counted):
    return sum(rows for _month, rows in counted)


def _none_left(name, label, left, sentence, of_any):
    found = sentence(left) if left else _("none left") if of_any else _("there is none")
    return Check(name, label, found, CheckState.of(not left, of_any=of_any))


def _left_rows(left):
    return ngettext("%(left)s row waits for a decision", "%(left)s rows wait for a decision", left) % {
        "left": left
    }


def _left_verdicts(left):
    return ngettext("%(left)s row waits for a verdict", "%(left)s rows wait for a verdict", left) % {
        "left": left
    }


def _drawn(draws, *, of_any):
    sizes = [f"{draw.get_stratum_display()} {draw.size}/{draw.population}" for draw in draws]
    found = ", ".join(sizes) or _("not drawn yet")
    return Check("drawn", _("The sample is drawn"), found, CheckState.of(draws, of_any=of_any))


def _tolerable(too_many, *, of_any):
    found = _("within what the rule tolerates") if of_any else _("no verdict yet")
    found = _("more than tolerable: extend the draw") if too_many else found
    label = _("The share of refused rows is tolerable")
    return Check("tolerable", label, found, CheckState.of(not too_many, of_any=of_any))


def _settled(waits, people):
    """Whether other agencies can still change what its people are scored by; names agency and people."""
    found = "; ".join(map(str, waits)) or _("nothing left elsewhere")
    label = _("Other agencies are done with the people who worked there")
    return Check("elsewhere", label, found, CheckState.of(not waits, of_any=people))


def scored(person_month):
    """Whether every PersonMonth has a confirmed score, or a reason why there is none."""
    counts = {state: 0 for state in State}
    for found in person_month.values():
        counts[found.state] += 1
    text = _(
        "%(confirmed)s confirmed, %(unassessed)s not assessed, %(waiting)s without mark, %(changed)s changed"
    ) % {state.value: count for state, count in counts.items()}
    is_done = not counts[State.WAITING] and not counts[State.CHANGED]
    label = _("Every person has a confirmed score or a reason")
    return Check("scored", label, text, CheckState.of(is_done, of_any=person_month))
