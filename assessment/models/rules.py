"""The numbers of verification and score, by decree and by date."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy

from assessment import scoring
from assessment.scoring import Borders, Weights
from records.dated import HEADS_OF_ASSESSMENT, DatedRule, begins_on_the_first
from records.history import tracked


def share(label, **options):
    """A share of 1, such as 0.05 for 5 per cent."""
    return models.DecimalField(label, max_digits=4, decimal_places=3, **options)


def points(label, **options):
    """Points from 0 to 100."""
    return models.DecimalField(label, max_digits=5, decimal_places=2, **options)


@tracked()
class ScoreRule(DatedRule):
    """How a month is sampled, scored and put into bands; the rule in force on its last day holds.

    `confidence` and `error` give the size of the sample, `flagged_error` that of the flagged rows;
    `tolerable_refusal` is the share of read rows that may be refused without drawing more.
    Source: domain.md, section 6.
    """

    keepers = HEADS_OF_ASSESSMENT
    only_on_the_first = True

    productivity_weight = share(gettext_lazy("weight of productivity"))
    quality_weight = share(gettext_lazy("weight of quality"))
    discipline_weight = share(gettext_lazy("weight of discipline"))
    band_a = points(gettext_lazy("lowest score of A"))
    band_b = points(gettext_lazy("lowest score of B"))
    band_c = points(gettext_lazy("lowest score of C"))
    band_d = points(gettext_lazy("lowest score of D"))
    verified_rows = models.PositiveSmallIntegerField(gettext_lazy("verified rows that make a base"))
    confidence = share(gettext_lazy("confidence"))
    error = share(gettext_lazy("error"))
    flagged_error = share(gettext_lazy("error of flagged rows"))
    tolerable_refusal = share(gettext_lazy("tolerable share of refusals"))

    class Meta(DatedRule.Meta):
        verbose_name = gettext_lazy("score rule")
        verbose_name_plural = gettext_lazy("score rules")
        constraints = [
            *DatedRule.Meta.constraints,
            begins_on_the_first(),
            models.CheckConstraint(
                name="weights_are_positive_and_sum_to_exactly_1",
                condition=Q(productivity_weight__gte=0, quality_weight__gte=0, discipline_weight__gte=0)
                & Q(productivity_weight=1 - F("quality_weight") - F("discipline_weight")),
                violation_error_message=gettext_lazy("The three weights sum to exactly 1."),
            ),
            models.CheckConstraint(
                name="bands_fall_from_100_to_0",
                condition=Q(band_a__lte=100, band_a__gt=F("band_b"), band_b__gt=F("band_c"))
                & Q(band_c__gt=F("band_d"), band_d__gt=0),
                violation_error_message=gettext_lazy("The borders fall from A to D, between 100 and 0."),
            ),
            models.CheckConstraint(
                name="shares_of_the_draw_lie_between_0_and_1",
                condition=Q(confidence__gt=0, confidence__lt=1, error__gt=0, error__lt=1)
                & Q(flagged_error__gt=0, flagged_error__lt=1)
                & Q(tolerable_refusal__gte=0, tolerable_refusal__lt=1),
                violation_error_message=gettext_lazy("Confidence and errors lie between 0 and 1."),
            ),
        ]

    @property
    def weights(self):
        return Weights(self.productivity_weight, self.quality_weight, self.discipline_weight)

    @property
    def borders(self):
        return Borders(self.band_a, self.band_b, self.band_c, self.band_d)

    def proposal(self, facts):
        """The quality mark that the facts of a month propose, in points."""
        return scoring.proposed_quality(facts, least_rows=self.verified_rows)

    def base_minutes(self, facts):
        return facts.base_minutes(least_rows=self.verified_rows)

    def score(self, facts, *, quality):
        """The Score of a month under this rule; None where it is not assessed."""
        return scoring.score(facts, self.weights, quality=quality)

    def band(self, points):
        return scoring.band(points, self.borders)
