"""What the city calls things by its decree."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from records.dated import DatedRule
from records.history import tracked
from records.typed import TypedLine


@tracked()
class BonusName(DatedRule):
    """What pages, sentences and papers call the bonus: TPP, TKD. Without one it is “bonus”."""

    called = TypedLine(gettext_lazy("called"), max_length=30)

    class Meta(DatedRule.Meta):
        verbose_name = gettext_lazy("name of the bonus")
        verbose_name_plural = gettext_lazy("names of the bonus")
        constraints = [
            *DatedRule.Meta.constraints,
            models.CheckConstraint(
                name="bonus_name_is_of_the_whole_city",
                condition=Q(scope=""),
                violation_error_message=gettext_lazy("The whole city has one name for it."),
            ),
            models.CheckConstraint(
                name="bonus_name_is_words",
                condition=Q(called__regex=r"^[A-Za-z][A-Za-z -]*[A-Za-z]$"),
                violation_error_message=gettext_lazy("The name is of letters, with spaces between words."),
            ),
        ]
