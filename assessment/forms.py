"""What members of the assessment unit may post."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from crispy_forms.layout import Div, Field
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment.models import Verdict
from assessment.models.marks import Listed
from assessment.models.person_months import State
from calendars.models import Month
from calendars.weeks import end_of
from records.forms import FormInPage
from records.typed import ReasonField

A_YEAR = timedelta(days=366)
VERDICT_FIELD = "assessment/_verdict_field.html"

PEOPLE_AT_ONCE = 600  # of one request; more would hold a web process (case D115)


class CloseForm(forms.Form):
    """Why the review of a month closes before its moment."""

    reason = ReasonField(label=gettext_lazy("Reason"))


class DatesForm(forms.Form):
    """New last days for the dates of a month that are not reached yet; an empty field leaves its date.

    A day means until 24.00 of it at the agency. In demo mode today means this moment, so that a month
    can be finished in one sitting.
    """

    entry_closes_at = forms.DateField(
        label=gettext_lazy("Entry closes"), required=False, widget=forms.DateInput
    )
    review_closes_at = forms.DateField(
        label=gettext_lazy("Review closes"), required=False, widget=forms.DateInput
    )
    publication_due_at = forms.DateField(
        label=gettext_lazy("Publication due"), required=False, widget=forms.DateInput
    )
    objections_close_at = forms.DateField(
        label=gettext_lazy("May be final after"), required=False, widget=forms.DateInput
    )
    reason = ReasonField(label=gettext_lazy("Reason"))

    def __init__(self, *args, month, at, **kwargs):
        super().__init__(*args, **kwargs)
        self.month, self.at = month, at
        self.zone = ZoneInfo(month.agency.zone)
        for name in Month.DATES:
            moment = getattr(month, name)
            if moment is None or moment <= at:
                del self.fields[name]

    @property
    def movable(self):
        """The dates that are not reached yet."""
        return [name for name in Month.DATES if name in self.fields]

    def clean(self):
        cleaned, today = super().clean(), timezone.localdate(self.at, timezone=self.zone)
        latest = max(today, self.month.key.last_day) + A_YEAR
        for name in set(Month.DATES) & set(cleaned):
            if day := cleaned[name]:
                if not today <= day <= latest:
                    self.add_error(name, _("Choose today or a later day, within a year of the month."))
                else:
                    cleaned[name] = self.at if settings.DEMO and day == today else end_of(day, self.zone)
        if not self.errors and not any(cleaned.get(name) for name in Month.DATES):
            raise ValidationError(_("Choose at least one new date."))
        return cleaned

    @property
    def terms(self):
        """The new moments by field name, and the reason."""
        dates = {name: self.cleaned_data[name] for name in Month.DATES if self.cleaned_data.get(name)}
        return dates | {"reason": self.cleaned_data["reason"]}


class DrawForm(forms.Form):
    """Draw, or extend what was drawn."""

    act = forms.ChoiceField(
        choices=[("draw", "draw"), ("extend", "extend")],
        error_messages=dict.fromkeys(("required", "invalid_choice"), gettext_lazy("Nothing was asked for.")),
    )


class VerdictForm(forms.Form):
    """One verdict on one drawn row, in the version that was read; the button pressed is its outcome."""

    helper = FormInPage(
        "version",
        Div(
            Div(Field("reason_code", template=VERDICT_FIELD), css_class="col-md-5 col-xl-12"),
            Div(Field("minutes", template=VERDICT_FIELD), css_class="col-md-2 col-xl-12"),
            Div(Field("reason", template=VERDICT_FIELD), css_class="col-md-5 col-xl-12"),
            css_class="row g-2 mb-2",
        ),
        errors_elsewhere=True,
    )
    helper.render_hidden_fields = False

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    reason_code = forms.ChoiceField(label=gettext_lazy("Reason (needed for 2 and 3)"), required=False)
    minutes = forms.IntegerField(label=gettext_lazy("Minutes (for 2)"), required=False)
    reason = ReasonField(
        label=gettext_lazy("Note (may be left empty)"), required=False, widget=forms.TextInput
    )
    outcome = forms.ChoiceField(choices=Verdict.Outcome, widget=forms.HiddenInput)

    def __init__(self, *args, activity, **kwargs):
        super().__init__(*args, initial={"version": activity.version}, **kwargs)
        self.activity = activity
        self.fields["reason_code"].choices = [("", ""), *Verdict.ReasonCode.choices]

    def clean(self):
        cleaned = super().clean()
        outcome = cleaned.get("outcome")
        if outcome in (Verdict.Outcome.FEWER, Verdict.Outcome.VOID) and not cleaned.get("reason_code"):
            self.add_error(
                "reason_code", _("Choose a reason: it is needed for fewer minutes and for voiding.")
            )
        if outcome == Verdict.Outcome.FEWER and "minutes" not in self.errors:
            self._check_minutes(cleaned["minutes"])
        if outcome == Verdict.Outcome.ACCEPTED:
            cleaned["reason_code"], cleaned["minutes"] = "", None
        return cleaned

    def _check_minutes(self, minutes):
        most = self.activity.counted_minutes - 1
        if minutes is None or not 1 <= minutes <= most:
            self.add_error("minutes", _("Type from 1 to %(most)s minutes.") % {"most": most})


class WithdrawForm(forms.Form):
    """Which verdict of a drawn row is taken back: the one that was shown."""

    verdict = forms.ModelChoiceField(
        queryset=Verdict.objects.none(),
        error_messages=dict.fromkeys(("required", "invalid_choice"), gettext_lazy("Nothing was asked for.")),
    )

    def __init__(self, *args, row, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["verdict"].queryset = row.verdicts.all()


class MarkForm(forms.Form):
    """The mark of one person on the facts that were shown; a reason where it is not the proposal."""

    helper = FormInPage(errors_elsewhere=True)
    quality = forms.DecimalField(
        label=gettext_lazy("Quality mark"),
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
        localize=True,
    )
    reason = ReasonField(label=gettext_lazy("Reason, if it is not the proposal"), required=False)
    stamp = forms.CharField(widget=forms.HiddenInput)
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args, person_month, **kwargs):
        row = person_month.row if person_month.state == State.CONFIRMED else None
        initial = {
            "quality": row.quality if row else person_month.proposal,
            "reason": row.quality_reason if row else "",
            "stamp": person_month.facts.stamp,
            "version": person_month.version,
        }
        super().__init__(*args, initial=initial, **kwargs)
        self.proposal = person_month.proposal

    def renewed(self, person_month):
        """The same form on the facts of now: what was typed and why it was refused are kept."""
        typed = self.data.dict() | {"stamp": person_month.facts.stamp, "version": person_month.version}
        form = MarkForm(typed, person_month=person_month)
        for sentence in self.non_field_errors():
            form.add_error(None, sentence)
        return form

    def clean(self):
        cleaned = super().clean()
        other = cleaned.get("quality") not in (None, self.proposal)
        if other and not cleaned.get("reason", "").strip() and cleaned.get("stamp") == self.initial["stamp"]:
            self.add_error("reason", _("A mark other than the proposal needs a reason."))
        return cleaned


class ListedField(forms.Field):
    """Rows of a list as they were shown, each "person:stamp:version"."""

    widget = forms.MultipleHiddenInput
    default_error_messages = {
        "invalid": gettext_lazy("The list was not read. Open the page again."),
        "too_many": gettext_lazy("At most %(most)s people are confirmed at once."),
    }

    def to_python(self, value):
        if len(value or []) > PEOPLE_AT_ONCE:
            sentence, most = self.error_messages["too_many"], {"most": PEOPLE_AT_ONCE}
            raise ValidationError(sentence, code="too_many", params=most)
        try:
            rows = [row.split(":") for row in value or []]
            return [Listed(int(person), stamp, int(version)) for person, stamp, version in rows]
        except ValueError as unreadable:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from unreadable


class ConfirmManyForm(forms.Form):
    """The people whose proposed marks are confirmed together."""

    row = ListedField(
        label=gettext_lazy("People"), error_messages={"required": gettext_lazy("Choose at least one person.")}
    )


class PeopleFilter(forms.Form):
    """Which people of a month are listed."""

    state = forms.ChoiceField(choices=[("", ""), *State.choices], required=False)


class ClosingForm(forms.Form):
    """Propose a step, or confirm the proposal of somebody else."""

    act = forms.ChoiceField(choices=[("propose", "propose"), ("confirm", "confirm")])
