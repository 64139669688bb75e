"""What a reviewer may post. One form per button, so that a form holds only what its button needs."""

import re
from dataclasses import dataclass
from functools import lru_cache

from crispy_forms.utils import render_crispy_form
from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from approvals.models import Decision
from approvals.models.decisions import REASON_LENGTH, ROWS_AT_ONCE, out_of_minutes
from calendars.weeks import Week
from records.forms import FormInPage
from records.typed import ReasonField

NUMBER = re.compile("[0-9]{1,18}")
PAIR = re.compile(r"([0-9]{1,18}):([0-9]{1,9})")
BACK = [("week", "week"), ("person", "person"), ("left", "left")]


class FocusForm(forms.Form):
    """The person and week whose undecided rows are shown one by one."""

    person = forms.IntegerField()
    week = forms.CharField()

    @property
    def focus(self):
        """(person id, Week), or None where the address names none."""
        if not self.is_valid():
            return None
        try:
            return self.cleaned_data["person"], Week.parse(self.cleaned_data["week"])
        except ValueError:
            return None


class ActForm(forms.Form):
    """One decision on the ReviewRow `row`; without one, the form that a page holds once for all its rows.

    Subclasses name the act and the verdict.
    """

    act, verdict, label = "", "", ""
    key = ""
    tone = "btn-secondary"
    helper = FormInPage(errors_elsewhere=True)

    version = forms.IntegerField(
        min_value=1,
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value"), gettext_lazy("Open the page again and try once more.")
        ),
    )
    back = forms.ChoiceField(choices=BACK, widget=forms.HiddenInput, required=False)

    def __init__(self, data=None, *, row=None):
        pk, initial = 0, {}
        if row:
            pk, initial = row.activity.pk, {"version": row.activity.version, "back": row.back}
        super().__init__(data, auto_id=f"k{pk}-{self.act}-%s", initial=initial)
        if row:
            self.fit(row)

    @classmethod
    def of_row(cls, row):
        """What acts.js puts into the form of a page when this row's button opens it: data by name."""
        return {}

    def fit(self, row):
        """Set first values and hints of the fields for this row."""

    def see(self, version):
        """Keep what was typed, for the version that is on the screen now."""
        self.data = self.data.copy()
        self.data["version"] = version

    @property
    def terms(self):
        """The arguments of Decision.objects.record that this form decides."""
        return {"verdict": self.verdict} | {k: v for k, v in self.cleaned_data.items() if k != "back"}


def reason_field(label, *, required=True):
    return ReasonField(
        label=label,
        required=required,
        max_length=REASON_LENGTH,
        rows=2,
        error_messages={"required": gettext_lazy("Write the reason; the owner reads it.")},
    )


class ApproveForm(ActForm):
    act, verdict, label, key = "approve", Decision.Verdict.APPROVED, gettext_lazy("Approve"), "a"


class FewerForm(ActForm):
    act, verdict, label, key = "fewer", Decision.Verdict.APPROVED, gettext_lazy("Reduce…"), "f"
    submit = gettext_lazy("Approve these minutes")

    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes approved"),
        help_text=" ",  # its place: what stands there is told by the row
        error_messages={
            "required": gettext_lazy("Type the minutes that you approve."),
            "invalid": gettext_lazy("Type whole minutes, digits only."),
        },
    )
    reason = reason_field(gettext_lazy("Reason for fewer minutes"))

    @classmethod
    def of_row(cls, row):
        figures = {"most": row.activity.credited_minutes, "minutes": row.activity.minutes}
        return {"hint": _("From 1 to %(most)s; reported: %(minutes)s.") % figures}

    def fit(self, row):
        minutes, most = self.fields["minutes"], row.activity.credited_minutes
        minutes.help_text, sentence = self.of_row(row)["hint"], out_of_minutes(most)
        minutes.validators = [MinValueValidator(1, sentence), MaxValueValidator(most, sentence)]


class ReturnForm(ActForm):
    act, verdict, label, key = "return", Decision.Verdict.RETURNED, gettext_lazy("Return…"), "r"
    submit = gettext_lazy("Return to the owner")

    reason = reason_field(gettext_lazy("What is to be put right"))
    due_on = forms.DateField(
        label=gettext_lazy("To be answered by the end of"),
        widget=forms.DateInput,
        error_messages={
            "required": gettext_lazy("Choose the last day for the answer."),
            "invalid": gettext_lazy("Choose a day."),
        },
    )

    @classmethod
    def of_row(cls, row):
        first, last = row.return_days
        return {"min": first.isoformat(), "max": last.isoformat()}

    def fit(self, row):
        if row.return_days:
            self.initial["due_on"] = row.return_days[0]
            self.fields["due_on"].widget.attrs |= self.of_row(row)


class RejectForm(ActForm):
    act, verdict, label, key = "reject", Decision.Verdict.REJECTED, gettext_lazy("Reject…"), "x"
    submit = gettext_lazy("Reject the activity")
    tone = "btn-outline-danger"

    reason = reason_field(gettext_lazy("Reason"))


class RecallForm(ActForm):
    act, verdict, label, key = "recall", Decision.Verdict.RECALLED, gettext_lazy("Recall the decision…"), "u"
    submit = gettext_lazy("Recall the decision")

    reason = reason_field(gettext_lazy("Reason for the recall"))


FORMS = {form.act: form for form in (ApproveForm, FewerForm, ReturnForm, RejectForm, RecallForm)}
ASKING = [form for form in FORMS.values() if form is not ApproveForm]


@dataclass(frozen=True)
class FormOfPage:
    """A form before it is brought into a row: the same for everybody, so its fields are drawn once."""

    act: str
    tone: str
    submit: str
    drawn: str


def forms_of_page():
    """The forms behind the buttons of all rows of a page, one of each; acts.js fits them to a row."""
    return _forms_of_page(get_language())


@lru_cache
def _forms_of_page(_language):
    return [FormOfPage(form.act, form.tone, str(form.submit), render_crispy_form(form())) for form in ASKING]


class PressedForm(forms.Form):
    """Which button of a row was pressed, and on which page."""

    act = forms.ChoiceField(
        choices=[(act, act) for act in FORMS],
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), gettext_lazy("Press one of the buttons of the row.")
        ),
    )
    back = forms.ChoiceField(choices=BACK, required=False)

    @property
    def page(self):
        """The page that the decision leads back to."""
        self.is_valid()
        return self.cleaned_data.get("back") or "week"

    def answer(self, row):
        """The form of the button as posted; this one, which says so, where there is no such button."""
        return FORMS[self.cleaned_data["act"]](self.data, row=row) if self.is_valid() else self


class ChosenRows(forms.Field):
    """Pairs of id and version, as "12:3" or "12:3,13:2", from any number of inputs of one name."""

    widget = forms.MultipleHiddenInput
    default_error_messages = {
        "required": gettext_lazy("Choose at least one person."),
        "invalid": gettext_lazy("The list of rows cannot be read. Open the page again."),
        "too_many": gettext_lazy("At most %(most)s activities are decided at once. Choose fewer people."),
    }

    def to_python(self, value):
        pairs = [pair for text in value or [] for pair in text.split(",") if pair]
        if len(pairs) > ROWS_AT_ONCE:
            sentence, most = self.error_messages["too_many"], {"most": ROWS_AT_ONCE}
            raise forms.ValidationError(sentence, code="too_many", params=most)
        found = [PAIR.fullmatch(pair) for pair in pairs]
        if not all(found):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return [(int(match[1]), int(match[2])) for match in found]


class ManyForm(forms.Form):
    """The rows of a bulk approval."""

    rows = ChosenRows()


class ChosenPeople(forms.Field):
    """Ids of people, from any number of inputs of one name."""

    widget = forms.MultipleHiddenInput
    default_error_messages = {
        "required": gettext_lazy("Choose at least one person."),
        "invalid": gettext_lazy("The list of rows cannot be read. Open the page again."),
    }

    def to_python(self, value):
        if not all(NUMBER.fullmatch(text) for text in value or []):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return [int(text) for text in value or []]


class PeopleForm(forms.Form):
    """Whose rows of a set are decided."""

    people = ChosenPeople()


class UndecidedForm(ManyForm):
    """The rows of a bulk decision after review close: approved in full, or rejected with a reason."""

    act = forms.ChoiceField(choices=[("approve", "approve"), ("reject", "reject")], widget=forms.HiddenInput)
    reason = reason_field(gettext_lazy("Reason"), required=False)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("act") == "reject" and not cleaned.get("reason"):
            self.add_error("reason", _("Write the reason; the owner reads it."))
        return cleaned
