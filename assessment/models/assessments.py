"""The score of one person's month, with everything it came from."""

from dataclasses import fields

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy

from assessment.models.marks import AssessmentQuerySet
from assessment.models.rules import ScoreRule, points
from assessment.scoring import MonthFacts
from calendars.models import Month
from calendars.models.locks import lock_when_final
from records.history import tracked
from records.typed import TypedLine

PERSON = settings.AUTH_USER_MODEL
INPUTS = [field.name for field in fields(MonthFacts)]


@tracked()
class Assessment(models.Model):
    """One person's month: inputs, mark, components, score and band, or why they are not assessed.

    Frozen when the mark is confirmed, and again at publication under the rule in force on the month's
    last day; `days` is then what calendars.days.PaidDays reads, and the bonus is paid from it; `of_year` and
    `of_month` are set then, so that nobody stands in two published months of one time. Figures are points
    from 0 to 100 unless their name says minutes or days.
    """

    class Unassessed(models.TextChoices):
        ON_LEAVE = "on_leave", gettext_lazy("on leave on every working day of this month")
        SUSPENDED = "suspended", gettext_lazy("suspended on every working day of this month")
        NO_CALENDAR = (
            "no_calendar",
            gettext_lazy("the office has no working day in this month: ask HR for its work pattern"),
        )
        NO_WORKING_DAY = "no_working_day", gettext_lazy("no working day on a post in this month")
        NO_OBLIGED_DAY = (
            "no_obliged_day",
            gettext_lazy("no obliged day: duty excused the report on every working day"),
        )
        NO_TARGET = "no_target", gettext_lazy("no target: leave reduced every working day to 0 minutes")

    FROZEN = [
        *INPUTS,
        *(
            "version",
            "rule",
            "refused_minutes",
            "base_minutes",
            "quality_proposed",
            "quality",
            "quality_reason",
        ),
        *("productivity", "discipline", "score", "band", "not_assessed_reason", "marked_by", "marked_at"),
    ]

    person = models.ForeignKey(PERSON, models.PROTECT, related_name="assessments")
    month = models.ForeignKey(Month, models.PROTECT, related_name="assessments")
    version = models.PositiveIntegerField(default=1, editable=False)
    rule = models.ForeignKey(ScoreRule, models.PROTECT, related_name="+")
    target_minutes = models.PositiveIntegerField(gettext_lazy("target in minutes"))
    counted_minutes = models.PositiveIntegerField(gettext_lazy("counted minutes"))
    approved_minutes = models.PositiveIntegerField(gettext_lazy("approved minutes"))
    refused_minutes = models.PositiveIntegerField(gettext_lazy("refused minutes"))
    base_minutes = models.PositiveIntegerField(gettext_lazy("base in minutes"))
    verified_minutes = models.PositiveIntegerField(gettext_lazy("verified minutes"))
    verified_rows = models.PositiveIntegerField(gettext_lazy("verified rows"))
    obliged_days = models.PositiveSmallIntegerField(gettext_lazy("obliged days"))
    days_in_time = models.PositiveSmallIntegerField(gettext_lazy("days reported in time"))
    quality_proposed = points(gettext_lazy("proposed quality"))
    quality = points(gettext_lazy("quality"), null=True)
    quality_reason = TypedLine(gettext_lazy("reason for another mark"), max_length=1000, blank=True)
    productivity = points(gettext_lazy("productivity"), null=True)
    discipline = points(gettext_lazy("discipline"), null=True)
    score = points(gettext_lazy("score"), null=True)
    band = models.CharField(gettext_lazy("band"), max_length=1, blank=True)
    not_assessed_reason = models.CharField(max_length=20, choices=Unassessed, blank=True)
    days = models.JSONField(default=dict, editable=False)
    of_year = models.PositiveSmallIntegerField(null=True, editable=False)
    of_month = models.PositiveSmallIntegerField(null=True, editable=False)
    marked_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="marks_given")
    marked_at = models.DateTimeField(null=True)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        ordering = ["month", "person"]
        verbose_name = gettext_lazy("score")
        triggers = [lock_when_final()]
        constraints = [
            models.UniqueConstraint(name="one_assessment_per_person_and_month", fields=["person", "month"]),
            models.UniqueConstraint(
                name="one_home_month_per_person",
                fields=["person", "of_year", "of_month"],
                violation_error_message=gettext_lazy("Another agency has published this person's month."),
            ),
            models.CheckConstraint(
                name="nobody_marks_themselves",
                condition=Q(marked_by__isnull=True) | ~Q(marked_by=F("person")),
                violation_error_message=gettext_lazy("Nobody verifies or marks a month of their own."),
            ),
            models.CheckConstraint(
                name="a_mark_names_who_and_when",
                condition=Q(marked_by__isnull=True, marked_at__isnull=True)
                | Q(marked_by__isnull=False, marked_at__isnull=False),
            ),
            models.CheckConstraint(
                name="another_mark_than_the_proposal_has_a_reason",
                condition=Q(quality__isnull=True) | Q(quality=F("quality_proposed")) | ~Q(quality_reason=""),
                violation_error_message=gettext_lazy("A mark other than the proposal needs a reason."),
            ),
            models.CheckConstraint(
                name="assessed_by_somebody_or_not_with_a_reason",
                condition=Q(
                    score__isnull=False,
                    quality__isnull=False,
                    productivity__isnull=False,
                    discipline__isnull=False,
                    band__in=["A", "B", "C", "D", "E"],
                    not_assessed_reason="",
                    marked_by__isnull=False,
                )
                | Q(
                    score__isnull=True,
                    quality__isnull=True,
                    productivity__isnull=True,
                    discipline__isnull=True,
                    band="",
                    not_assessed_reason__gt="",
                    marked_by__isnull=True,
                ),
            ),
            models.CheckConstraint(
                name="points_lie_between_0_and_100",
                condition=Q(quality_proposed__range=(0, 100))
                & (Q(score__isnull=True) | Q(score__range=(0, 100)))
                & (Q(quality__isnull=True) | Q(quality__range=(0, 100)))
                & (Q(productivity__isnull=True) | Q(productivity__range=(0, 100)))
                & (Q(discipline__isnull=True) | Q(discipline__range=(0, 100))),
                violation_error_message=gettext_lazy("Points lie between 0 and 100."),
            ),
        ]

    def __str__(self):
        return f"{self.person_id} {self.month_id} {self.score}"

    @property
    def facts(self):
        """The MonthFacts it was confirmed on."""
        return MonthFacts(**{name: getattr(self, name) for name in INPUTS})

    def is_same_mark(self, facts, quality):
        """Whether it holds the mark `quality` on these MonthFacts."""
        return self.quality == quality and self.facts == facts

    def freeze(self, facts, rule, *, quality, reason=""):
        """Set inputs, components, score and band from `facts` under `rule`; nothing is saved.

        `reason` says why a month has no score; without one it has.
        """
        for name in INPUTS:
            setattr(self, name, getattr(facts, name))
        self.rule = rule
        self.refused_minutes = facts.refused_minutes
        self.base_minutes = rule.base_minutes(facts)
        self.quality_proposed = rule.proposal(facts)
        self.not_assessed_reason = reason
        if reason:
            self.productivity = self.quality = self.discipline = self.score = None
            self.band, self.quality_reason, self.marked_by, self.marked_at = "", "", None, None
        else:
            self.productivity, self.quality, self.discipline, self.score = rule.score(facts, quality=quality)
            self.band = rule.band(self.score)


def why_not_assessed(days):
    """The reason why the PersonDays of a month give no score, or "" where they do. Case D111."""
    Unassessed = Assessment.Unassessed
    if not days.working:
        return _why_no_working_day(days)
    if not days.obliged:
        return Unassessed.NO_OBLIGED_DAY if days.target_minutes else Unassessed.ON_LEAVE
    return "" if days.target_minutes else Unassessed.NO_TARGET


def _why_no_working_day(days):
    if days.was_suspended:
        return Assessment.Unassessed.SUSPENDED
    if not any(part.month_days for part in days.segments):
        return Assessment.Unassessed.NO_CALENDAR
    return Assessment.Unassessed.NO_WORKING_DAY
