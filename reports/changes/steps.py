"""What happens to a person, each asked for on a page of its own, after what it touches was shown."""

from django.contrib import messages
from django.db import transaction
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext as _

from organization.access import role_required
from organization.forms import PostSearchForm
from organization.models import (
    Joining,
    Leaving,
    LeavingCancellation,
    Post,
    Role,
    Suspension,
    SuspensionCancellation,
    Transfer,
    TransferCancellation,
)
from organization.step_forms import (
    JoiningForm,
    LeavingForm,
    PromotionForm,
    ReinstatementForm,
    SuspensionForm,
    TransferForm,
)
from records.refusals import sent
from records.side_by_side import read_together
from reports.changes.shown import administered_or_404, attempt_shown
from reports.changes.step_touched import (
    touched_by_joining,
    touched_by_leaving,
    touched_by_promotion,
    touched_by_reinstatement,
    touched_by_suspension,
    touched_by_transfer,
)

POSTS_SHOWN = 20
PLACES = Prefetch("post", Post.objects.with_terms())


@role_required(Role.HR)
def steps(request, pk):
    """What happened to one person and what was asked for, with the ways to ask for more."""
    who = administered_or_404(request.user, pk)
    people = ("requested_by", "decided_by")
    undone = {
        Transfer: TransferCancellation.objects.select_related(*people),
        Leaving: LeavingCancellation.objects.select_related(*people),
        Suspension: SuspensionCancellation.objects.select_related(*people),
    }
    found = {
        "joinings": Joining.objects.filter(person=who).select_related(*people).prefetch_related(PLACES),
        "reinstatements": who.reinstatements.select_related(*people).order_by("-pk"),
        "promotions": who.promotions.select_related("rank", *people).order_by("-pk"),
        **{
            name: rows.select_related(*related, *people)
            .order_by("-pk")
            .prefetch_related(Prefetch("cancellations", undone[rows.model].order_by("pk")))
            for name, rows, related in [
                ("transfers", who.transfers.prefetch_related(PLACES), ()),
                ("leavings", who.leavings, ()),
                ("suspensions", who.suspensions, ()),
            ]
        },
    }
    read_together(*found.values())
    return render(request, "reports/changes/steps.html", {"who": who} | found)


@role_required(Role.HR)
@transaction.atomic
def join(request, pk):
    """Ask that a new person be recorded on the post `pk`."""
    within = Post.objects.administered_by(request.user, on=request.user.today())
    post = get_object_or_404(within.with_terms(), pk=pk)
    subject = post.name_on(request.user.today())
    form = JoiningForm(sent(request), post=post)
    back = reverse("organization:post", args=[post.pk])
    page = {
        "title": _("New employee"),
        "subject": subject,
        "back": back,
        "back_label": post.title,
    }
    return ask(request, form, touched_by_joining, page, post=post)


@role_required(Role.HR)
@transaction.atomic
def transfer(request, pk):
    """Ask for a transfer of one person: first the post is chosen, then its day and decree are typed."""
    who = administered_or_404(request.user, pk)
    today = request.user.today()
    within = Post.objects.administered_by(request.user, on=today).with_terms()
    chosen = request.GET.get("post", "")
    if not chosen.isdecimal():
        return choose_post(request, who, within)
    post = get_object_or_404(within, pk=int(chosen[:18]))
    form = TransferForm(sent(request), person=who, post=post)
    page = page_of(who, _("Transfer")) | {"subject": _("New post: %(post)s") % {"post": post.name_on(today)}}
    return ask(request, form, touched_by_transfer, page, person=who, post=post)


def about_a_person(form, touches, title):
    """The view that asks for one kind of step of the person `pk`, after what it touches was shown."""

    @role_required(Role.HR)
    @transaction.atomic
    def ask_about(request, pk):
        who = administered_or_404(request.user, pk)
        typed = form(sent(request), person=who)
        return ask(request, typed, touches, page_of(who, gettext(title)), person=who)

    return ask_about


promote = about_a_person(PromotionForm, touched_by_promotion, gettext_noop("Promotion"))
end = about_a_person(LeavingForm, touched_by_leaving, gettext_noop("End of service"))
suspend = about_a_person(SuspensionForm, touched_by_suspension, gettext_noop("Suspension"))
reinstate = about_a_person(ReinstatementForm, touched_by_reinstatement, gettext_noop("Return to service"))


def choose_post(request, who, posts):
    """The posts that a search finds, each leading on to the form of the transfer."""
    form = PostSearchForm(request.GET)
    query = form.cleaned_data if form.is_valid() else {}
    found = posts.matching(query["q"]) if query.get("q") else posts.none()
    if query.get("vacant"):
        found = (found if query.get("q") else posts).vacant(on=request.user.today())
    found = list(found.order_by("title", "pk")[: POSTS_SHOWN + 1])
    context = page_of(who, _("Transfer")) | {
        "form": form,
        "posts": found[:POSTS_SHOWN],
        "today": request.user.today(),
        "has_more": len(found) > POSTS_SHOWN,
        "asked": bool(query.get("q") or query.get("vacant")),
    }
    status = 422 if form.errors else 200
    return render(request, "reports/changes/choose_post.html", context, status=status)


def page_of(who, title):
    back = reverse("changes:steps", args=[who.pk])
    return {"who": who, "title": title, "subject": "", "back": back, "back_label": who.name}


def ask(request, form, touches, page, **facts):
    """Ask for the step that was typed, once what it touches was shown; the page again where it is not."""
    asked, touched = attempt_shown(
        request,
        form,
        touches=lambda _typed: touches(form.instance),
        act=lambda: form._meta.model.objects.request(by=request.user, **facts, **form.cleaned_data),
    )
    if asked:
        messages.success(request, _("Asked for. It takes force when another HR administrator approves it."))
        return redirect(page["back"])
    context = page | {"form": form, "touched": touched}
    return render(request, "reports/changes/step.html", context, status=asked.status)
