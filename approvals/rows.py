"""Activities as a reviewer sees them: what was decided so far, and what they may do with each now.

Read in four queries, whatever the number of rows. Source: domain.md, sections 4 and 5.
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.dateformat import time_format
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from activities.models import Activity
from approvals.deadlines import Deadlines
from approvals.forms import ActForm, FewerForm, RecallForm, RejectForm, ReturnForm
from approvals.models import Decision
from approvals.standings import HIGHER, MINE, Standings, may_decide
from approvals.states import RowState
from organization.templatetags.display import daymonth, number, record_number, weekday
from records.refusals import said

RELATED = ("person", "item", "month", "entered_by", "post", "term__unit", "reviewing_post")
BUTTON = '<a class="btn {} btn-sm" role="button"{}>{} <span class="visually-hidden"> {}</span></a>'


@dataclass(frozen=True)
class Past:
    """One decision of a row, in words of the screen."""

    verdict: str
    minutes: int
    reason: str
    by: str
    by_id: int
    capacity: str
    after_close: bool
    at: datetime

    @classmethod
    def of(cls, stored):
        return cls(**stored | {"at": datetime.fromisoformat(stored["at"])})

    @property
    def label(self):
        return Decision.Verdict(self.verdict).label

    @property
    def capacity_label(self):
        return Decision.Capacity(self.capacity).label


@dataclass(frozen=True)
class RowButton:
    """A button of a row that opens a form, drawn: acts.js brings the form, without JavaScript a page does.

    It is drawn here, for hundreds stand in a page; of the form's class a template would make a form for each.
    """

    form: type[ActForm]
    drawn: str


@dataclass
class ReviewRow:
    """One activity with its decisions so far, and the buttons by which a reviewer may decide it now.

    `reached`: whether it stands on the reviewer's pages of a week.
    `answered` is a rejected form of this row, with what was typed and why it was rejected.
    """

    activity: Activity
    past: list[Past]
    stands: str
    is_open: bool
    reviewer_id: int
    return_days: tuple[date, date] | None
    back: str
    reached: bool = True
    answered: object = None

    @property
    def is_waiting(self):
        return self.activity.status == Activity.Status.REPORTED

    @property
    def can_decide(self):
        return self.is_waiting and may_decide(self.stands, is_open=self.is_open)

    @property
    def state(self):
        """What is said of it where it waits, but not for the reader; else None."""
        return RowState.ELSEWHERE if self.is_waiting and not self.can_decide else None

    @property
    def can_recall(self):
        return self.is_open and self.decision is not None and self.decision.by_id == self.reviewer_id

    @property
    def needs_a_look(self):
        """Flagged, or changed since it was once decided, or brought up from the level below."""
        return self.can_decide and bool(self.activity.flagged or self.past or self.stands == HIGHER)

    @property
    def can_act(self):
        return self.can_decide or self.can_recall

    @property
    def has_flags(self):
        """Whether anything about it is said beside its text."""
        return self.activity.flagged or self.activity.was_answered or self.is_higher

    @property
    def is_higher(self):
        return self.is_waiting and self.stands == HIGHER

    @property
    def stands_open(self):
        return self.answered is not None

    @property
    def refusal(self):
        """Why its answer was rejected, where no open form of the row says so."""
        if self.answered is None or self.open_form:
            return ""
        return said(self.answered)

    @property
    def decision(self):
        """The decision that holds now; None while the row waits."""
        return self.past[-1] if self.past and not self.is_waiting else None

    @property
    def earlier(self):
        return self.past if self.is_waiting else self.past[:-1]

    @property
    def minutes(self):
        """Minutes it stands for: the decided ones, else the credited ones while it waits."""
        return self.activity.credited_minutes if self.is_waiting else self.activity.approved_minutes

    @cached_property
    def action(self):
        """Where its decisions are sent."""
        return reverse("approvals:decide", args=[self.activity.pk])

    @property
    def number(self):
        return record_number(self.activity.pk)

    @property
    def facts(self):
        """Day, output, number, and what is to be known besides, in one line."""
        activity = self.activity
        at = f", {time_format(activity.starts_at, 'H.i')}" if activity.starts_at else ""
        facts = [f"{weekday(activity.performed_on)} {daymonth(activity.performed_on)}{at}"]
        facts += [f"{number(activity.quantity)} {activity.output_unit}", self.number]
        if activity.is_cut_by_norm:
            minutes = {"typed": number(activity.minutes), "credited": number(activity.credited_minutes)}
            facts.append(_("%(typed)s min reported, %(credited)s by the standard") % minutes)
        if activity.is_entered_by_another:
            facts.append(_("entered by %(name)s") % {"name": activity.entered_by})
        return " · ".join(facts if activity.in_time else [*facts, _("reported late")])

    @property
    def credited(self):
        return _("%(minutes)s min") % {"minutes": number(self.activity.credited_minutes)}

    @property
    def chosen(self):
        """Its id and version, as bulk forms list them."""
        return f"{self.activity.pk}:{self.activity.version}"

    @cached_property
    def acts(self):
        """The buttons that ask for a reason, in their order on the screen."""
        if self.can_recall:
            return [self._button(RecallForm)]
        if not self.can_decide:
            return []
        possible = [FewerForm] if self.activity.credited_minutes > 1 else []
        possible += [ReturnForm] if self.return_days else []
        return [self._button(form) for form in [*possible, RejectForm]]

    @property
    def open_form(self):
        """Its form that stands open: the one that was rejected, or whose button was pressed."""
        possible = {button.form for button in self.acts} | ({ReturnForm} if self.can_decide else set())
        return self.answered if type(self.answered) in possible else None

    def open(self, act):
        """Show the form of a button as pressed; nothing where the row has no such button."""
        form = next((button.form for button in self.acts if button.form.act == act), None)
        self.answered = form and form(row=self)

    def _button(self, form):
        told = {f"data-{name}": value for name, value in form.of_row(self).items()}
        told |= {"data-opens": form.act, "data-key": form.key, "data-version": self.activity.version}
        told["href"] = f"{self.action}?act={form.act}&back={self.back}"
        attributes = "".join(f' {name}="{escape(value)}"' for name, value in told.items())
        words = escape(form.label), escape(self.number)
        return RowButton(form, mark_safe(BUTTON.format(form.tone, attributes, *words)))  # noqa: S308 (escaped)


class RowReader:
    """Reads rows for the reviewer of `scope`; `back` names the page to which their forms lead back."""

    def __init__(self, scope, *, back, deadlines=None):
        self.scope, self.back = scope, back
        self.deadlines = deadlines or Deadlines(scope.at)

    def read(self, activities, *, standings=None):
        """Rows of `activities` in the order of the screen. Those of the next level only once overdue.

        `standings`: those of these activities, where they are known.
        """
        found = list(self._annotated(activities))
        standings = standings or Standings(self.scope, activities)
        days = [self.scope.today, *(activity.performed_on for activity in found)]
        offices = [activity.term.unit for activity in found]
        self.deadlines.know(offices, first=min(days), last=max(days))
        rows = [self._row(activity, standings.of(activity)) for activity in found]
        return [row for row in rows if row.stands != HIGHER or self._is_overdue(row.activity)]

    def find(self, pks):
        """Rows by id: those of `pks` of which a form that the reviewer sent is answered."""
        rows = self.read(self.scope.answerable().filter(pk__in=pks)) if pks else []
        return {row.activity.pk: row for row in rows}

    def _is_overdue(self, activity):
        return self.deadlines.is_overdue(activity.performed_on, activity.term.unit)

    def _row(self, activity, standing):
        scope, month, status = self.scope, activity.month, activity.status
        is_open = month.is_open_for_review(scope.at)
        past = [Past.of(stored) for stored in activity.past]
        decided = any(decision.by_id == scope.person.pk for decision in past)
        stands = standing.towards(status, decided=decided)
        return ReviewRow(
            activity,
            past,
            stands=stands,
            is_open=is_open,
            reviewer_id=scope.person.pk,
            return_days=self._return_days(activity) if is_open and stands in MINE else None,
            back=self.back,
            reached=standing.reaches(status, decided=decided),
        )

    def _return_days(self, activity):
        return self.deadlines.return_days(activity.term.unit, closes=activity.month.review_closes_at)

    def _annotated(self, activities):
        return (
            activities.annotate(past=ArraySubquery(PAST))
            .select_related(*RELATED)
            .order_by("performed_on", "starts_at", "pk")
        )


PAST = (
    Decision.objects.filter(activity=OuterRef("pk"))
    .order_by("pk")
    .values(
        stored=JSONObject(
            verdict="verdict",
            minutes="minutes",
            reason="reason",
            by="by__name",
            by_id="by",
            capacity="capacity",
            after_close="after_close",
            at="at",
        )
    )
)
