"""Sign-in, and the way back in for who forgot the password."""

import logging
from smtplib import SMTPException

from allauth.account.forms import LoginForm
from allauth.account.models import EmailAddress
from django import forms
from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.core.validators import RegexValidator
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.http import int_to_base36
from django.utils.translation import gettext_lazy as _

from organization.models import User
from organization.models.people import NIP

log = logging.getLogger(__name__)


def nip_field():
    """A NIP as people write it: often copied with the spaces of their decree."""
    return forms.CharField(
        label="NIP",
        help_text=_("18 digits; spaces are allowed."),
        widget=forms.TextInput(attrs={"autocomplete": "username", "inputmode": "numeric"}),
        max_length=40,
    )


class SignInForm(LoginForm):
    """Sign-in by NIP and password."""

    undone = _("You are not signed in yet")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"] = nip_field()
        self.order_fields(["login", "password"])

    def clean_login(self):
        return "".join(self.cleaned_data["login"].split())


def address_on_record(user):
    """The address that the person confirmed, else the one that HR entered; one added alone never counts."""
    confirmed = EmailAddress.objects.get_verified(user)
    return confirmed.email if confirmed else user.email


class ForgottenForm(forms.Form):
    """Asks for the NIP, not the address: several people may share the address of their office."""

    nip = nip_field()

    def clean_nip(self):
        nip = "".join(self.cleaned_data["nip"].split())
        RegexValidator(NIP, _("A NIP has 18 digits; the 15th is 1 or 2."))(nip)
        return nip

    def send_link(self, request):
        """Mail one link to the address on record for this NIP; without person or address, nothing.

        A mail that cannot be sent is logged: the answer on the page was given, the same for every NIP.
        """
        user = User.objects.filter(nip=self.cleaned_data["nip"]).first()
        address = user and user.is_active and address_on_record(user)
        if not address:
            return
        key = f"{int_to_base36(user.pk)}-{default_token_generator.make_token(user)}"
        page = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        facts = {"user": user, "link": request.build_absolute_uri(page.replace("UID-KEY", key))}
        with translation.override(settings.LANGUAGE_CODE):
            subject = render_to_string("account/email/password_reset_key_subject.txt").strip()
            text = render_to_string("account/email/password_reset_key_message.txt", facts)
        try:
            send_mail(subject, text, None, [address])
        except (SMTPException, OSError):
            log.exception("The link for a new password could not be sent")
