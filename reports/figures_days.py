"""A day of one's own month, and an activity of it: every figure with the reason why it is not higher.

Read before, no query here. Source: domain.md, sections 3 and 4.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.models import Activity, ReportingDay
from approvals.models import Decision
from assessment.models import Verdict
from organization.templatetags.display import deadline, moment, number
from records.looks import GOOD, NEEDED, PLAIN, REFUSED, ShownChoices

Status = Activity.Status


@dataclass(frozen=True)
class FigureRow:
    """One reported activity as it stands at the moment `at`.

    On a day that does not `count` its owner held no post or was suspended, as known now. `decision` is the
    one that stands (taken back, it leaves the row undecided), `verdict` the one in force.
    """

    activity: Activity
    at: datetime
    counts: bool = True
    decision: Decision | None = None
    verdict: Verdict | None = None

    @property
    def minutes(self):
        return self.activity.minutes

    @property
    def credited_minutes(self):
        return self.activity.credited_minutes

    @property
    def approved_minutes(self):
        return self.activity.approved_minutes if self.counts else 0

    @property
    def counted_minutes(self):
        return self.activity.counted_minutes if self.counts else 0

    @property
    def is_undecided(self):
        return self.activity.status in (Status.REPORTED, Status.RETURNED)

    @property
    def is_fewer(self):
        """Whether it is decided, or sent back, and counts less than was reported."""
        return self.activity.status != Status.REPORTED and self.counted_minutes < self.minutes

    @property
    def why(self):
        """Why it counts fewer minutes than were reported, step by step, as sentences."""
        reasons = (self._by_day(), self._by_norm(), self._by_superior(), self._by_verdict())
        return [reason for reason in reasons if reason]

    def _by_day(self):
        return "" if self.counts else _("minutes of a day without a post, or suspended, count nothing")

    def _by_norm(self):
        if not self.activity.is_cut_by_norm:
            return ""
        return _("%(quantity)s × %(standard)s minutes of the standard credits %(credited)s") % {
            "quantity": number(self.activity.quantity),
            "standard": number(self.activity.standard_minutes),
            "credited": number(self.activity.credited_minutes),
        }

    def _by_superior(self):
        if self.activity.status == Status.REPORTED:
            return _("waits for a decision")
        if self.activity.status == Status.RETURNED:
            return self._by_return()
        decision = self.decision
        if decision is None or decision.minutes == self.activity.credited_minutes:
            return ""
        facts = {"name": decision.by, "minutes": number(decision.minutes or 0), "reason": decision.reason}
        if decision.verdict == Decision.Verdict.REJECTED:
            return _("rejected by %(name)s: “%(reason)s”") % facts
        return _("%(name)s approved %(minutes)s: “%(reason)s”") % facts

    def _by_return(self):
        facts = {"reason": self.activity.return_reason}
        if not self.activity.can_be_answered(self.at):
            return _("returned and not answered in time: “%(reason)s”") % facts
        facts["due"] = deadline(self.activity.return_due_at)
        return _("returned, to be answered by %(due)s: “%(reason)s”") % facts

    def _by_verdict(self):
        verdict = self.verdict
        if verdict is None or self.activity.counted_minutes >= self.activity.approved_minutes:
            return ""
        facts = {"minutes": number(verdict.minutes), "code": verdict.get_reason_code_display()}
        said = _("the assessment unit counts %(minutes)s: %(code)s") % facts
        return f"{said}, “{verdict.reason}”" if verdict.reason else said


class DayState(ShownChoices):
    """Whether a day is reported in time."""

    IN_TIME = "in_time", "s-disetujui", GOOD, gettext_lazy("in time")
    OPEN = "open", "jam", NEEDED, gettext_lazy("can still be reported")
    MISSED = "missed", "s-ditolak", REFUSED, gettext_lazy("not in time")
    NOT_ASKED = "not_asked", "s-kosong", PLAIN, gettext_lazy("not asked")


@dataclass(frozen=True)
class FigureDay:
    """One day up to today: what it asks, its reported rows, and the titles of leave on it."""

    reporting: ReportingDay
    rows: tuple[FigureRow, ...]
    leaves: tuple[str, ...]
    has_draft: bool
    at: datetime

    @property
    def day(self):
        return self.reporting.day

    @property
    def asks(self):
        return self.reporting.asks

    @property
    def minutes(self):
        return self._sum("minutes")

    @property
    def credited_minutes(self):
        return self._sum("credited_minutes")

    @property
    def approved_minutes(self):
        return self._sum("approved_minutes")

    @property
    def counted_minutes(self):
        return self._sum("counted_minutes")

    def _sum(self, name):
        return sum(getattr(row, name) for row in self.rows)

    @property
    def is_shown(self):
        """Whether there is anything to say of it: an empty weekend is left out."""
        return bool(self.rows) or self.asks.pattern_minutes > 0

    @property
    def is_reduced(self):
        """Whether it asks fewer minutes than its office's pattern."""
        return self.asks.target_minutes < self.asks.pattern_minutes

    @property
    def state(self):
        if not self.asks.is_obliged:
            return DayState.NOT_ASKED
        if any(row.activity.in_time for row in self.rows):
            return DayState.IN_TIME
        return DayState.OPEN if self.reporting.is_open(self.at) else DayState.MISSED

    @property
    def why(self):
        """What makes it in time or not, as a sentence."""
        return getattr(self, f"_why_{self.state.value}")()

    def _why_in_time(self):
        sent = min(row.activity.first_reported_at for row in self.rows if row.activity.in_time)
        return _("first report received %(moment)s") % {"moment": moment(sent)}

    def _why_open(self):
        facts = {"moment": deadline(self.reporting.closes_at)}
        if self.has_draft:
            return _("a draft is not a report; send it by %(moment)s") % facts
        return _("nothing reported yet; open until %(moment)s") % facts

    def _why_missed(self):
        closes_at = self.reporting.window and self.reporting.window.closes_at
        facts = {"closed": deadline(closes_at) if closes_at else "–"}
        if self.rows:
            facts["sent"] = moment(min(row.activity.first_reported_at for row in self.rows))
            return _("first report received %(sent)s; it was open until %(closed)s") % facts
        if self.has_draft:
            return _("only a draft, not sent until %(closed)s") % facts
        return _("nothing was reported until %(closed)s") % facts

    def _why_not_asked(self):
        if self.reporting.gap:
            return self.reporting.gap
        if self.asks.is_suspended:
            return _("suspended")
        if not self.asks.is_asked:
            return _("became a working day when its month took no report any more")
        if self.asks.is_excused:
            return ", ".join(self.leaves) or _("on leave")
        return _("no post") if self.reporting.posting is None else _("no working day of your office")
