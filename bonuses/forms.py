from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from bonuses.models import Share
from bonuses.models.querysets import not_final
from calendars.models import Month
from calendars.weeks import MonthKey
from records.forms import FormInPage
from records.typed import ReasonField


class MonthForm(forms.Form):
    """Which month the lists are for; it changes nothing."""

    helper = FormInPage(errors_elsewhere=True, quiet=True)
    month = forms.TypedChoiceField(label=_("Month"), coerce=MonthKey.parse, required=False, empty_value=None)

    def __init__(self, *args, keys, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["month"].choices = [(str(key), date_format(key.first_day, "F Y")) for key in keys]


class RunForm(forms.Form):
    """The agencies of one month that stand in a new run: final ones that no live run holds."""

    months = forms.ModelMultipleChoiceField(
        queryset=Month.objects.none(),
        label=_("Agencies"),
        error_messages={"required": _("Choose at least one agency.")},
    )

    def __init__(self, *args, months, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["months"].queryset = months

    def clean_months(self):
        months = list(self.cleaned_data["months"])
        taken = Share.objects.live().filter(month__in=months)
        problems = [not_final(month) for month in months if month.status != Month.Status.FINAL]
        problems += [share.taken() for share in taken]
        if problems:
            raise forms.ValidationError([forms.ValidationError(text) for text in problems])
        return months


class MoveForm(forms.Form):
    """One move of a run, decided on the version that was on the screen."""

    helper = FormInPage(errors_elsewhere=True)
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class ReasonForm(MoveForm):
    """A move that sends the list back or ends it, with a reason."""

    reason = ReasonField(label=_("Reason"), error_messages={"required": _("Write the reason.")})


class SearchForm(forms.Form):
    """Find people of a run by name or NIP."""

    q = forms.CharField(label=_("Name or NIP"), required=False, max_length=150)
