"""What other agencies may still change of the months of one agency's people.

Minutes earned elsewhere count at home, so the home agency waits until the other one has closed its review,
read its sample, and needs no extension of its draw. Source: domain.md, section 6; case D104.
"""

from collections import defaultdict
from itertools import chain
from typing import NamedTuple

from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities.models import Activity
from assessment.models.draws import Draw, is_extension_due
from calendars.models import Month
from organization.models import Placement, User
from records.sentences import named
from records.side_by_side import read_together

NAMED_AT_MOST = 3


class Unsettled(NamedTuple):
    """A month of another agency: what is still to do there, as a sentence, and whose months wait for it."""

    month: Month
    why: str
    names: list[str]

    def __str__(self):
        said = {"agency": self.month.agency, "why": self.why}
        said["names"] = named(self.names, at_most=NAMED_AT_MOST)
        return _("%(agency)s: %(why)s (%(names)s)") % said


def unsettled(month, people, beside=()):
    """The months elsewhere that `people` of `month` wait for, by name of the agency; four queries at most.

    `beside` are lists filled by the first of them.
    """
    others = Month.objects.filter(year=month.year, month=month.month).exclude(pk=month.pk)
    running = others.filter(status__in=[Month.Status.OPEN, Month.Status.VERIFYING])
    concerned = _people_there(month, running, people, beside)
    months = running.filter(pk__in=concerned).select_related("agency").order_by("agency__name", "pk")
    found = [(other, why) for other, why in left_to_do(list(months)).items() if why]
    ids = {person for other, _why in found for person in concerned[other.pk]}
    names = dict(User.objects.filter(pk__in=ids).by_name().values_list("pk", "name"))
    return [
        Unsettled(other, why, [name for pk, name in names.items() if pk in concerned[other.pk]])
        for other, why in found
    ]


def _people_there(month, running, people, beside):
    """{id of a running month: ids of the people with work there that may still be cut, or still come}."""
    is_open, drawable = (
        Q(month__status=Month.Status.OPEN),
        Q(status=Activity.Status.APPROVED, after_close=False),
    )
    rows = Activity.objects.in_month(month.key).filter(
        is_open | drawable, person__in=people, month__in=running
    )
    rows = rows.exclude(status=Activity.Status.DRAFT).order_by().values_list("month", "person").distinct()
    opened = running.filter(status=Month.Status.OPEN, agency=OuterRef("unit__agency"))
    held = Placement.objects.overlapping(month.key.first_day, month.key.last_day).filter(person__in=people)
    held = held.annotate(opened=Subquery(opened.order_by().values("pk"))).exclude(opened=None).order_by()
    held = held.values_list("opened", "person").distinct()
    read_together(rows, held, *beside)
    concerned = defaultdict(set)
    for other, person in chain(rows, held):
        concerned[other].add(person)
    return concerned


def left_to_do(months):
    """{month: what its sample still waits for, "" where it is drawn and read}; one query."""
    draws = defaultdict(list)
    for draw in Draw.objects.filter(month__in=months).select_related("rule").with_findings():
        draws[draw.month_id].append(draw)
    return {month: _to_do(month, draws[month.pk]) for month in months}


def _to_do(month, draws):
    if month.status == Month.Status.OPEN:
        return _("its review is still open")
    if not draws:
        return _("its sample is not drawn yet")
    if unread := sum(draw.drawn - draw.read for draw in draws):
        sentence = ngettext(
            "%(left)s drawn row waits for a verdict", "%(left)s drawn rows wait for a verdict", unread
        )
        return sentence % {"left": unread}
    return _("its draw is to be extended") if is_extension_due(draws) else ""
