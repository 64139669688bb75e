"""What a person types to set their first or a new password by a code, and HR to make a list of codes."""

from django import forms
from django.contrib.auth.password_validation import password_validators_help_text_html, validate_password
from django.utils.translation import gettext_lazy as _

from organization.models import ActivationCode
from records.refusals import Refusal


class ActivationForm(forms.Form):
    """NIP, code, and the new password twice."""

    nip = forms.CharField(
        label="NIP",
        help_text=_("18 digits; spaces are allowed."),
        widget=forms.TextInput(attrs={"autocomplete": "username", "inputmode": "numeric"}),
        max_length=40,
    )
    code = forms.CharField(
        label=_("Activation code"),
        help_text=_("From the slip of HR, such as ABCD-EFGH-JKLM."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "characters"}),
        max_length=40,
    )
    password = forms.CharField(
        label=_("New password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=password_validators_help_text_html,
        max_length=200,
    )
    again = forms.CharField(
        label=_("New password once more"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        max_length=200,
    )

    def clean_nip(self):
        return "".join(self.cleaned_data["nip"].split())

    def clean(self):
        """Both passwords are alike; and good enough for the owner of the code, where it is one."""
        typed = self.cleaned_data
        if not {"nip", "code", "password", "again"} <= typed.keys():
            return
        if typed["password"] != typed["again"]:
            self.add_error("again", _("The two passwords are not the same."))
            return
        try:
            owner = ActivationCode.objects.owner_of(typed["nip"], typed["code"]).person
        except Refusal as wrong:
            self.add_error(None, str(wrong))
            return
        try:
            validate_password(typed["password"], owner)
        except forms.ValidationError as weak:
            self.add_error("password", weak)


class CodesForm(forms.Form):
    """The agency whose people get a list of codes."""

    agency = forms.ModelChoiceField(label=_("Agency"), queryset=None)

    def __init__(self, *args, agencies, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies
        self.fields["agency"].label_from_instance = lambda agency: agency.name
        self.fields["agency"].empty_label = ""
