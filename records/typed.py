"""Columns and form fields for what people type: only characters that are seen get in, by whatever path."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records import text

EMPTY = gettext_lazy("Write letters or digits.")


def too_short(typed):
    """The sentence against a description or reason that says too little; "" where it says enough."""
    found = text.letters(typed)
    if found >= text.LEAST:
        return ""
    sentence = _("Write at least %(least)d letters or digits; now there are %(letters)d.")
    return sentence % {"least": text.LEAST, "letters": found}


def said_why(reason, *, missing, field="reason"):
    """Return a reason as it is kept. Raises ValidationError: `missing` where it is empty, or too short."""
    reason = text.prose(reason)
    if sentence := too_short(reason) if reason else missing:
        raise ValidationError({field: sentence})
    return reason


class _Typed:
    """What both columns share; a subclass names `kept`, which makes text of what was typed.

    Deconstructed as Django's own column: what is stored is the same, so no migration tells them apart.
    """

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, f"django.db.models.{self.stored_as}", args, kwargs

    def to_python(self, value):
        value = super().to_python(value)
        return self.kept(value) if isinstance(value, str) else value

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return self.kept(value) if isinstance(value, str) else value

    def validate(self, value, row):
        super().validate(value, row)
        if value and not self.choices and not text.letters(value):
            raise ValidationError(EMPTY, code="empty")

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": self.typed_into} | kwargs)


class LineField(forms.CharField):
    """One line that says something."""

    kept = staticmethod(text.one_line)

    def to_python(self, value):
        return self.kept(super().to_python(value))

    def validate(self, value):
        super().validate(value)
        if value and not text.letters(value):
            raise ValidationError(EMPTY, code="empty")


class ProseField(LineField):
    """Text of any number of lines. With `least`, a description or reason: so many letters or digits."""

    widget = forms.Textarea
    kept = staticmethod(text.prose)

    def __init__(self, *, least=0, **kwargs):
        self.least = least
        super().__init__(**kwargs)

    def validate(self, value):
        super().validate(value)
        if value and self.least and (sentence := too_short(value)):
            raise ValidationError(sentence, code="too_short")


class ReasonField(ProseField):
    """Why something is done: where it is written, at least ten letters or digits."""

    def __init__(self, *, least=text.LEAST, max_length=1000, rows=3, **kwargs):
        widget = forms.Textarea(attrs={"rows": rows})
        super().__init__(**{"least": least, "max_length": max_length, "widget": widget} | kwargs)


class TypedLine(_Typed, models.CharField):
    """A column of one line."""

    stored_as, kept, typed_into = "CharField", staticmethod(text.one_line), LineField


class TypedProse(_Typed, models.TextField):
    """A column of any number of lines."""

    stored_as, kept, typed_into = "TextField", staticmethod(text.prose), ProseField
