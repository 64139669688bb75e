"""The five steps of a run, each with a page of its own that says the consequence in words and figures."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy

from bonuses.forms import ReasonForm, StepForm
from bonuses.models import Line, Run, SamePerson
from organization.access import role_required
from records.state import InvalidTransition, StaleVersion

DONE = {
    "request": gettext_lazy("Requested: list %(number)s. It is computed as soon as the job queue takes it."),
    "check": gettext_lazy("Checked: list %(number)s."),
    "release": gettext_lazy("Released: list %(number)s. Staff now see their amounts."),
    "refuse": gettext_lazy("Sent back to draft: list %(number)s."),
    "cancel": gettext_lazy("Cancelled: list %(number)s. Its months are free again."),
}


@role_required(*Run.VERBS["request"])
def request_run(request, pk):
    return step(request, pk, verb="request", form_class=StepForm)


@role_required(*Run.VERBS["check"])
def check(request, pk):
    return step(request, pk, verb="check", form_class=StepForm)


@role_required(*Run.VERBS["release"])
def release(request, pk):
    return step(request, pk, verb="release", form_class=StepForm)


@role_required(*Run.VERBS["refuse"])
def refuse(request, pk):
    return step(request, pk, verb="refuse", form_class=ReasonForm)


@role_required(*Run.VERBS["cancel"])
def cancel(request, pk):
    return step(request, pk, verb="cancel", form_class=ReasonForm)


def step(request, pk, *, verb, form_class):
    """Show the consequence, or take the step; refused, the same page says why."""
    runs = Run.objects.movable_by(request.user, *Run.VERBS[verb], on=request.user.today())
    run = get_object_or_404(runs.with_people(), pk=pk)
    form = form_class(request.POST if request.method == "POST" else None, initial={"version": run.version})
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            run.do(verb, by=request.user, at=timezone.now(), **form.cleaned_data)
        except SamePerson as refusal:
            status = refused(form, refusal, 403)
        except (InvalidTransition, StaleVersion) as refusal:
            status = refused(form, refusal, 409)
        else:
            messages.success(request, DONE[verb] % {"number": run.number})
            return redirect("bonuses:run", run.pk)
    return render(request, f"bonuses/{verb}.html", context_of(run, verb, form, request.user), status=status)


def refused(form, refusal, status):
    form.add_error(None, str(refusal))
    return status


def context_of(run, verb, form, person):
    fresh = Run.objects.with_people().get(pk=run.pk)
    obstacle = "" if fresh.allows(verb) else str(InvalidTransition(fresh, verb))
    return {
        "run": fresh,
        "form": form,
        "obstacle": obstacle or fresh.obstacle(verb, by=person),
        "shares": list(fresh.shares.select_related("month__agency")),
        "totals": Line.objects.of_run(fresh).totals(),
        "own": Line.objects.of_run(fresh).filter(person=person).exists(),
    }
