"""What a button sends that stands alone on its page."""

from django import forms
from django.utils.translation import gettext_lazy


class RepeatForm(forms.Form):
    """The day whose work is copied into another."""

    source = forms.DateField(input_formats=["%Y-%m-%d"])


class VersionForm(forms.Form):
    """The version of a row that was on the screen when a button was pressed."""

    version = forms.IntegerField(
        min_value=1,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value"), gettext_lazy("Open the page again and try once more.")
        ),
    )
