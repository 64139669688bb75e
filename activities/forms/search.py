"""What a person types to find their own activities."""

from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from records.forms import FormInPage


class OwnSearchForm(forms.Form):
    """Words of a title or description; an activity is found that holds each of them."""

    helper = FormInPage(quiet=True)
    q = forms.CharField(label=_("Words of the title or description"), max_length=100, required=False)

    @staticmethod
    def back(request):
        """The query of the list from which a page was opened; "" where it was opened from elsewhere."""
        told = {name: request.GET[name] for name in ("q", "page") if name in request.GET}
        return f"?{urlencode(told)}" if told else ""
