"""Acting letters: asked for by HR, or a delegation by the holder of the post; a second HR person approves."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from organization.access import role_required
from organization.forms import LetterForm
from organization.models import ActingLetter, Capacity, Post, Role, User
from records.refusals import attempt, sent
from reports.changes.forms import SeenForm
from reports.changes.shown import attempt_shown
from reports.changes.touched import touched_by_letter


@role_required(Role.HR)
@transaction.atomic
def letter_create(request, pk):
    """Ask that somebody act for a post by letter, after what waits there was shown."""
    today = request.user.today()
    within = Post.objects.administered_by(request.user, on=today).with_terms()
    post = get_object_or_404(within, pk=pk)
    people = User.objects.administered_by(request.user, on=today)
    form = LetterForm(sent(request), post=post, people=people)
    asked, touched = ask(request, post, form)
    if asked:
        return redirect("organization:post", pk=post.pk)
    context = {"post": post, "form": form, "touched": touched, "today": today}
    return render(request, "reports/changes/letter.html", context, status=asked.status)


@role_required(Role.SUPERVISOR)
@transaction.atomic
def delegate(request):
    """The delegations of one's own post, and one more asked for: of somebody of the same agency.

    Only who holds the post hands its review over; a delegate or acting officer never does.
    """
    today = request.user.today()
    posting = request.user.posting_on(today)
    if posting is None or not posting.leads:
        raise Http404
    people = User.objects.posted_in(posting.unit.agency, on=today).exclude(pk=request.user.pk)
    form = LetterForm(sent(request), post=posting.post, people=people, kinds=[Capacity.DELEGATE])
    asked, touched = ask(request, posting.post, form)
    if asked:
        return redirect("changes:delegate")
    letters = posting.post.letters.filter(capacity=Capacity.DELEGATE).newest_first()
    context = {"posting": posting, "form": form, "touched": touched, "letters": letters}
    return render(request, "reports/changes/delegate.html", context, status=asked.status)


@role_required(Role.SUPERVISOR)
@require_POST
@transaction.atomic
def delegate_withdraw(request, pk):
    """Take a delegation back that one asked for, while nobody has decided it."""
    letter = get_object_or_404(ActingLetter, pk=pk, requested_by=request.user)
    form = SeenForm(request.POST)
    taken = attempt(form, lambda: letter.withdraw(by=request.user, at=timezone.now()))
    if taken:
        messages.success(request, _("Taken back: nothing changes."))
    else:
        messages.error(request, " ".join(form.non_field_errors()))
    return redirect("changes:delegate")


def ask(request, post, form):
    """Ask for the letter that was typed; says so where it is stored."""
    asked, touched = attempt_shown(
        request,
        form,
        touches=lambda typed: touched_by_letter(ActingLetter(post=post, **typed)),
        act=lambda: ActingLetter.objects.request(post=post, by=request.user, **form.cleaned_data),
    )
    if asked:
        said = _("Asked for: %(name)s as %(kind)s. It takes force when another HR administrator approves it.")
        letter = asked.result
        messages.success(request, said % {"name": letter.person, "kind": letter.get_capacity_display()})
    return asked, touched
