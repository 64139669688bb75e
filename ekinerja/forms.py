from allauth.account.forms import LoginForm
from django import forms
from django.utils.translation import gettext_lazy as _


class SignInForm(LoginForm):
    """Sign-in by NIP, which people often copy with the spaces of their decree."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"] = forms.CharField(
            label="NIP",
            help_text=_("18 digits; spaces are allowed."),
            widget=forms.TextInput(attrs={"autocomplete": "username", "inputmode": "numeric"}),
            max_length=40,
        )
        self.order_fields(["login", "password"])

    def clean_login(self):
        return "".join(self.cleaned_data["login"].split())
