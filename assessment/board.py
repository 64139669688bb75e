"""What the board of a month shows: counts by kind, each counted on its own, and what comes next."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from activities.models import Activity
from assessment.models import Assessment, DrawnRow
from assessment.models.closings import Closing, capacity_of
from assessment.waits import MonthSeen
from calendars.models import Month, NoWorkPattern, WorkPattern
from organization.models import Role
from organization.templatetags.display import deadline, due, moment
from records.looks import Stage
from records.sentences import woven


@dataclass(frozen=True)
class Work:
    """What one month holds, in numbers of rows and people."""

    waiting: int = 0
    decided: int = 0
    drawn: int = 0
    read: int = 0
    marked: int = 0
    flagged: int = 0

    @property
    def unread(self):
        return self.drawn - self.read


@dataclass(frozen=True)
class NextAct:
    """What moves the month on: a link with its words, or only a sentence where it is somebody else's."""

    text: str
    url: str = ""
    label: str = ""


def work_of(months):
    """{month id: Work} of many months in three queries."""
    ids = [month.pk for month in months]
    counted = Activity.objects.filter(month__in=ids).exclude(status=Activity.Status.DRAFT).order_by()
    waits = Q(status__in=[Activity.Status.REPORTED])
    rows = _by_month(
        counted.values_list("month"),
        waiting=Count("status", filter=waits),
        decided=Count("status", filter=~waits),
    )
    drawn = DrawnRow.objects.filter(draw__month__in=ids).order_by()
    drawn = _by_month(drawn.values_list("draw__month"), drawn=Count("pk"), read=Count("in_force"))
    marks = Assessment.objects.filter(month__in=ids, marked_by__isnull=False).order_by()
    marks = _by_month(marks.values_list("month"), marked=Count("pk"))
    return {pk: Work(*rows.get(pk, (0, 0)), *drawn.get(pk, (0, 0)), *marks.get(pk, (0,))) for pk in ids}


def _by_month(rows, **counts):
    return {pk: tuple(found) for pk, *found in rows.annotate(**counts)}


@dataclass(frozen=True)
class MonthBoard:
    """One month in figures, as a MonthSeen has them and more.

    `people` counts states; `late_days` obliged days not reported in time.

    `elsewhere` are the months of other agencies that its publication waits for, `gaps` sentences about
    offices without a work pattern.
    """

    month: Month
    work: Work
    people: dict
    late_days: int
    draws: list
    acts: list
    steps: dict
    needs_more: bool
    elsewhere: list
    gaps: list

    @property
    def waiting(self):
        return self.work.waiting

    @property
    def unread(self):
        return self.work.unread

    @property
    def scored(self):
        return self.people["confirmed"] + self.people["unassessed"]


def board_of(month, beside=()):
    """Read the board of `month` in a fixed number of queries; `beside` are lists filled by the first."""
    without = WorkPattern.objects.missing_in([month.agency_id], on=month.key.last_day)
    seen = MonthSeen(month, beside=[without, *beside])
    found = seen.person_months
    return MonthBoard(
        month=month,
        work=_work_seen(seen, found),
        people=seen.people,
        late_days=sum(each.facts.obliged_days - each.facts.days_in_time for each in found.values()),
        draws=seen.draws,
        acts=seen.acts,
        steps=seen.steps,
        needs_more=seen.needs_more,
        elsewhere=seen.elsewhere if month.is_verifying else [],
        gaps=[str(NoWorkPattern(unit, month.key.last_day)) for unit in without],
    )


def _work_seen(seen, found):
    """The Work of one month that is read already."""
    marked = sum(1 for each in found.values() if each.row and each.row.marked_by_id)
    return Work(drawn=seen.rows.drawn, read=seen.rows.read, marked=marked, **seen.rows.counts)


def stages(board):
    """The four states of a month with their moments; the last is behind as soon as it is reached."""
    month, order = board.month, list(Month.Status)
    here = order.index(month.status)
    return [
        Stage(
            *words,
            is_done=place < here or status == Month.Status.FINAL == month.status,
            is_current=place == here,
        )
        for place, (status, words) in enumerate(zip(order, _words(month, board.steps), strict=True))
    ]


def _words(month, steps):
    """Label, text and a second line of each state."""
    entry, review = due(month.entry_closes_at, month.is_open), due(month.review_closes_at, month.is_open)
    reports = woven(_("entry until %(entry)s, review until %(review)s"), entry=entry, review=review)
    publication = due(month.publication_due_at, month.waits_for_publication)
    published_by = woven(_("publication due %(due)s"), due=publication)
    closes = month.objections_close_at
    waits = _("may be made final after %(until)s") % {"until": deadline(closes)} if closes else ""
    published = _by_two(steps.get(Closing.Kind.PUBLISH), month.published_at)
    final = _by_two(steps.get(Closing.Kind.FINALISE), month.finalised_at)
    return [
        (_("Reports and review"), reports, ""),
        (_("Verification and marks"), published_by, ""),
        (_("Published"), published, waits),
        (_("Final"), final, ""),
    ]


def _by_two(closing, at):
    if at is None:
        return _("by two persons")
    return f"{closing.proposed_by}, {closing.confirmed_by} · {moment(at)}" if closing else moment(at)


def next_act(board, person, *, on, at):
    """What `person` may do next for the month of `board`, or what it waits for."""
    month, is_head = board.month, person.holds(Role.HEAD, on=on)
    acts = is_head or person.holds(Role.ASSESSOR, on=on)
    if month.status == Month.Status.OPEN:
        return _close_next(month, is_head=is_head, at=at)
    if month.status == Month.Status.VERIFYING:
        return _verify_next(board, person, is_head=is_head, acts=acts, at=at)
    if month.status == Month.Status.PUBLISHED:
        if month.objections_close_at > at:
            return NextAct(
                _("It may be made final after %(until)s.") % {"until": deadline(month.objections_close_at)}
            )
        text = _("The waiting time is over.")
        return _second(board, "finalise", person, at=at) or _link(
            acts, text, "finalise", month, _("Make final…")
        )
    return NextAct(_("This month is final. Bonus runs may be computed from it."))


def _close_next(month, *, is_head, at):
    text = _("Supervisors decide until the review closes; then the clock closes it.")
    if not month.may_be_closed(at):
        return NextAct(text)
    return _link(is_head, text, "close", month, _("Close the review…"))


def _verify_next(board, person, *, is_head, acts, at):
    month, work = board.month, board.work
    if work.waiting:
        text = _("Rows were left undecided: assessors decide them first.")
        url = reverse("approvals:left", args=[month.pk]) if acts else ""
        return NextAct(text, url, _("Decide what is left"))
    if not board.draws:
        return _link(
            is_head, _("The head of assessment draws the sample."), "draw", month, _("Draw the sample…")
        )
    if work.unread:
        return _link(acts, _("Drawn rows wait for a verdict."), "verify", month, _("Verify the next row"))
    if board.needs_more:
        return _link(
            is_head,
            _("Too many rows were refused: the draw is extended."),
            "draw",
            month,
            _("Extend the draw…"),
        )
    if board.people["waiting"] or board.people["changed"]:
        return _link(acts, _("Marks wait to be confirmed."), "confirm_many", month, _("Confirm marks…"))
    if board.elsewhere:
        waits = {"agencies": "; ".join(map(str, board.elsewhere))}
        return NextAct(_("Publication waits for other agencies. %(agencies)s") % waits)
    text = _("Everything is ready for publication.")
    return _second(board, "publish", person, at=at) or _link(acts, text, "publish", month, _("Publish…"))


def _second(board, kind, person, *, at):
    """The step `kind` that waits for its second person, with a link for whoever may be that; else None."""
    step = board.steps.get(kind)
    if step is None or not step.is_waiting:
        return None
    capacity = capacity_of(person, board.month, at=at)
    may = bool(capacity) and not step.refusal(person, capacity)
    return _link(may, step.waiting, kind, board.month, _("Confirm…"))


def _link(may, text, view, month, label):
    return NextAct(text, reverse(f"assessment:{view}", args=[month.pk]), label) if may else NextAct(text)
