"""What HR types about a person, and what anybody types to find one."""

from django import forms
from django.utils.translation import gettext_lazy as _

from organization.models import ActingLetter, Capacity, Sanction
from records.forms import FormInPage
from records.reach import within_reach
from records.sentences import named
from records.typed import LineField, ReasonField

NAMES_SHOWN = 3
LETTER_KINDS = {
    Capacity.PLH: _("Plh: the holder is absent"),
    Capacity.PLT: _("Plt: the post is vacant"),
    Capacity.DELEGATE: _("delegate: the holder hands the review over"),
}


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


class PostSearchForm(forms.Form):
    """A part of a title or of an office's name; only vacant posts where asked."""

    helper = FormInPage(quiet=True)
    q = forms.CharField(label=_("Title or office"), max_length=100, required=False)
    vacant = forms.BooleanField(label=_("Only posts without a holder today"), required=False)


class PersonField(forms.CharField):
    """One of `people`, typed as NIP or name; several of a name are told apart by their NIP."""

    default_error_messages = {
        "nobody": _("Nobody is found under “%(typed)s”. Check the NIP, or the name."),
        "several": _("Several people are found. Type the NIP of one: %(names)s"),
    }
    people = None

    def clean(self, value):
        typed = super().clean(value)
        if not typed:
            return None
        found = list(self.people.matching(typed).by_name()[: NAMES_SHOWN + 1])
        exact = [person for person in found if person.name.casefold() == typed.casefold()]
        if len(exact) == 1:
            found = exact
        if len(found) == 1:
            return found[0]
        names = named([f"{person.name} ({person.nip})" for person in found], at_most=NAMES_SHOWN)
        fault = "several" if found else "nobody"
        said = {"typed": typed, "names": names}
        raise forms.ValidationError(self.error_messages[fault], code=fault, params=said)


class LetterForm(forms.Form):
    """A letter by which somebody acts for `post`; `people` are those who may be chosen."""

    capacity = forms.ChoiceField(
        label=_("Acts as"),
        choices=[(kind.value, LETTER_KINDS[kind]) for kind in LETTER_KINDS],
    )
    person = PersonField(
        label=_("Employee"), help_text=_("NIP, or the name where it is the only one."), max_length=150
    )
    starts_on = forms.DateField(label=_("First day"), widget=forms.DateInput, validators=[within_reach])
    ends_on = forms.DateField(
        label=_("Last day"),
        help_text=_("The letter ends at 24.00 of this day."),
        widget=forms.DateInput,
        validators=[within_reach],
    )
    letter = LineField(
        label=_("Letter number"), help_text=_("Number and date of the letter."), max_length=100
    )

    def __init__(self, *args, post, people, kinds=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.post = post
        self.fields["person"].people = people
        if kinds:
            self.fields["capacity"].choices = [(kind.value, LETTER_KINDS[kind]) for kind in kinds]
            self.initial["capacity"] = kinds[0].value

    def clean(self):
        """The letter fits post and person: said before anything is shown of what it changes."""
        if not self.errors:
            ActingLetter(post=self.post, **self.cleaned_data).clean()


class EarlierEndForm(forms.Form):
    """The earlier last day of a row, and why; `ending` makes the request (Ending) of a day."""

    ends_on = forms.DateField(label=_("New last day"), widget=forms.DateInput)
    reason = reason_field()

    def __init__(self, *args, ending, **kwargs):
        super().__init__(*args, **kwargs)
        self.ending = ending

    def clean(self):
        """The day lies inside the row: said before anything is shown of its months."""
        self.ending(self.cleaned_data.get("ends_on")).clean()


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
