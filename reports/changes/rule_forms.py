"""The form of a dated rule of any kind, made from the columns of its model."""

from decimal import Decimal, InvalidOperation

from django import forms
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from calendars.models import LeaveType, WorkPattern
from calendars.weeks import ONE_DAY, MonthKey
from organization.models import Tariff, Unit
from records.dated import DatedRule
from records.reach import within_reach

BEFORE, AFTER = ["scope", "valid_from"], ["decree", "article", "reason"]
SCOPED = {
    WorkPattern: (_("Work week"), _("The code of the work week.")),
    LeaveType: (_("Code"), _("The short code of the type, such as CT.")),
    Tariff: (_("Job class"), _("A number from 1 to 17.")),
}
BASE = {field.name for field in DatedRule._meta.fields}


class PercentsField(forms.CharField):
    """Percentages by a key, one a line: “PNS: 100”. Kept as decimal texts, so that no digit is lost."""

    widget = forms.Textarea({"rows": 6})

    def prepare_value(self, value):
        return (
            "\n".join(f"{key}: {share}" for key, share in value.items()) if isinstance(value, dict) else value
        )

    def to_python(self, value):
        found = {}
        for line in filter(str.strip, super().to_python(value).splitlines()):
            key, colon, share = line.rpartition(":")
            share = share.strip().removesuffix("%").strip().replace(",", ".")
            if not colon or not key.strip() or not _is_number(share) or key.strip() in found:
                sentence = gettext("“%(line)s”: write a name, a colon and a percentage, such as “PNS: 100”.")
                raise forms.ValidationError(sentence % {"line": line.strip()})
            found[key.strip()] = share
        return found

    def has_changed(self, initial, data):
        return True


def _is_number(text):
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False


def own_fields(kind):
    """The columns that are this kind's own, in their order."""
    return [f.name for f in kind._meta.fields if f.name not in BASE and f.editable and not f.primary_key]


def _formfield(column, **kwargs):
    if isinstance(column, models.JSONField):
        hint = _("One a line: a name, a colon and a percentage.")
        required = not column.blank
        return PercentsField(label=capfirst(column.verbose_name), help_text=hint, required=required)
    if isinstance(column, models.DateField):
        kwargs["widget"] = forms.DateInput
    return column.formfield(**kwargs)


def rule_form(kind, sent=None, *, scope="", today):
    """The form of a new rule of `kind`, with the values of the newest approved one of `scope`."""
    names = [*(BEFORE if kind in SCOPED else BEFORE[1:]), *own_fields(kind), *AFTER]
    made = forms.modelform_factory(kind, fields=names, formfield_callback=_formfield)
    newest = kind.objects.approved().filter(scope=scope).order_by("-valid_from").first()
    copied = {name: getattr(newest, name) for name in own_fields(kind)} if newest else {}
    form = made(sent, initial=copied | {"scope": scope, "valid_from": next_beginning(kind, today)})
    _word(form, kind, today)
    return form


def next_beginning(kind, today):
    """The earliest day from tomorrow on, on which a rule of this kind may begin."""
    return MonthKey.of(today).next.first_day if kind.only_on_the_first else today + ONE_DAY


def _word(form, kind, today):
    fields = form.fields
    fields["valid_from"].validators.append(within_reach)
    fields["valid_from"].help_text = gettext("A day that is not in the future needs a reason.")
    fields["reason"].widget = forms.Textarea({"rows": 3})
    fields["reason"].help_text = gettext("Only where the rule begins today or earlier.")
    fields["decree"].help_text = gettext("Number and date of the decree.")
    fields["article"].required = True
    if kind in SCOPED:
        label, hint = SCOPED[kind]
        fields["scope"].label, fields["scope"].help_text, fields["scope"].required = label, hint, True
    if kind is WorkPattern:
        fields["scope"] = forms.ChoiceField(label=SCOPED[kind][0], choices=Unit.Pattern.choices)
        fields["minutes"].help_text = gettext("Seven numbers from Monday to Sunday, with commas between.")
