"""Which rows of a month the assessors read, and why these."""

from collections import defaultdict

from django.conf import settings
from django.db import models, transaction
from django.db.models import Count, F, Max, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.models import Activity
from approvals.models import Decision
from assessment import sampling
from assessment.models.rules import ScoreRule, share
from calendars.models import Month
from calendars.models.locks import lock_when_final
from calendars.models.obligations import obligations
from organization.models import Role
from records.history import append_only
from records.refusals import NotAllowed, NotNow


def locked(month):
    """The month, locked against a second act on it until the transaction ends."""
    return Month.objects.select_for_update(no_key=True).get(pk=month.pk)


class DrawQuerySet(models.QuerySet):
    @transaction.atomic
    def draw(self, month, *, by, at):
        """Draw every stratum of a month being verified; a second call returns the same draw.

        Anybody can repeat it: SHA-256 of "{seed}:{activity id}", the first n. Raises NotAllowed unless
        `by` is head of assessment and the review has closed. Source: domain.md, section 6.
        """
        month = _for_head(month, by=by, at=at)
        if drawn := list(self.filter(month=month)):
            return drawn
        _check_verifying(month)
        rule = ScoreRule.objects.in_force(month.key.last_day)
        return [
            self._take(month, stratum, population, rule=rule, number=1, by=by, at=at)
            for stratum, population in strata_of(month).items()
        ]

    @transaction.atomic
    def extend(self, month, *, by, at):
        """Draw as many rows again, where more than the tolerable share of those read was refused.

        Raises NotNow where a row is still without verdict or the refusals are tolerable.
        """
        month = _for_head(month, by=by, at=at)
        _check_verifying(month)
        drawn = list(self.filter(month=month, stratum=Draw.Stratum.SAMPLE).order_by("number"))
        if not drawn or not self.needing_more(month):
            raise NotNow(_("The sample is complete: nothing more is drawn."))
        taken = set(DrawnRow.objects.filter(draw__in=drawn).values_list("activity", flat=True))
        rest = [pk for pk in strata_of(month)[Draw.Stratum.SAMPLE] if pk not in taken]
        return self._take(
            month, Draw.Stratum.SAMPLE, rest, rule=drawn[0].rule, number=drawn[-1].number + 1, by=by, at=at
        )

    def with_findings(self):
        """Each with `drawn`, `read` and `refused`, and `read_at`, the moment of its last verdict.

        Counted are its rows, those with a verdict in force, and those of them that were not accepted.
        """
        refused = Q(rows__in_force__isnull=False) & ~Q(rows__in_force__verdict__outcome="accepted")
        return self.annotate(
            drawn=Count("rows"),
            read=Count("rows__in_force"),
            refused=Count("rows__in_force", filter=refused),
            read_at=Max("rows__in_force__verdict__at"),
        )

    def needing_more(self, month):
        """Whether the sample of `month` is to be extended."""
        return month.pk in self.extensions_due([month])

    def extensions_due(self, months):
        """Ids of those of `months` whose sample is to be extended; one query."""
        sample = self.filter(month__in=months, stratum=Draw.Stratum.SAMPLE).select_related("rule")
        draws = defaultdict(list)
        for draw in sample.with_findings():
            draws[draw.month_id].append(draw)
        return {month for month, found in draws.items() if _is_extension_due(found)}

    def _take(self, month, stratum, population, *, rule, number, by, at):
        confidence, error = plan_of(rule, stratum)
        size = sampling.sample_size(confidence, error, len(population)) if confidence else len(population)
        draw = self.create(
            month=month,
            stratum=stratum,
            number=number,
            rule=rule,
            confidence=confidence,
            error=error,
            seed=month.seed,
            population=len(population),
            size=size,
            drawn_by=by,
            at=at,
        )
        chosen = sampling.draw(month.seed, population, size)
        DrawnRow.objects.bulk_create(
            DrawnRow(draw=draw, activity_id=pk, position=n) for n, pk in enumerate(chosen, start=1)
        )
        return draw


class Draw(models.Model):
    """One stratum drawn from the approved rows of a month: its plan, its seed and its size.

    `number` is 1 for the draw itself and counts its extensions. Strata: the sample of unflagged rows;
    flagged rows; rows that are always read (work on a day of full leave).
    """

    class Stratum(models.TextChoices):
        SAMPLE = "sample", gettext_lazy("sample")
        FLAGGED = "flagged", gettext_lazy("flagged")
        ALWAYS = "always", gettext_lazy("always read")

    month = models.ForeignKey(Month, models.PROTECT, related_name="draws")
    stratum = models.CharField(gettext_lazy("stratum"), max_length=10, choices=Stratum)
    number = models.PositiveSmallIntegerField()
    rule = models.ForeignKey(ScoreRule, models.PROTECT, related_name="+")
    confidence = share(gettext_lazy("confidence"), null=True)
    error = share(gettext_lazy("error"), null=True)
    seed = models.CharField(gettext_lazy("seed"), max_length=32)
    population = models.PositiveIntegerField(gettext_lazy("population"))
    size = models.PositiveIntegerField(gettext_lazy("size"))
    drawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = DrawQuerySet.as_manager()

    class Meta:
        ordering = ["month", "stratum", "number"]
        triggers = [*append_only(), lock_when_final()]
        constraints = [
            models.UniqueConstraint(
                name="one_draw_per_month_and_stratum", fields=["month", "stratum", "number"]
            ),
            models.CheckConstraint(
                name="a_draw_is_within_its_population", condition=Q(size__lte=F("population"))
            ),
            models.CheckConstraint(
                name="a_draw_has_a_plan_or_takes_all",
                condition=Q(
                    stratum="always", confidence__isnull=True, error__isnull=True, size=F("population")
                )
                | (~Q(stratum="always") & Q(confidence__isnull=False, error__isnull=False)),
            ),
        ]

    def __str__(self):
        return f"{self.month} {self.stratum} {self.number}"


class DrawnRowQuerySet(models.QuerySet):
    def waiting(self):
        """Rows without a verdict in force."""
        return self.filter(in_force__isnull=True)

    def left_to(self, assessor, month):
        """Rows of `month` without a verdict that an Assessor may read, in the order of the draw."""
        if month.agency_id not in assessor.agencies:
            return self.none()
        decided = Decision.objects.filter(by=assessor.person)
        days = (month.key.first_day, month.key.last_day)
        late = decided.filter(after_close=True, activity__performed_on__range=days)
        return (
            self.waiting()
            .filter(draw__month=month)
            .exclude(activity__person__in=[assessor.person.pk, *assessor.line])
            .exclude(activity__in=decided.values("activity"))
            .exclude(activity__person__in=late.values("activity__person"))
            .in_order()
        )

    def in_order(self):
        """Always-read rows first, then flagged ones, then the sample, each in the order of the draw."""
        return self.order_by("draw__stratum", "draw__number", "position", "pk")


class DrawnRow(models.Model):
    """One activity of a draw, at its place in the order of hashes."""

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="rows")
    activity = models.OneToOneField(Activity, models.PROTECT, related_name="drawn")
    position = models.PositiveIntegerField()

    objects = DrawnRowQuerySet.as_manager()

    class Meta:
        ordering = ["draw", "position"]
        triggers = [
            *append_only(),
            lock_when_final("(SELECT month_id FROM assessment_draw WHERE id = {row}.draw_id)"),
        ]
        constraints = [
            models.UniqueConstraint(name="one_row_per_place_of_a_draw", fields=["draw", "position"])
        ]

    def __str__(self):
        return f"{self.draw}: {self.position}"

    @property
    def verdict(self):
        """The verdict in force; None where nobody has given one, or it was withdrawn."""
        return self.in_force.verdict if hasattr(self, "in_force") else None


def _for_head(month, *, by, at):
    """Lock the month for an act of the head. Raises NotAllowed for another person."""
    if not by.holds(Role.HEAD, on=by.today(at)):
        raise NotAllowed(_("The head of assessment draws the sample."))
    return locked(month)


def _check_verifying(month):
    if month.status != Month.Status.VERIFYING:
        raise NotNow(_("The sample is drawn after the review has closed and before publication."))


def is_extension_due(draws):
    """Whether the sample among the draws of one month (with findings and rule) is to be extended."""
    sample = [draw for draw in draws if draw.stratum == Draw.Stratum.SAMPLE]
    return bool(sample) and _is_extension_due(sorted(sample, key=lambda draw: draw.number))


def _is_extension_due(draws):
    """Whether one sample, its draws by number, is read whole, holds too many refusals, and rows are left."""
    first, size = draws[0], sum(draw.size for draw in draws)
    if sum(draw.read for draw in draws) < size or size >= first.population:
        return False
    return sum(draw.refused for draw in draws) > first.rule.tolerable_refusal * size


def plan_of(rule, stratum):
    """(confidence, error) of a stratum; (None, None) where every row is read."""
    return {
        Draw.Stratum.SAMPLE: (rule.confidence, rule.error),
        Draw.Stratum.FLAGGED: (rule.confidence, rule.flagged_error),
        Draw.Stratum.ALWAYS: (None, None),
    }[stratum]


def strata_of(month):
    """Activity ids by stratum: what was approved before the review closed, whatever a verdict did since."""
    rows = Activity.objects.filter(
        month=month, after_close=False, status__in=[Activity.Status.APPROVED, Activity.Status.VOIDED]
    ).values_list("pk", "person_id", "performed_on", "flagged")
    people = {person for _pk, person, _day, flagged in rows if flagged}
    days = obligations(people, month.key) if people else {}
    strata = {stratum: [] for stratum in (Draw.Stratum.SAMPLE, Draw.Stratum.FLAGGED, Draw.Stratum.ALWAYS)}
    for pk, person, day, flagged in rows:
        strata[_stratum(day, days.get(person)) if flagged else Draw.Stratum.SAMPLE].append(pk)
    return strata


def _stratum(day, days):
    """Work on a day excused in whole is always read; any other flagged row is drawn."""
    on_leave = days is not None and day in days.working and day not in days.obliged
    return Draw.Stratum.ALWAYS if on_leave else Draw.Stratum.FLAGGED
