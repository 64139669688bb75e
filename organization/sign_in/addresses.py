"""One's own e-mail address: a new one is asked for with the password and counts by the link sent to it."""

import logging
from smtplib import SMTPException

from allauth.core.ratelimit import consume
from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.mail import send_mail
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from notices.models import News, Notice
from organization.models import AddressChange, Grant, Role
from records.refusals import attempt, sent

log = logging.getLogger(__name__)
CHANGED = News(
    "address_changed",
    lambda facts: (
        _("%(name)s has a new e-mail address: links for a new password go there now.")
        % {"name": facts["name"]}
    ),
)


class AddressForm(forms.Form):
    """The new address and one's present password."""

    address = forms.EmailField(label=gettext_lazy("New e-mail address"), max_length=254)
    password = forms.CharField(
        label=gettext_lazy("Present password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        max_length=200,
    )

    def __init__(self, *args, owner):
        super().__init__(*args)
        self.owner = owner

    def clean_password(self):
        if not self.owner.check_password(self.cleaned_data["password"]):
            raise forms.ValidationError(_("This is not your current password."))
        return self.cleaned_data["password"]


@never_cache
@sensitive_post_parameters("password")
def address(request):
    """Ask for another address of one's own; tries of the password are counted as at the codes."""
    form, key = AddressForm(sent(request), owner=request.user), f"address {request.user.pk}"
    if form.is_bound and not consume(request, action="code_tried", key=key):
        sentence = _("Too many tries. Wait five minutes, then try again.")
        return render(request, "429.html", {"sentence": sentence}, status=429)
    started = attempt(form, lambda: send_link(request, request.user, form.cleaned_data["address"]))
    if started:
        messages.success(request, _("A link was sent to the new address. It counts when you have opened it."))
        return redirect("organization:profile")
    return render(request, "organization/address.html", {"form": form}, status=started.status)


@never_cache
def address_confirm(request, key):
    """Let the new address count: by its owner, signed in. The old address and HR are told."""
    change = AddressChange.objects.behind(key, owner=request.user).first()
    if change is None:
        raise Http404
    form = forms.Form(sent(request))
    confirmed = attempt(form, lambda: change.confirm(at=timezone.now()))
    if confirmed:
        tell(change, confirmed.result)
        messages.success(request, _("Your new e-mail address counts from now on."))
        return redirect("organization:profile")
    context = {"form": form, "change": change}
    return render(request, "organization/address_confirm.html", context, status=confirmed.status)


def send_link(request, person, to, *, asked=None):
    """Start a change and mail its link to the new address. Raises NotNow."""
    _row, key = AddressChange.objects.start(person, address=to, at=timezone.now(), request=asked)
    link = request.build_absolute_uri(reverse("organization:address_confirm", args=[key]))
    with translation.override(settings.LANGUAGE_CODE):
        text = _(
            "This address was named as the new e-mail address of %(name)s, NIP %(nip)s. If that is you, "
            "sign in and open this link within three days:\n\n%(link)s\n\nIf it is not you, do nothing."
        )
        mail(
            _("E-Kinerja: confirm your new address"),
            text % {"name": person.name, "nip": person.nip, "link": link},
            to,
        )


def tell(change, old_addresses):
    """Tell the old addresses, and the HR administrators of the person."""
    today, person = change.person.today(), change.person
    with translation.override(settings.LANGUAGE_CODE):
        text = _(
            "The e-mail address of %(name)s in E-Kinerja was changed. Links for a new password do not come "
            "here any more. If you did not want this, tell your HR administrator at once."
        )
        for old in sorted(old_addresses):
            mail(_("E-Kinerja: your address was changed"), text % {"name": person.name}, old)
    held = Grant.objects.on(today).filter(role=Role.HR)
    posting = person.posting_on(today)
    near = held.filter(unit=None) | held.filter(unit__agency=posting.unit.agency_id if posting else None)
    people = near.exclude(person=person).values_list("person", flat=True)
    facts = {"name": person.name, "nip": person.nip}
    Notice.objects.tell(set(people), key=f"address {change.pk}", kind=CHANGED, at=change.made_at, data=facts)


def mail(subject, text, to):
    """A mail that cannot be sent is logged; whoever waits for it asks once more."""
    try:
        send_mail(subject, text, None, [to])
    except (SMTPException, OSError):
        log.exception("A mail about an address could not be sent")
