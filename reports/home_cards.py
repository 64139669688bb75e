"""One card on the home page for each role held today, in at most two queries each.

What a card counts is what the room behind its link would show; the link goes there.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Count, Exists, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from activities.models import Activity
from approvals.due import review_due_at
from approvals.queue import scope_of
from approvals.unit_queue import unit_lines
from assessment.models import Closing, Draw, DrawnRow
from assessment.models.assessors import readable_agencies
from bonuses.models import Run
from calendars.models import Heartbeat, Month, Outage, WorkPattern
from calendars.weeks import Week
from organization.models import Role, Unit
from organization.templatetags.display import moment
from reports.changes.waiting import lines_of

FINANCE = (Role.MAKER, Role.CHECKER, Role.RELEASER)
ASSESSMENT = (Role.ASSESSOR, Role.HEAD)
LINES_SHOWN = 5
GAPS_OF = timedelta(days=7)


@dataclass(frozen=True)
class Card:
    """What waits for one role: lines for the partial `template`, or the sentence `nothing`, and a link."""

    title: str
    url: str
    action: str
    nothing: str
    lines: list = field(default_factory=list)
    template: str = ""

    @property
    def slug(self):
        """What names its heading on the page."""
        return slugify(self.title)


def cards(request, *, home=None):
    """The cards of the roles that the person signed in holds today; `home` is their own, with a post."""
    scope = scope_of(request)
    person, at, on = scope.person, scope.at, scope.today
    found = []
    if person.holds(Role.SUPERVISOR, on=on) and home:
        found.append(supervisor_card(scope, home))
    if person.holds(Role.ASSESSOR, on=on):
        found += unit_cards(scope)
    if any(person.holds(role, on=on) for role in ASSESSMENT):
        found += confirmation_cards(person, at=at)
        found.append(assessment_card(person, on=on))
    if any(person.holds(role, on=on) for role in FINANCE):
        found.append(finance_card(person, on=on))
    if person.holds(Role.HR, on=on):
        found += gap_cards(person, on=on)
        found.append(hr_card(lines_of(request)))
    if person.holds(Role.IT, on=on):
        found.append(outage_card(at))
    return found + [make() for role, make in LINKS.items() if person.holds(role, on=on)]


def gap_cards(person, *, on):
    """The offices in their scope whose people cannot work with the product; no card where there are none."""
    offices = WorkPattern.objects.missing_in(person.agencies(Role.HR, on=on).order_by().values("pk"), on=on)
    lines = [without_pattern(unit) for unit in offices]
    if not lines:
        return []
    return [
        Card(
            title=_("Missing rules"),
            url=reverse("reports:rules"),
            action=_("Open the rules"),
            lines=lines,
            template="reports/_card_gaps.html",
            nothing="",
        )
    ]


def without_pattern(unit):
    """What an office without a work pattern means, named with its agency."""
    name = str(unit) if unit.pk == unit.agency_id else f"{unit} ({unit.agency})"
    sentence = _(
        "%(office)s has no approved work pattern: nobody there can report, and its months stay open."
    )
    return sentence % {"office": name}


def unit_cards(scope):
    """A card of what waits with them as an assessor; none where nothing waits."""
    lines = unit_lines(scope)
    if not lines:
        return []
    card = Card(
        title=_("Waiting for the assessment unit"),
        url=reverse("approvals:unit"),
        action=_("Open what waits"),
        lines=lines[:LINES_SHOWN],
        template="approvals/_unit_lines.html",
        nothing="",
    )
    return [card]


def supervisor_card(scope, home):
    """Reported rows of their line that wait for them, by week, oldest first, with the moment they are due."""
    return Card(
        title=_("Weekly review"),
        url=reverse("approvals:queue"),
        action=_("Open the review"),
        lines=[week_line(found, home) for found in scope.weeks_in_line[:LINES_SHOWN]],
        template="reports/_card_weeks.html",
        nothing=_("Nothing waits for your decision."),
    )


def week_line(found, home):
    week = Week.of(found["monday"])
    days = home.rules.due_days_of(week) if home.rules else None
    due = found["closes"]
    if days is not None:
        zone = home.person.office_zone()
        due = review_due_at(week, home.here, zone, due_days=days, review_closes_at=found["closes"])
    return WeekLine(week, found["rows"], found["people"], due)


@dataclass(frozen=True)
class WeekLine:
    """A week whose review waits: rows and people, and the moment it is due."""

    week: Week
    rows: int
    people: int
    due: datetime

    @property
    def url(self):
        return reverse("approvals:week", args=[self.week])


def assessment_card(person, *, on):
    """Months being verified in their scope, with the rows that still keep each from publication."""
    months = (
        Month.objects.filter(
            status=Month.Status.VERIFYING, agency__in=readable_agencies(person, on=on).order_by()
        )
        .select_related("agency")
        .annotate(
            is_drawn=Exists(Draw.objects.filter(month=OuterRef("pk"))),
            undecided=_count(Activity.objects.filter(status=Activity.Status.REPORTED), "month"),
            unread=_count(DrawnRow.objects.waiting(), "draw__month"),
        )
        .order_by("publication_due_at", "agency__name", "pk")
    )
    return Card(
        title=_("Assessment"),
        url=reverse("assessment:months"),
        action=_("Open the months"),
        lines=list(months),
        template="reports/_card_months.html",
        nothing=_("No month is being verified now."),
    )


def confirmation_cards(person, *, at):
    """A card of the months that somebody else proposed and this person may confirm; none where none waits."""
    waits = Closing.objects.confirmable_by(person, at=at).select_related("month__agency", "proposed_by")
    lines = list(waits.order_by("proposed_at", "pk"))
    return [second_card(lines)] if lines else []


def second_card(lines):
    return Card(
        title=_("Waiting for you as the second person"),
        url=reverse("assessment:months"),
        action=_("Open the months"),
        lines=lines,
        template="reports/_card_seconds.html",
        nothing="",
    )


def _count(rows, month):
    """How many of `rows` belong to the month of the outer query, counted on its own."""
    counted = rows.filter(**{month: OuterRef("pk")}).order_by().values(month).annotate(n=Count("pk"))
    return Coalesce(Subquery(counted.values("n")), 0, output_field=IntegerField())


def finance_card(person, *, on):
    """Bonus lists in their scope by status."""
    scope = Unit.objects.none()
    for role in FINANCE:
        if person.holds(role, on=on):
            scope = scope | Unit.objects.filter(pk__in=person.agencies(role, on=on).order_by().values("pk"))
    runs = Run.objects.within(scope.values("pk")).order_by().values("status").annotate(n=Count("pk"))
    counts = {row["status"]: row["n"] for row in runs}
    return Card(
        title=_("Bonus lists"),
        url=reverse("bonuses:runs"),
        action=_("Open the lists"),
        lines=[StatusLine(status, counts[status]) for status in Run.Status if counts.get(status)],
        template="reports/_card_lists.html",
        nothing=_("No list has been made yet."),
    )


@dataclass(frozen=True)
class StatusLine:
    """How many lists stand in one status."""

    status: Run.Status
    count: int


def hr_card(lines):
    """What another HR administrator asked for and waits for this one, oldest first."""
    return Card(
        title=_("Second approval"),
        url=reverse("changes:requests"),
        action=_("Open the requests"),
        lines=lines[:LINES_SHOWN],
        template="reports/_card_requests.html",
        nothing=_("No sanction and no cancellation waits for your approval."),
    )


def outage_card(at):
    """What is asked of the operator: outages without an end, and silence that nobody has explained."""
    running = [
        _("Outage no. %(number)s runs since %(moment)s")
        % {"number": each.pk, "moment": moment(each.starts_at)}
        for each in Outage.objects.running()
    ]
    silent = [
        _("The jobs were silent from %(start)s to %(end)s") % {"start": moment(start), "end": moment(end)}
        for start, end in Heartbeat.objects.unanswered(at - GAPS_OF, at)
    ]
    return Card(
        title=_("Outages"),
        url=reverse("operations:outages"),
        action=_("Open the outages"),
        lines=(running + silent)[:LINES_SHOWN],
        template="reports/_card_gaps.html",
        nothing=_("No outage runs, and the jobs were not silent."),
    )


def leadership_card():
    return Card(
        title=_("Leadership"),
        url=reverse("reports:board"),
        action=_("Open the live board"),
        nothing=_("Who has reported today, what waits, and where each month stands, by agency."),
    )


def auditor_card():
    return Card(
        title=_("Audit"),
        url=reverse("reports:board"),
        action=_("Open the live board"),
        nothing=_("You read everything and change nothing."),
    )


LINKS = {Role.LEADERSHIP: leadership_card, Role.AUDITOR: auditor_card}
