"""What the page of a change posts beside the fact itself."""

from django import forms


class SeenForm(forms.Form):
    """The stamp of the months that were on the page when the fact was sent; "" where none were."""

    seen = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)

    @property
    def stamp(self):
        return self.cleaned_data["seen"] if self.is_valid() else ""
