"""What HR types about a person, and what anybody types to find one."""

from django import forms
from django.utils.translation import gettext_lazy as _

from organization.models import Sanction
from records.forms import FormInPage
from records.typed import ReasonField


class MonthInput(forms.TextInput):
    """The browser's own month picker; without one, a box for "2026-03"."""

    input_type = "month"
    attrs_class = "ek-w-10"

    def __init__(self, attrs=None):
        super().__init__({"class": self.attrs_class} | (attrs or {}))

    def format_value(self, value):
        return f"{value:%Y-%m}" if hasattr(value, "year") else value


class MonthField(forms.DateField):
    """A calendar month, cleaned to its first day."""

    widget = MonthInput
    default_error_messages = {"invalid": _("Type a month as year and month, such as 2026-03.")}

    def __init__(self, **kwargs):
        super().__init__(input_formats=["%Y-%m"], **kwargs)


class PeopleSearchForm(forms.Form):
    """A part of a name, or the beginning of a NIP."""

    helper = FormInPage(quiet=True)
    q = forms.CharField(label=_("Name or NIP"), max_length=100, required=False)


def reason_field(**kwargs):
    """Why a row is cancelled, ended or refused."""
    return ReasonField(label=_("Reason"), error_messages={"required": _("Write the reason.")}, **kwargs)


class CancellationForm(forms.Form):
    """Why a row that was typed wrong is cancelled."""

    reason = reason_field()


class RefusalForm(forms.Form):
    """Why the second person refuses what the first asked for."""

    reason = reason_field()


class SanctionForm(forms.ModelForm):
    """A sanction of one person by decree, for whole months."""

    first_month = MonthField(label=_("First month"))
    last_month = MonthField(label=_("Last month"), help_text=_("The same as the first for one month."))
    percent = forms.DecimalField(
        label=_("Percent taken from the bonus"),
        help_text=_("More than 0 and at most 100, such as 25 or 12,5."),
        max_digits=5,
        decimal_places=2,
        localize=True,
        widget=forms.TextInput({"class": "ek-w-5", "inputmode": "decimal", "autocomplete": "off"}),
    )

    class Meta:
        model = Sanction
        fields = ["percent", "first_month", "last_month", "decree"]
        help_texts = {"decree": _("Number, date and article of the decree.")}

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.person = person
