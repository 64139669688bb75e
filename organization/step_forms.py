"""What HR types about a step of a person: join, transfer, promotion, end of service."""

from django import forms
from django.utils.translation import gettext_lazy as _

from organization.models import (
    GrantEnding,
    GrantRequest,
    Joining,
    Leaving,
    NewPost,
    NewUnit,
    Post,
    PostChange,
    Promotion,
    Reinstatement,
    Suspension,
    Transfer,
)
from organization.models.grants import GRANTABLE, Role
from records.forms import FormInPage

DECREE = {"decree": _("Number and date of the decree.")}


class StepForm(forms.ModelForm):
    """A form of a step; `facts` are what the page knows of it already."""

    def __init__(self, *args, **facts):
        super().__init__(*args)
        for name, value in facts.items():
            setattr(self.instance, name, value)


class JoiningForm(StepForm):
    """A new employee on a post."""

    class Meta:
        model = Joining
        fields = ["nip", "name", "kind", "rank", "starts_on", "decree"]
        widgets = {"starts_on": forms.DateInput, "nip": forms.TextInput({"inputmode": "numeric"})}
        help_texts = DECREE | {
            "nip": _("18 digits, without spaces."),
            "name": _("As in the decree, with degrees."),
            "rank": _("Empty for who has none."),
        }


class TransferForm(StepForm):
    """A transfer to another post."""

    class Meta:
        model = Transfer
        fields = ["starts_on", "decree"]
        widgets = {"starts_on": forms.DateInput}
        help_texts = DECREE | {"starts_on": _("The first day on the new post.")}


class PromotionForm(StepForm):
    """A new rank."""

    class Meta:
        model = Promotion
        fields = ["rank", "starts_on", "decree"]
        widgets = {"starts_on": forms.DateInput}
        help_texts = DECREE


class LeavingForm(StepForm):
    """The end of service."""

    class Meta:
        model = Leaving
        fields = ["cause", "last_day", "decree"]
        widgets = {"last_day": forms.DateInput}
        help_texts = DECREE | {"last_day": _("The day of death is one.")}


class SuspensionForm(StepForm):
    """A suspension from service."""

    class Meta:
        model = Suspension
        fields = ["starts_on", "ends_on", "decree"]
        widgets = {"starts_on": forms.DateInput, "ends_on": forms.DateInput}
        help_texts = DECREE


class ReinstatementForm(StepForm):
    """The return from a suspension."""

    class Meta:
        model = Reinstatement
        fields = ["starts_on", "decree"]
        widgets = {"starts_on": forms.DateInput}
        help_texts = DECREE


class GrantSearchForm(forms.Form):
    """A part of a holder's or an office's name, and one role."""

    helper = FormInPage(quiet=True)
    q = forms.CharField(label=_("Name or office"), max_length=100, required=False)
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[("", ""), *((role, Role(role).label) for role in GRANTABLE)],
        required=False,
    )


class GrantForm(StepForm):
    """A role of one person; HR of the city alone leaves the unit empty."""

    class Meta:
        model = GrantRequest
        fields = ["role", "unit", "starts_on", "ends_on", "reason"]
        widgets = {
            "starts_on": forms.DateInput,
            "ends_on": forms.DateInput,
            "reason": forms.Textarea({"rows": 3}),
        }
        help_texts = {
            "ends_on": _("Empty: until further notice."),
            "reason": _("Only where the role begins in the past."),
        }

    def __init__(self, *args, units, citywide, **facts):
        super().__init__(*args, **facts)
        unit = self.fields["unit"]
        unit.queryset, unit.required = units.order_by("name", "pk"), not citywide
        unit.empty_label = _("the whole city") if citywide else ""
        unit.label_from_instance = lambda one: one.name


class GrantEndForm(StepForm):
    """The last day of a role."""

    class Meta:
        model = GrantEnding
        fields = ["ends_on"]
        widgets = {"ends_on": forms.DateInput}


class NewUnitForm(StepForm):
    """A new agency, or a part of the unit that the page knows."""

    class Meta:
        model = NewUnit
        fields = ["code", "name", "short_name", "pattern", "zone", "decree"]
        help_texts = DECREE | {"code": _("As in the list of the city's units, such as 2.02.06.")}


class NewPostForm(StepForm):
    """A new post; `units` are those of its agency, `families` those of the catalogue."""

    families = forms.MultipleChoiceField(
        label=_("Job families"),
        help_text=_("Whose items its holders choose from, beside those open to all."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = NewPost
        fields = ["title", "unit", "job_class", "level", "several", "families", "decree"]
        help_texts = DECREE

    def __init__(self, *args, units, families, unit, superior, **facts):
        super().__init__(*args, superior=superior, **facts)
        self.initial["unit"] = unit.pk
        self.fields["unit"].queryset, self.fields["unit"].empty_label = units, None
        self.fields["unit"].label_from_instance = lambda one: f"{one.code} {one.name}"
        self.fields["families"].choices = [(name, name) for name in families]


class PostChangeForm(StepForm):
    """What a post is from a day on, beginning with what it is; `units` are those of its agency."""

    class Meta:
        model = PostChange
        fields = ["starts_on", "unit", "job_class", "level", "superior", "decree"]
        widgets = {"starts_on": forms.DateInput}
        help_texts = DECREE | {
            "starts_on": _("The first day on which it is so."),
            "superior": _("Empty: the assessment unit reviews what its holders report."),
        }

    def __init__(self, *args, post, term, units):
        super().__init__(*args, post=post)
        for name in ("unit", "job_class", "superior"):
            self.initial[name] = getattr(term, f"{name}_id")
        self.initial["level"] = term.level
        self.fields["unit"].queryset, self.fields["unit"].empty_label = units, None
        above = self.fields["superior"]
        above.queryset = Post.objects.above_in(term.unit.agency_id, besides=term.superior_id)
