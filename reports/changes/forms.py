"""What the page of a change posts beside the fact itself."""

from django import forms
from django.utils.translation import gettext_lazy as _

from records.sheets.workbooks import refused
from reports.changes.lists import SENT

LARGEST_SENT = 5 * 1024 * 1024  # bytes


class SeenForm(forms.Form):
    """The stamp of the months that were on the page when the fact was sent; "" where none were."""

    seen = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)

    @property
    def stamp(self):
        return self.cleaned_data["seen"] if self.is_valid() else ""


class ListForm(forms.Form):
    """A list and its kind; what is no list at all is refused at once, the rest by the worker."""

    kind = forms.ChoiceField(label=_("List"))
    file = forms.FileField(label=_("File"), help_text=_("XLSX or CSV, at most 5 MB."))

    def __init__(self, *args):
        super().__init__(*args)
        self.fields["kind"].choices = [(name, each.title) for name, each in SENT.items()]
        self.fields["file"].widget.attrs["accept"] = ".xlsx,.csv"

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST_SENT:
            raise forms.ValidationError(_("The file is larger than 5 MB. Send the list alone."))
        content = file.read()
        if reason := refused(content):
            raise forms.ValidationError(reason)
        self.cleaned_data["content"] = content
        return file
