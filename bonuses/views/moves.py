"""The moves of a run, each with a page of its own that says the consequence in words and figures."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from bonuses.forms import MoveForm, ReasonForm
from bonuses.models import Line, Run
from bonuses.tasks import ask_for
from organization.access import role_required
from records.refusals import attempt, sent
from records.state import InvalidTransition


def page_of(move):
    """The view of one move: it shows the consequence, or makes the move; refused, the same page says why."""

    @role_required(*move.roles)
    def page(request, pk):
        runs = Run.objects.movable_by(request.user, *move.roles, on=request.user.today())
        run = get_object_or_404(runs.with_people(), pk=pk)
        form_class = ReasonForm if move.is_back else MoveForm
        form = form_class(sent(request), initial={"version": run.version})
        made = attempt(form, lambda: move.make(run, by=request.user, at=timezone.now(), **form.cleaned_data))
        if made:
            ask_for(run.shares.wanted())
            messages.success(request, move.done % {"number": run.number})
            return redirect("bonuses:run", run.pk)
        context = context_of(run, move, request.user) | {"form": form}
        return render(request, f"bonuses/{move.verb}.html", context, status=made.status)

    return page


def context_of(run, move, person):
    """The run as it is now, its figures, and what stands against this move."""
    fresh = Run.objects.with_people().with_agencies().get(pk=run.pk)
    obstacle = "" if move.is_open(fresh) else str(InvalidTransition(fresh, move.leads_to))
    return {
        "run": fresh,
        "obstacle": obstacle or move.obstacle(fresh, by=person) or move.moved_facts(fresh),
        "totals": Line.objects.of_run(fresh).totals(),
        "own": Line.objects.of_run(fresh).filter(person=person).exists(),
    }
