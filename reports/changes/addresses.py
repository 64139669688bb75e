"""Another e-mail address of a person by HR: the link goes there, and a second HR person approves."""

from django import forms
from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from organization.access import role_required
from organization.models import AddressRequest, Role
from organization.sign_in.addresses import send_link
from records.refusals import attempt, sent
from reports.changes.shown import administered_or_404


class AddressRequestForm(forms.ModelForm):
    class Meta:
        model = AddressRequest
        fields = ["address"]


@role_required(Role.HR)
@transaction.atomic
def address_create(request, pk):
    """Ask for another address of one person; it counts by its link and a second approval."""
    who = administered_or_404(request.user, pk)
    form = AddressRequestForm(sent(request))

    def ask():
        at, typed = timezone.now(), form.cleaned_data["address"]
        asked = AddressRequest.objects.request(who, by=request.user, address=typed, at=at)
        send_link(request, who, typed, asked=asked)

    if asked := attempt(form, ask):
        messages.success(request, _("Asked for. It takes force when another HR administrator approves it."))
        return redirect("organization:person", pk=who.pk)
    return render(request, "reports/changes/address.html", {"who": who, "form": form}, status=asked.status)
