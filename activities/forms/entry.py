"""The form of one activity."""

import uuid
from datetime import date

from crispy_forms.layout import Column, Div, Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.forms.choices import OTHER, items_in_groups, limit, tiles
from activities.forms.fields import OfferedField, WholeNumberField
from activities.models.activity import FIGURES
from activities.models.entries import TYPED, wrong_length
from activities.models.reporting_day import OVER
from records.forms import FormInPage
from records.typed import LineField, ProseField

DAY_MINUTES = 24 * 60


class ActivityForm(forms.Form):
    """One activity as its owner types it: a new one, a draft, a correction, or the answer to a return.

    Shape only: whether the day takes it is asked by the model under its lock. `person` names whose form
    it was, so that a form left open by a colleague is never saved for whoever signed in since.
    """

    helper = FormInPage(
        "performed_on",
        "item",
        Div("other_title", css_class="ek-when-other"),
        "description",
        Row(Column("starts_at", css_class="col-sm-6"), Column("minutes", css_class="col-sm-6")),
        "quantity",
        errors_elsewhere=True,
    )

    performed_on = forms.DateField(
        label=gettext_lazy("Date"),
        help_text=gettext_lazy("The days that are open now, each with its last moment."),
        widget=forms.RadioSelect,
        input_formats=["%Y-%m-%d"],
        error_messages={"required": gettext_lazy("Choose one of the days.")},
    )
    item = OfferedField(
        label=gettext_lazy("Catalogue item"),
        help_text=gettext_lazy("Of the job families of your post, and those open to everyone."),
        error_messages={
            "required": gettext_lazy("Choose a catalogue item, or “Other”."),
            "invalid_choice": gettext_lazy("This work is not in the catalogue of your post."),
        },
    )
    other_title = LineField(
        label=gettext_lazy("Other work, in your own words"),
        help_text=gettext_lazy("Only where you chose “Other” above."),
        max_length=150,
        required=False,
    )
    description = ProseField(
        label=gettext_lazy("Description"),
        help_text=gettext_lazy("What you did and what came of it, 10 to 1,000 letters."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Write 10 to 1,000 letters.")},
    )
    starts_at = forms.TimeField(
        label=gettext_lazy("Start"),
        input_formats=["%H.%M", "%H:%M", "%H.%M.%S", "%H:%M:%S"],
        widget=forms.TimeInput(format="%H.%M", attrs={"inputmode": "decimal", "autocomplete": "off"}),
        required=False,
        error_messages={"invalid": gettext_lazy("Type a time of day, for example 13.00.")},
    )
    minutes = WholeNumberField(
        label=gettext_lazy("Minutes"),
        largest=DAY_MINUTES,
        too_large=gettext_lazy("A whole day has only 1,440 minutes."),
    )
    quantity = WholeNumberField(
        label=gettext_lazy("Quantity"),
        help_text=gettext_lazy(
            "Credited: the smaller of your minutes and quantity × the item's standard minutes."
        ),
    )
    form_token = forms.UUIDField(
        widget=forms.HiddenInput,
        required=False,
        error_messages=dict.fromkeys(
            ("required", "invalid"), gettext_lazy("Open the page again and try once more.")
        ),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    opened_at = forms.DateTimeField(widget=forms.HiddenInput, required=False)
    person = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, reporting, items, activity=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.reporting, self.activity = reporting, activity
        self.items = {str(item.pk): item for item in items}
        self.fields["item"].offered = {*self.items, OTHER}
        self.fields["starts_at"].help_text = _("For example 13.00, in the time of your office.")
        self.fields["version" if activity else "form_token"].required = True
        if self.figures_are_fixed:
            for name in FIGURES:
                self.fields[name].disabled = True

    def offer(self, *, often):
        """Fill in what only a shown form needs: the days that are open, their limit, the items in groups."""
        self.fields["performed_on"].widget.choices = list(tiles(self.days, self.reporting.at))
        self.fields["item"].choices = items_in_groups(self.items.values(), often)
        self["minutes"].help_text = limit(self.days)

    @property
    def is_unsent(self):
        """Whether sending it is the first report: a new form, or a stored draft."""
        return self.activity is None or self.activity.status == self.activity.Status.DRAFT

    @property
    def is_answer(self):
        return self.activity is not None and self.activity.status == self.activity.Status.RETURNED

    @property
    def title(self):
        """What the form does."""
        if self.activity is None:
            return _("Report work")
        number = {"number": str(self.activity)}
        if self.is_answer:
            return _("Answer %(number)s") % number
        return (_("Draft %(number)s") if self.is_unsent else _("Change %(number)s")) % number

    @property
    def figures_are_fixed(self):
        """Of a report whose window is over only the text can still change."""
        row = self.activity
        return (
            row is not None
            and row.status == row.Status.REPORTED
            and not row.window_is_open(self.reporting.at)
        )

    @staticmethod
    def blank(person, at):
        """What a new form knows before anything is typed."""
        return {"form_token": uuid.uuid4(), "opened_at": at.isoformat(), "person": person.pk}

    @staticmethod
    def filled(activity, at):
        """What the form of a stored row starts with."""
        stored = {name: getattr(activity, name) for name in TYPED}
        item = activity.item_id or OTHER
        return {
            **stored,
            **ActivityForm.blank(activity.person, at),
            "item": item,
            "version": activity.version,
        }

    def clean_performed_on(self):
        day = self.cleaned_data["performed_on"]
        if not self._is_near(day):
            raise ValidationError(_("This day is too far away. Choose one of the days below."), code="far")
        return day

    def clean_item(self):
        chosen = self.cleaned_data["item"]
        return None if chosen == OTHER else self.items[str(chosen)]

    def clean_description(self):
        if refusal := wrong_length(self.cleaned_data["description"]):
            raise refusal
        return self.cleaned_data["description"]

    def clean(self):
        typed = super().clean()
        if "item" in typed and typed["item"] is None and not typed.get("other_title"):
            self.add_error("other_title", _("Write what kind of work it was."))
        if typed.get("item"):
            typed["other_title"] = ""
        return typed

    @cached_property
    def typed(self):
        """The fields of the activity, as its verbs take them."""
        return {name: self.cleaned_data[name] for name in TYPED}

    def was_in_time_when_opened(self):
        """Whether the day was still open when this form was, and only its window has closed since."""
        codes = {error.code for errors in self.errors.as_data().values() for error in errors}
        opened_at, found = self.cleaned_data.get("opened_at"), self.chosen
        return bool(codes and codes <= set(OVER) and opened_at and found and found.takes(opened_at))

    @cached_property
    def chosen(self):
        """The day that was typed or that the form starts with, where it is one of those in reach."""
        value = str(self["performed_on"].value() or "")
        try:
            day = date.fromisoformat(value)
        except ValueError:
            return None
        return self.reporting[day] if str(day) == value and self._is_near(day) else None

    @cached_property
    def days(self):
        """The days offered: those open now but whole days of leave, and the one chosen, newest first."""
        chosen = self.chosen
        offered = [
            found for found in self.reporting.open_now() if not found.asks.is_excused or found == chosen
        ]
        if chosen and chosen not in offered:
            offered.append(chosen)
        return sorted(offered, key=lambda found: found.day, reverse=True)

    def _is_near(self, day):
        return self.reporting.first <= day <= self.reporting.last
