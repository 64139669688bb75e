"""What the operator types about outages."""

from django import forms
from django.utils.translation import gettext_lazy as _

from records.typed import ReasonField


class MomentField(forms.DateTimeField):
    """A day with a time of day, in the zone of the operator's office."""

    widget = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})


class OutageForm(forms.Form):
    starts_at = MomentField(label=_("From"))
    ends_at = MomentField(label=_("To"), required=False, help_text=_("Empty while the service does not run."))
    reason = ReasonField(
        label=_("What did not work"), help_text=_("Everybody whose deadline moves reads it.")
    )


class OutageEndForm(forms.Form):
    ends_at = MomentField(label=_("The service ran again"))


class DismissForm(forms.Form):
    """Why a gap of the heartbeat was no outage."""

    starts_at = forms.DateTimeField(widget=forms.HiddenInput)
    ends_at = forms.DateTimeField(widget=forms.HiddenInput)
    reason = ReasonField(label=_("Why it was no outage"), rows=2)
