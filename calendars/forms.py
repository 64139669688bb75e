"""What HR types: holidays by decree, and leave or duty by letter."""

from django import forms
from django.db import IntegrityError, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from calendars.decree import LARGEST, UnreadableFile, read, text_of
from calendars.models import Holiday, Leave, LeaveType
from calendars.weeks import FIRST_YEAR, LAST_YEAR, MonthKey
from organization.models import Unit
from records.reach import within_reach
from records.typed import LineField


class MonthChoice(forms.Form):
    """The month that a picker leads to. What is no month chooses none."""

    month = forms.CharField(required=False)

    def clean_month(self):
        try:
            found = MonthKey.parse(self.cleaned_data["month"])
        except ValueError:
            return None
        return found if FIRST_YEAR <= found.year <= LAST_YEAR else None

    @property
    def chosen(self):
        """Their MonthKey, or None."""
        return self.cleaned_data["month"] if self.is_valid() else None


class HolidayForm(forms.ModelForm):
    """A day on which the city or one agency is closed, with its decree."""

    class Meta:
        model = Holiday
        fields = Holiday.TYPED
        widgets = {"date": forms.DateInput}
        help_texts = {
            "unit": _("Only for a local holiday; empty means the whole city."),
            "decree": _("Number and date of the decree, such as SKB 3 Menteri."),
        }

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["version"].required = bool(self.instance.pk)
        self.initial["version"] = self.instance.version
        self.fields["unit"].queryset = Unit.objects.agencies()
        self.fields["unit"].empty_label = _("the whole city")
        self.fields["unit"].label_from_instance = lambda agency: agency.name

    def clean(self):
        """One holiday a day and office; a cancelled one is none."""
        day, unit = self.cleaned_data.get("date"), self.cleaned_data.get("unit")
        if Holiday.objects.standing().filter(date=day, unit=unit).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(gettext("This day is already a holiday."))

    def store(self):
        """Write what was typed.

        Raises StaleVersion where somebody changed the holiday in the meantime, ValidationError where
        somebody took its day.
        """
        try:
            with transaction.atomic():
                return self._write()
        except IntegrityError:
            taken = Holiday.objects.standing().filter(date=self.instance.date, unit=self.instance.unit)
            if not taken.exclude(pk=self.instance.pk).exists():
                raise
            raise forms.ValidationError({"date": gettext("This day is already a holiday.")}) from None

    def _write(self):
        typed = {name: self.cleaned_data[name] for name in Holiday.TYPED}
        if self.instance.pk:
            self.instance.correct(version=self.cleaned_data["version"], **typed)
            return self.instance
        return Holiday.objects.declare(**typed)

    def stored_before(self):
        """The row that the same new holiday has already made, if any."""
        typed = {name: self.cleaned_data.get(name) for name in Holiday.TYPED}
        return None if self.instance.pk else Holiday.objects.standing().filter(**typed).first()


class LeaveForm(forms.Form):
    """Leave or duty of one person; the types are the approved ones in force on the day `on` or coming."""

    code = forms.ChoiceField(label=_("Type"))
    starts_on = forms.DateField(label=_("First day"), widget=forms.DateInput, validators=[within_reach])
    ends_on = forms.DateField(label=_("Last day"), widget=forms.DateInput, validators=[within_reach])
    half = forms.ChoiceField(
        label=_("Part of the day"),
        help_text=_("Half a day is for one day only."),
        choices=Leave.Half,
        required=False,
        widget=forms.RadioSelect,
    )
    letter = LineField(
        label=_("Letter number"),
        help_text=_("Of the leave permit or the assignment letter."),
        max_length=100,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        titles = LeaveType.objects.titles()
        self.fields["code"].choices = [("", ""), *sorted(titles.items(), key=lambda item: item[1])]


class DecreeFileForm(forms.Form):
    """The file of a decree on holidays; `text` is what it holds."""

    file = forms.FileField(
        label=_("File of the decree"),
        help_text=_("CSV in UTF-8 with the columns date, name, kind and decree."),
    )

    def clean(self):
        file = self.cleaned_data.get("file")
        if file:
            try:
                self.cleaned_data["text"] = text_of(file.read(LARGEST + 1))
                read(self.cleaned_data["text"])
            except UnreadableFile as refused:
                self.add_error("file", str(refused))
        return self.cleaned_data


class DecreeChoiceForm(forms.Form):
    """What the page showed, and which of its differences are taken over."""

    rows = forms.CharField(max_length=LARGEST, strip=False)
    chosen = forms.MultipleChoiceField(required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["chosen"].valid_value = lambda _key: True  # one that is no difference does nothing

    def clean_rows(self):
        try:
            _days, wrong = read(self.cleaned_data["rows"])
        except UnreadableFile as refused:
            raise forms.ValidationError(str(refused)) from None
        if wrong:
            raise forms.ValidationError(wrong)
        return self.cleaned_data["rows"]

    def clean_chosen(self):
        if not self.cleaned_data["chosen"]:
            raise forms.ValidationError(gettext("Choose at least one difference."))
        return set(self.cleaned_data["chosen"])
