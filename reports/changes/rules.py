"""Dated rules of every kind: drafted by one of its keepers, put in force by another, withdrawn by them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from organization.access import role_required
from organization.models import Role
from records.refusals import attempt, sent
from reports.changes.forms import SeenForm
from reports.changes.rule_forms import rule_form
from reports.changes.rules_touched import touched_by_rule
from reports.changes.shown import attempt_shown
from reports.rules import KINDS, title_of, values_of

KEEPERS = (Role.HR, Role.HEAD, Role.MAKER, Role.CHECKER, Role.RELEASER)
BY_NAME = {kind._meta.model_name: kind for kind in KINDS}


@role_required(*KEEPERS)
@transaction.atomic
def rule_create(request, kind):
    """Draft a rule after what it touches was shown; it holds when another keeper approves it."""
    model, today = kept_or_refused(request.user, kind), request.user.today()
    form = rule_form(model, sent(request), scope=request.GET.get("scope", ""), today=today)
    drafted, touched = attempt_shown(
        request,
        form,
        touches=lambda _typed: touched_by_rule(form.instance),
        act=lambda: form.instance.draft(by=request.user),
    )
    stored = drafted.result or (drafted.status == 422 and form.instance.drafted_before(by=request.user))
    if stored:
        messages.success(request, _("Drafted. It holds when another person of the same role approves it."))
        return redirect("changes:rule", kind=kind, pk=stored.pk)
    context = {"form": form, "kind": model._meta, "touched": touched}
    return render(request, "reports/changes/rule_new.html", context, status=drafted.status)


@role_required(*KEEPERS)
@transaction.atomic
def rule(request, kind, pk):
    """Show a rule with what it touches now; a POST of a second keeper puts the draft in force."""
    row = rule_or_404(request.user, kind, pk)
    touched, form = touched_by_rule(row), SeenForm(sent(request))
    is_own = row.drafted_by_id == request.user.pk
    approved, _again = attempt_shown(
        request,
        form,
        touches=lambda _typed: None if is_own else touched,
        act=lambda: row.approve(by=request.user, at=timezone.now()),
    )
    if approved:
        messages.success(request, _("Approved: it holds from its first day on."))
        return redirect("reports:rules")
    if form.is_bound and approved.refusal is None:
        form.add_error(None, _("What it touches has changed. Look at it, and approve once more."))
    return answer(request, kind, row, touched=touched, form=form, status=approved.status)


@role_required(*KEEPERS)
@require_POST
@transaction.atomic
def rule_withdraw(request, kind, pk):
    """Withdraw a draft; of an approved rule that begins later, ask for it or be the second to say so."""
    row, form = rule_or_404(request.user, kind, pk), SeenForm(request.POST)
    asked = attempt(form, lambda: row.withdraw(by=request.user, at=timezone.now()))
    if asked and row.status == row.Status.WITHDRAWN:
        messages.success(request, _("Withdrawn: nothing changes."))
        return redirect("reports:rules")
    if asked:
        messages.success(
            request, _("Asked for. It is withdrawn when another person of the same role agrees.")
        )
        return redirect("changes:rule", kind=kind, pk=pk)
    return answer(request, kind, row, touched=touched_by_rule(row), form=form, status=asked.status)


def answer(request, kind, row, *, touched, form, status):
    row.refresh_from_db()
    is_coming = row.status == row.Status.APPROVED and row.begins_later_than(request.user.today())
    context = {
        "row": row,
        "label": row._meta.verbose_name,
        "title": title_of(row),
        "values": values_of(row),
        "touched": touched,
        "errors": form.non_field_errors(),
        "kind": kind,
        "is_draft": row.status == row.Status.DRAFT,
        "is_own": row.drafted_by_id == request.user.pk,
        "asked_by_me": row.withdrawal_asked_by_id == request.user.pk,
        "is_coming": is_coming,
    }
    return render(request, "reports/changes/rule.html", context, status=status)


def kept_or_refused(user, kind):
    """The model of `kind`, which `user` keeps today; PermissionDenied with who does, or 404."""
    if kind not in BY_NAME:
        raise Http404
    model = BY_NAME[kind]
    if not model().is_kept_by(user, on=user.today()):
        sentence = _("Rules of this kind are drafted, approved and withdrawn by %(keepers)s.")
        raise PermissionDenied(sentence % {"keepers": model.keepers.called})
    return model


def rule_or_404(user, kind, pk):
    return get_object_or_404(kept_or_refused(user, kind).objects.select_for_update(), pk=pk)
