"""The acts on a whole month: publish and finalise, each by two persons."""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment.models import checklist
from assessment.models.assessments import Assessment
from assessment.models.draws import locked
from assessment.models.person_months import State, person_months
from calendars.models import Month, MonthRule, WorkPattern
from calendars.models.locks import lock_when_final
from calendars.weeks import end_of
from organization.models import Grant, Placement, Role, User
from organization.templatetags.display import moment
from records.history import tracked
from records.refusals import NotAllowed, NotNow

PERSON = settings.AUTH_USER_MODEL


class MonthStepQuerySet(models.QuerySet):
    @transaction.atomic
    def propose(self, month, kind, *, by, at):
        """Propose to publish or finalise; asking twice returns the same proposal.

        Raises NotAllowed for a stranger, NotNow where something blocks or somebody else has proposed it.
        """
        month = locked(month)
        capacity = _capacity(by, month, at=at)
        _check_ready(month, kind, at=at)
        step = self.filter(month=month, kind=kind).select_related("proposed_by").first()
        if step is None:
            return self.create(month=month, kind=kind, proposed_by=by, proposed_as=capacity, proposed_at=at)
        if step.proposed_by_id != by.pk:
            raise NotNow(_("%(name)s has proposed this already: confirm it.") % {"name": step.proposed_by})
        return step

    @transaction.atomic
    def confirm(self, step, *, by, at):
        """Confirm the proposal of somebody else and carry it out. Confirming twice does it once.

        Raises NotAllowed where it is the same person or neither of the two is head of assessment, NotNow
        where something blocks or `step` is None: nobody has proposed it.
        """
        if step is None:
            raise NotNow(_("Nothing has been proposed yet that could be confirmed."))
        month = locked(step.month)
        step = self.select_for_update(no_key=True).get(pk=step.pk)
        capacity = _capacity(by, month, at=at)
        if step.confirmed_at:
            return step
        step.check_second(by, capacity)
        _check_ready(month, step.kind, at=at)
        people = _people_to_freeze(month) if step.kind == Closing.Kind.PUBLISH else None
        step.confirmed_by, step.confirmed_as, step.confirmed_at = by, capacity, at
        step.save(update_fields=["confirmed_by", "confirmed_as", "confirmed_at"])
        if step.kind == Closing.Kind.PUBLISH:
            publish(month, people, at=at)
        else:
            finalise(month, at=at)
        return step

    def confirmable_by(self, person, *, at):
        """Proposals of somebody else that `person` may confirm at the moment `at`."""
        on = person.today(at)
        waits = self.filter(confirmed_at__isnull=True).exclude(proposed_by=person)
        if person.holds(Role.HEAD, on=on):
            return waits
        agencies = person.agencies(Role.ASSESSOR, on=on).order_by().values("pk")
        return waits.filter(proposed_as=Closing.Capacity.HEAD, month__agency__in=agencies)

    def waiting_for(self, months):
        """{month id: the Closing of it that waits for its second person}; one query."""
        waits = self.filter(month__in=months, confirmed_at__isnull=True).select_related("proposed_by")
        return {step.month_id: step for step in waits}

    def blockers(self, month, *, at):
        """The sentences that keep the month from its next step."""
        return checklist.blockers(month, at=at)


@tracked()
class Closing(models.Model):
    """A month's publication or finalisation: proposed by one person, confirmed by another.

    One of the two is head of assessment, the other assessor of the agency or head too.
    """

    class Kind(models.TextChoices):
        PUBLISH = "publish", gettext_lazy("publication")
        FINALISE = "finalise", gettext_lazy("finalisation")

    class Capacity(models.TextChoices):
        HEAD = "head", gettext_lazy("head of assessment")
        ASSESSOR = "assessor", gettext_lazy("assessor")

    month = models.ForeignKey(Month, models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=10, choices=Kind)
    proposed_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    proposed_as = models.CharField(max_length=10, choices=Capacity)
    proposed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    confirmed_as = models.CharField(max_length=10, choices=Capacity, blank=True)
    confirmed_at = models.DateTimeField(null=True)

    objects = MonthStepQuerySet.as_manager()

    class Meta:
        ordering = ["month", "proposed_at", "pk"]
        triggers = [lock_when_final()]
        constraints = [
            models.UniqueConstraint(name="one_step_of_a_kind_per_month", fields=["month", "kind"]),
            models.CheckConstraint(
                name="a_step_is_confirmed_by_another_person",
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("proposed_by")),
                violation_error_message=gettext_lazy("Who proposed a step cannot confirm it."),
            ),
            models.CheckConstraint(
                name="a_step_needs_the_head",
                condition=Q(confirmed_by__isnull=True) | Q(proposed_as="head") | Q(confirmed_as="head"),
                violation_error_message=gettext_lazy("One of the two is the head of assessment."),
            ),
            models.CheckConstraint(
                name="a_confirmed_step_names_who_as_what_and_when",
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True, confirmed_as="")
                | Q(
                    confirmed_by__isnull=False,
                    confirmed_at__isnull=False,
                    confirmed_as__in=["head", "assessor"],
                ),
            ),
        ]

    def __str__(self):
        return f"{self.month} {self.kind}"

    @property
    def is_waiting(self):
        """Whether it is proposed and waits for its second person."""
        return self.confirmed_at is None

    @property
    def waiting(self):
        """Whom the proposal waits for and since when, as a sentence."""
        text = _("Making it final waits for a second person to confirm it (not %(name)s), since %(at)s.")
        if self.kind == Closing.Kind.PUBLISH:
            text = _("Publication waits for a second person to confirm it (not %(name)s), since %(at)s.")
        return text % {"name": self.proposed_by, "at": moment(self.proposed_at)}

    def refusal(self, by, capacity):
        """The sentence that keeps `by` from being the second person of this step, or ""."""
        if by.pk == self.proposed_by_id:
            return _("Who proposed a step cannot confirm it.")
        if Closing.Capacity.HEAD not in (self.proposed_as, capacity):
            return _("One of the two is the head of assessment.")
        return ""

    def check_second(self, by, capacity):
        """Raise NotAllowed unless `by` may be the second person of this step."""
        if sentence := self.refusal(by, capacity):
            raise NotAllowed(sentence)

    def seconds(self, *, at):
        """The people who may confirm it on that day, by name; one query. Nobody assesses their own agency."""
        day, agency = timezone.localdate(at, timezone=ZoneInfo(self.month.agency.zone)), self.month.agency_id
        held = Grant.objects.on(day)
        able = Q(pk__in=held.filter(role=Role.HEAD).values("person"))
        if self.proposed_as == Closing.Capacity.HEAD:
            here = held.filter(role=Role.ASSESSOR).filter(Q(unit=None) | Q(unit__agency=agency))
            own = Placement.objects.on(day).filter(unit__agency=agency)
            able |= Q(pk__in=here.values("person")) & ~Q(pk__in=own.values("person"))
        return User.objects.filter(able).exclude(pk=self.proposed_by_id).by_name()


def capacity_of(person, month, *, at):
    """As what the person acts on this month; "" for whoever is not of its assessment unit."""
    on = person.today(at)
    if person.holds(Role.HEAD, on=on):
        return Closing.Capacity.HEAD
    if person.covers(Role.ASSESSOR, month.agency_id, on=on):
        return Closing.Capacity.ASSESSOR
    return ""


def _capacity(by, month, *, at):
    capacity = capacity_of(by, month, at=at)
    if not capacity:
        raise NotAllowed(_("A month is published and made final by the assessment unit."))
    return capacity


def _check_ready(month, kind, *, at):
    """Raise NotNow with what blocks, or where the month stands elsewhere."""
    ready = {Closing.Kind.PUBLISH: Month.Status.VERIFYING, Closing.Kind.FINALISE: Month.Status.PUBLISHED}
    if month.status != ready[kind]:
        raise NotNow(_("The month is “%(status)s” now.") % {"status": month.get_status_display()})
    if blockers := checklist.blockers(month, at=at):
        raise NotNow(" ".join(blockers))


def _people_to_freeze(month):
    """PersonMonth by person id, read once after every other check: score and days come from this reading.

    What is committed from here on is in none of it. Raises NotNow where a mark no longer fits. Case D109.
    """
    people = person_months(month)
    check = checklist.scored(people)
    if not check.ok:
        raise NotNow(f"{check.label}: {check.found}")
    return people


def publish(month, people, *, at):
    """Freeze the months of `people`, as they were read, and open the time for objections."""
    _freeze(month, people)
    rule, zone = MonthRule.objects.in_force(month.key.last_day), ZoneInfo(month.agency.zone)
    today = at.astimezone(zone).date()
    (closes,) = WorkPattern.objects.days_after(month.agency, today, [rule.objection_days])
    month.move_to(Month.Status.PUBLISHED, published_at=at, objections_close_at=end_of(closes, zone))


def _freeze(month, people):
    """Keep one row for each person of the month.

    Confirmed rows hold the facts and the rule of now, or the month would not be published. Those not
    assessed get their reason; marks of people who are scored in another agency by now are taken out.
    """
    Assessment.objects.filter(month=month).exclude(person__in=list(people)).delete()
    unassessed = [found for found in people.values() if found.state == State.UNASSESSED]
    Assessment.objects.keep([_without_score(month, found) for found in unassessed])
    try:
        with transaction.atomic():
            Assessment.objects.freeze_days(month, {person: found.days for person, found in people.items()})
    except IntegrityError:
        raise NotNow(_("Another agency has just published somebody of this month. Look once more.")) from None


def _without_score(month, found):
    """The row of a PersonMonth that is not assessed, as it is to be kept."""
    row = found.row or Assessment(month=month, person_id=found.person_id, version=0)
    row.version += 1
    row.freeze(found.facts, found.rule, quality=None, reason=found.reason)
    return row


def finalise(month, *, at):
    """Make the month final; from here on the database refuses every change."""
    month.move_to(Month.Status.FINAL, finalised_at=at)
