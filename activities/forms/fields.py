"""Fields that the forms of activities share."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy


class WholeNumberField(forms.IntegerField):
    """A whole number in digits alone: "1.500", "1,5" and "90.0" are asked about, never guessed."""

    def __init__(self, *, largest=1_000_000, too_large=None, **kwargs):
        messages = {
            "required": gettext_lazy("Type a whole number, at least 1."),
            "invalid": gettext_lazy("Type a whole number in digits only, for example 90."),
            "min_value": gettext_lazy("Type a whole number, at least 1."),
            "max_value": too_large or gettext_lazy("This number is too large."),
        }
        super().__init__(min_value=1, max_value=largest, error_messages=messages, **kwargs)

    def to_python(self, value):
        text = str(value or "").strip()
        if text and not (text.isascii() and text.removeprefix("-").isdigit()):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(text)


class OfferedField(forms.ChoiceField):
    """A choice checked against `offered`, a set of texts: its list is put together only where it is shown."""

    offered = frozenset()

    def valid_value(self, value):
        return str(value) in self.offered
