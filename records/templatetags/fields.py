"""How a form's fields are drawn: the tags of our template pack of django-crispy-forms, templates/ekinerja."""

from copy import copy

from django import forms, template
from django.utils.safestring import SafeString
from django.utils.translation import gettext

register = template.Library()

UNNAMED = {"", "-", "–", "---------"}  # empty choices that mean nothing but: not chosen yet
NUMBER_ONLY = {"min", "max", "step"}


@register.filter
def error_count(form: forms.BaseForm) -> int:
    """Count what keeps a form from being saved."""
    return sum(len(errors) for errors in form.errors.values())


@register.filter
def is_kind(field: forms.BoundField, kind: str) -> bool:
    """Say whether a form field is drawn as one of the kinds: tiles, tick."""
    widget = field.field.widget
    kinds = {
        "tiles": isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple),
        "tick": isinstance(widget, forms.CheckboxInput),
    }
    return kinds[kind]


@register.simple_tag
def control(field: forms.BoundField) -> SafeString:
    """Draw a field's control with our classes, tied to its hint and its error for screen readers."""
    attrs = _attrs(field, has_hint=bool(field.help_text))
    return field.as_widget(widget=_widget(field.field.widget), attrs=attrs)


def _attrs(field: forms.BoundField, *, has_hint: bool) -> dict[str, str | bool]:
    described = [f"{field.auto_id}_hint"] * has_hint + [f"{field.auto_id}_error"] * bool(field.errors)
    widget = field.field.widget
    attrs: dict[str, str | bool] = {"class": _classes(widget, is_bad=bool(field.errors))}
    if described:
        attrs["aria-describedby"] = " ".join(described)
    if field.errors:
        attrs["aria-invalid"] = "true"
    if "placeholder" in widget.attrs:  # a hint stays readable while one types, a placeholder does not
        attrs["placeholder"] = False
    return attrs


def _classes(widget: forms.Widget, *, is_bad: bool) -> str:
    look = "form-control"
    if isinstance(widget, forms.CheckboxInput):
        look = "ek-tick"
    elif isinstance(widget, forms.Select):
        look = "form-select"
    elif isinstance(widget, forms.NumberInput | forms.TimeInput):
        look = "form-control ek-w-5"
    elif isinstance(widget, forms.DateInput):
        look = "form-control ek-w-10"
    own = widget.attrs.get("class", "")
    return " ".join(filter(None, [look, own, "is-invalid" if is_bad else ""]))


def _widget(widget: forms.Widget) -> forms.Widget | None:
    """Return the widget drawn instead of the form's own, or None for its own.

    A number is a text box with a number pad, because type=number drops what it cannot read; a
    day is written the one way browsers show; nothing chosen is “Choose…” in every select.
    """
    if isinstance(widget, forms.NumberInput):
        own = {name: value for name, value in widget.attrs.items() if name not in NUMBER_ONLY}
        whole = str(widget.attrs.get("step", "1")) == "1"
        return forms.TextInput(
            attrs={"inputmode": "numeric" if whole else "decimal", "autocomplete": "off"} | own
        )
    if isinstance(widget, forms.DateInput):
        return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"} | widget.attrs)
    if isinstance(widget, forms.Select) and not widget.allow_multiple_selected:
        return _with_empty_choice_named(widget)
    return None


def _with_empty_choice_named(widget: forms.Select) -> forms.Select:
    """Return the select with one name for its empty choice; one that means something keeps its own."""
    drawn = copy(widget)
    drawn.choices = [
        (value, gettext("Choose…") if value in ("", None) and str(label) in UNNAMED else label)
        for value, label in widget.choices
    ]
    return drawn
