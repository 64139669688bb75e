"""What HR types to let somebody report late."""

from django import forms
from django.utils.translation import gettext_lazy as _

from records.reach import within_reach
from records.typed import ReasonField


class LateReportForm(forms.Form):
    day = forms.DateField(
        label=_("Day that may be reported"), widget=forms.DateInput, validators=[within_reach]
    )
    until_on = forms.DateField(
        label=_("Until"),
        help_text=_("To 24.00 of this day, before the review of the month closes."),
        widget=forms.DateInput,
        validators=[within_reach],
    )
    reason = ReasonField(
        label=_("Reason"),
        help_text=_("The employee reads it. The minutes count; the day is not in time."),
    )
