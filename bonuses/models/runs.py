"""A run: the bonus lists of some agencies for one month, from draft to released, by three persons."""

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy

from bonuses.models.locks import only_along
from bonuses.models.moves import CHECK, REFUSE, RELEASE
from bonuses.models.querysets import PEOPLE, READERS, RunQuerySet
from bonuses.models.shares import UNTOUCHED
from bonuses.models.statuses import SHOWN, TRANSITIONS, WHOLE, RunStatus, ShareState
from calendars.weeks import MonthKey
from organization.models import User
from records.history import tracked
from records.state import Stateful
from records.typed import TypedProse, said_why

CLEARED = ("requested_by", "requested_at", "computed_at", "checked_by", "checked_at")
WHY = gettext_lazy("Write the reason.")
LATER = {"null": True, "blank": True}


def actor(**options):
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", **options)


def moment():
    return models.DateTimeField(**LATER)


def paired(verb):
    """Who and when stand together or not at all."""
    return models.CheckConstraint(
        name=f"run_{verb}_by_and_at",
        condition=Q(**{f"{verb}_by__isnull": True, f"{verb}_at__isnull": True})
        | Q(**{f"{verb}_by__isnull": False, f"{verb}_at__isnull": False}),
    )


def different(one, other):
    return Q(**{f"{one}__isnull": True}) | Q(**{f"{other}__isnull": True}) | ~Q(**{one: F(other)})


@tracked()
class Run(Stateful):
    """The lists of some agencies for one month, made, checked and released by three different persons.

    `attempt` counts the computations: a refused list is drafted anew, its old lines stay and are not
    looked at again. Source: domain.md, section 7, "Runs".
    """

    Status = RunStatus
    TRANSITIONS = TRANSITIONS
    READERS, WHOLE, SHOWN = READERS, WHOLE, SHOWN

    year = models.PositiveSmallIntegerField()
    month = models.PositiveSmallIntegerField()
    attempt = models.PositiveSmallIntegerField(default=1)
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    made_by = actor()
    made_at = models.DateTimeField()
    requested_by, requested_at = actor(**LATER), moment()
    computed_at = moment()
    checked_by, checked_at = actor(**LATER), moment()
    released_by, released_at = actor(**LATER), moment()
    refused_by, refused_at = actor(**LATER), moment()
    refusal = TypedProse(blank=True)
    cancelled_by, cancelled_at = actor(**LATER), moment()
    cancellation = TypedProse(blank=True)

    objects = RunQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "-month", "-pk"]
        verbose_name = gettext_lazy("bonus list")
        triggers = [only_along(TRANSITIONS)]
        constraints = [
            models.CheckConstraint(name="run_month_is_1_to_12", condition=Q(month__range=(1, 12))),
            *[paired(verb) for verb in ("requested", "checked", "released", "refused", "cancelled")],
            models.CheckConstraint(
                name="run_is_not_checked_by_its_maker",
                condition=different("checked_by", "made_by") & different("checked_by", "requested_by"),
                violation_error_message=gettext_lazy("Who made a list cannot check it."),
            ),
            models.CheckConstraint(
                name="run_is_released_by_a_third_person",
                condition=different("released_by", "made_by")
                & different("released_by", "requested_by")
                & different("released_by", "checked_by"),
                violation_error_message=gettext_lazy("Who made or checked a list cannot release it."),
            ),
            models.CheckConstraint(
                name="run_is_not_refused_by_its_maker",
                condition=different("refused_by", "made_by"),
                violation_error_message=gettext_lazy("Who made a list cannot refuse it; cancel it instead."),
            ),
            models.CheckConstraint(
                name="run_status_has_its_moments",
                condition=Q(status="draft", requested_at=None, computed_at=None, checked_at=None)
                | Q(status="requested", requested_at__isnull=False, computed_at=None)
                | Q(status="computed", computed_at__isnull=False, checked_at=None)
                | Q(status="checked", checked_at__isnull=False, released_at=None)
                | Q(status__in=["released", "paid"], checked_at__isnull=False, released_at__isnull=False)
                | Q(status="cancelled", cancelled_at__isnull=False, released_at=None),
            ),
            models.CheckConstraint(
                name="run_is_refused_or_cancelled_with_a_reason",
                condition=(Q(refused_at=None) | ~Q(refusal=""))
                & (Q(cancelled_at=None) | ~Q(cancellation="")),
                violation_error_message=WHY,
            ),
        ]

    def __str__(self):
        return self.number

    def request(self, *, by, at, version=None):
        """Want every agency computed; the caller hands what is wanted to the job queue. Safe twice."""
        if self.status != self.Status.REQUESTED:
            self.move_to(self.Status.REQUESTED, version=version, requested_by=by, requested_at=at)

    def finish_if_whole(self, *, at):
        """COMPUTED once every share is; called by each share at the end of its own transaction."""
        run = Run.objects.select_for_update(no_key=True).get(pk=self.pk)
        if run.status == self.Status.REQUESTED and not run.shares.filter(computed_at=None).exists():
            run.move_to(self.Status.COMPUTED, computed_at=at)

    def mark_checked(self, *, by, at, version=None):
        """A second person has looked through the list. Raises SamePerson, or FactsMoved (D93)."""
        CHECK.check(self, by=by)
        self.move_to(self.Status.CHECKED, version=version, checked_by=by, checked_at=at)

    def release(self, *, by, at, version=None):
        """A third person lets the amounts out: staff see them. Raises SamePerson, or FactsMoved."""
        RELEASE.check(self, by=by)
        self.move_to(self.Status.RELEASED, version=version, released_by=by, released_at=at)

    @transaction.atomic
    def refuse(self, *, by, at, reason, version=None):
        """Send the list back to its maker with a reason; the next request computes it anew."""
        REFUSE.check(self, by=by)
        reason = said_why(reason, missing=WHY)
        self._lock_shares()
        self.move_to(
            self.Status.DRAFT,
            version=version,
            attempt=F("attempt") + 1,
            **dict.fromkeys(CLEARED),
            refused_by=by,
            refused_at=at,
            refusal=reason,
        )
        self.shares.update(started_at=None, computed_at=None, failure="")

    @transaction.atomic
    def cancel(self, *, by, at, reason, version=None):
        """Give the months free for another run; nothing of this one was released."""
        reason = said_why(reason, missing=WHY)
        self._lock_shares()
        self.move_to(
            self.Status.CANCELLED, version=version, cancelled_by=by, cancelled_at=at, cancellation=reason
        )
        self.shares.update(is_live=False)

    def know_people(self):
        """Read who made and moved it, in one query; a join with six people is planned longer than it runs."""
        known = {name: pk for name in PEOPLE if (pk := getattr(self, f"{name}_id"))}
        people = User.objects.in_bulk(set(known.values()))
        for name, pk in known.items():
            setattr(self, name, people[pk])

    def _lock_shares(self):
        """Shares before the run, as the computation does, so that the two never wait for each other."""
        list(self.shares.select_for_update(no_key=True).order_by("pk").values_list("pk"))

    def is_being_computed(self, *, at):
        """Whether it is requested and nothing of it is late, interrupted or failed."""
        if not self.is_requested:
            return False
        states = {share.state(at=at) for share in self.shares.all()}
        late = ShareState.WAITING in states and self.requested_at <= at - UNTOUCHED
        return not late and states <= {ShareState.WAITING, ShareState.COMPUTING, ShareState.DONE}

    @property
    def key(self):
        return MonthKey(self.year, self.month)

    @property
    def agencies(self):
        """Whose lists it holds. Read it with_agencies: else a query for each."""
        return [share.month.agency for share in self.shares.all()]

    @property
    def number(self):
        """What people call the list: 2026-03/01."""
        return f"{self.year}-{self.month:02}/{self.pk:02}"

    @property
    def is_draft(self):
        return self.status == self.Status.DRAFT

    @property
    def is_requested(self):
        return self.status == self.Status.REQUESTED

    @property
    def is_cancelled(self):
        return self.status == self.Status.CANCELLED

    @property
    def is_sent_back(self):
        """Whether it is a draft again because somebody refused it."""
        return self.is_draft and bool(self.refusal)

    @property
    def is_computed_anew(self):
        """Whether it is computed for the second time or more."""
        return self.attempt > 1

    @property
    def is_shown(self):
        """Whether those whom it pays may see their lines."""
        return self.status in self.SHOWN

    @property
    def is_whole(self):
        """Whether its lines may be looked at."""
        return self.status in self.WHOLE
