"""Codes for accounts: made by HR, used by their owners. A code is shown on one answer and never again."""

from allauth.account.adapter import get_adapter
from allauth.core.ratelimit import consume
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from organization.access import role_required
from organization.models import ActivationCode, Role, Unit, User, without_password
from organization.models.codes import GOOD_FOR
from organization.sign_in.forms import ActivationForm, CodesForm
from records.refusals import NotNow, attempt, refuse_own, sent

SLIPS_AT_ONCE = 200


@login_not_required
@never_cache
@sensitive_post_parameters("password", "again", "code")
def activate(request):
    """Set a password by NIP and code; the same wrong tries as at sign-in are allowed."""
    form = ActivationForm(sent(request))
    if form.is_bound and guesses(request, form.data.get("nip", "")):
        sentence = _("Too many tries. Wait five minutes, then try again.")
        return render(request, "429.html", {"sentence": sentence}, status=429)
    used = attempt(form, lambda: use_code(form.cleaned_data))
    if used:
        messages.success(request, _("Your password is set. Sign in with it now."))
        return redirect("account_login")
    return render(request, "organization/activate.html", {"form": form}, status=used.status)


def guesses(request, nip):
    """Whether this is more than ten tries in five minutes for one NIP, or many from one network."""
    line = get_adapter(request).line(request)
    nip = "".join(nip.split())[:18]
    known = consume(request, action="code_tried", key=f"{nip} {line}")
    return not (known and consume(request, action="code_tried_at_address", key=line))


def use_code(typed):
    return ActivationCode.objects.use(
        typed["nip"], typed["code"], password=typed["password"], at=timezone.now()
    )


@role_required(Role.HR)
@never_cache
def code(request, pk):
    """The codes made for one person, and a new one, shown once."""
    who = get_object_or_404(User.objects.administered_by(request.user, on=request.user.today()), pk=pk)
    refuse_own(who, by=request.user)
    slips, at = [], timezone.now()
    if request.method == "POST":
        slips = [slip(who, ActivationCode.objects.make(who, by=request.user, at=at), at)]
    made = [(each, each.is_good(at)) for each in who.activation_codes.newest_first()[:20]]
    context = {"who": who, "slips": slips, "codes": made, "address": page_of_codes(request)}
    return render(request, "organization/code.html", context)


@role_required(Role.HR)
@never_cache
def codes(request):
    """Codes for the people of an agency who have no password yet, 200 at a time, on slips to be printed."""
    today, at = request.user.today(), timezone.now()
    everywhere = request.user.holds_citywide(Role.HR, on=today)
    agencies = Unit.objects.agencies() if everywhere else request.user.agencies(Role.HR, on=today)
    form = CodesForm(sent(request), agencies=agencies)
    made = attempt(form, lambda: make_list(request.user, form.cleaned_data["agency"], at))
    slips, left = made.result if made else ([], 0)
    context = {"form": form, "slips": slips, "left": left, "done": bool(made)}
    context["address"] = page_of_codes(request)
    return render(request, "organization/codes.html", context, status=made.status)


@transaction.atomic
def make_list(by, agency, at):
    """The slips of one list, and how many people are left for the next; one list of an agency at a time.

    Raises NotNow where somebody else has made a code for everybody who is left.
    """
    Unit.objects.select_for_update(no_key=True).get(pk=agency.pk)
    people = without_password(User.objects.posted_in(agency, on=by.today(at)), at=at).exclude(pk=by.pk)
    found, count = list(people.by_name()[:SLIPS_AT_ONCE]), people.count()
    here = User.objects.posted_in(agency, on=by.today(at))
    others = ActivationCode.objects.good(at).filter(person__in=here, made_by__isnull=False)
    if not found and (last := others.exclude(made_by=by).newest_first().first()):
        sentence = _(
            "%(name)s has just made the codes of this agency. Theirs stay good; ask for those slips."
        )
        raise NotNow(sentence % {"name": last.made_by})
    made = ActivationCode.objects.make_many(found, by=by, at=at)
    return [slip(person, text, at) for person, text in made], count - len(found)


def slip(person, text, at):
    return {"person": person, "code": text, "until": at + GOOD_FOR}


def page_of_codes(request):
    return request.build_absolute_uri(reverse("organization:activate"))
