"""Publish and finalise: a checklist that blocks, a proposal, and its confirmation by another person."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from assessment.forms import ClosingForm
from assessment.models import Closing, checklist
from assessment.models.assessors import READERS
from assessment.models.closings import capacity_of
from assessment.models.readings import QUICK_SECONDS, reading_times, readings
from assessment.views.months import month_or_404
from assessment.waits import MonthSeen, wait_of
from calendars.models import Month
from organization.access import role_required
from records.refusals import attempt, sent


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(*READERS)
def publish(request, pk):
    """Propose or confirm the publication of a month."""
    month = month_or_404(request, pk)
    read = readings(month)
    seen = MonthSeen(month, beside=[read])
    found = seen.person_months
    checks = [] if month.is_published else checklist.publication(month, found, seen.rows)
    return _step(request, seen, Closing.Kind.PUBLISH, checks, read)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(*READERS)
def finalise(request, pk):
    """Propose or confirm that a month becomes final."""
    month = month_or_404(request, pk)
    checks = checklist.finalisation(month, at=timezone.now()) if month.status != Month.Status.FINAL else []
    return _step(request, MonthSeen(month), Closing.Kind.FINALISE, checks)


def _step(request, seen, kind, checks, read=()):
    """The page of a step, or what was proposed or confirmed; `read` are the readings of the month."""
    people, month, at = seen.people, seen.month, timezone.now()
    step = seen.steps.get(kind)
    form = ClosingForm(sent(request))
    acts = {
        "propose": lambda: Closing.objects.propose(month, kind, by=request.user, at=at),
        "confirm": lambda: Closing.objects.confirm(step, by=request.user, at=at),
    }
    taken = attempt(form, lambda: acts[form.cleaned_data["act"]]())
    if taken:
        messages.success(request, _said(month, kind, form.cleaned_data["act"]))
        return redirect("assessment:month", pk=month.pk)
    if form.is_bound:  # refused: what it waits for may have changed meanwhile
        seen = MonthSeen(month)
    context = {
        "month": month,
        "kind": kind,
        "step": step,
        "checks": checks,
        "act": _open_act(kind, step, people=people["people"]),
        "people": people,
        "readings": reading_times(read),
        "quick": QUICK_SECONDS,
        "wait": wait_of(month, at=at, seen=seen),
        "form": form,
    }
    context |= _second(request.user, month, step, checks, at=at)
    return render(request, f"assessment/{kind}.html", context, status=taken.status)


def _second(person, month, step, checks, *, at):
    """Why `person` can do nothing here yet, and who may confirm what is proposed."""
    waits = step if step and step.is_waiting else None
    obstacle = _obstacle(person, capacity_of(person, month, at=at), checks, waits)
    return {"obstacle": obstacle, "seconds": waits.seconds(at=at) if waits else []}


def _obstacle(person, capacity, checks, waits):
    """Why this person can do nothing here yet, as a sentence; else "". `waits` is a proposal, or None."""
    if not capacity:
        return _("This step belongs to the assessment unit of this agency.")
    if not all(check.ok for check in checks):
        return _("Open until everything in the checklist holds.")
    return waits.refusal(person, capacity) if waits else ""


def _open_act(kind, step, *, people):
    """What is to be done now, as value and label of ClosingForm's button."""
    publishes = kind == Closing.Kind.PUBLISH
    if step is None:
        label = _("Propose publication") if publishes else _("Propose to make it final")
        return {"value": "propose", "label": label}
    publish = ngettext("Publish %(people)s score", "Publish %(people)s scores", people) % {"people": people}
    return {"value": "confirm", "label": publish if publishes else _("Make this month final")}


def _said(month, kind, act):
    said = {"month": month.name, "agency": month.agency}
    if act == "propose":
        return _("Proposed for %(agency)s, %(month)s. A second person confirms it.") % said
    if kind == Closing.Kind.PUBLISH:
        return _("%(month)s of %(agency)s is published. Staff can see their score.") % said
    return _("%(month)s of %(agency)s is final.") % said
