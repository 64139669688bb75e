"""Letters by which somebody acts for a post: Plt, Plh, and the holder's delegate.

Source: domain.md, section 2.
"""

from datetime import timedelta

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import CharField, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Concat
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organization.models.acting import Capacity
from organization.models.ending import Ending
from organization.models.grants import Grant, Role
from organization.models.posts import Post, PostTerm
from organization.models.requests import (
    Requested,
    StandingRequest,
    StandingRequestQuerySet,
    never_about_oneself,
)
from records.history import tracked
from records.periods import Period, PeriodQuerySet, span
from records.reach import within_reach
from records.refusals import NotNow, refuse_own
from records.typed import TypedLine

MOST_DAYS = 366
LIVE = [Requested.Outcome.WAITING, Requested.Outcome.APPROVED]


class LetterQuerySet(StandingRequestQuerySet, PeriodQuerySet):
    def live(self):
        """Those that stand, or wait for the second person."""
        return self.filter(cancelled_at__isnull=True, outcome__in=LIVE)

    def held_by(self, person, *, on):
        """The letters by which `person` acts on the day `on`, with the `place` of each: post and office.

        Not asked for who only holds a post.
        """
        posting = person.posting_on(on)
        if posting is not None and not posting.has_letters:
            return self.none()
        then = PostTerm.objects.on(on).filter(post=OuterRef("post")).values("unit__short_name")
        place = Concat("post__title", Value(", "), Subquery(then), output_field=CharField())
        return self.standing().on(on).filter(person=person).annotate(place=place).order_by("ends_on")

    def newest_first(self):
        """With people, post and what was asked about each, for a page; two queries."""
        asked = LetterEnding.objects.select_related("requested_by", "decided_by").order_by("pk")
        found = self.select_related("person", "post", "requested_by", "decided_by")
        return found.order_by("-starts_on", "-pk").prefetch_related(models.Prefetch("endings", asked))

    def request(self, person, post, *, by, capacity, starts_on, ends_on, letter):
        """Ask that `person` act for `post`; it stands when another HR person approves.

        Raises OwnRecord, or ValidationError with sentences by field; of two at once one is refused.
        """
        refuse_own(person, by=by)
        asked = self.model(
            person=person, post=post, capacity=capacity, starts_on=starts_on, ends_on=ends_on, letter=letter
        )
        asked.requested_by, asked.requested_at = by, timezone.now()
        asked.full_clean()
        try:
            with transaction.atomic():
                asked.save()
        except IntegrityError:
            asked.validate_constraints()
            raise
        return asked


@tracked()
class ActingLetter(Period, StandingRequest):
    """A letter: `person` acts for `post` in a capacity from its first day until 24.00 of its last."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="letters", verbose_name=gettext_lazy("post"))
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="letters")
    capacity = models.CharField(
        gettext_lazy("acts as"),
        max_length=10,
        choices=[(kind.value, kind.label) for kind in (Capacity.PLH, Capacity.PLT, Capacity.DELEGATE)],
    )
    starts_on = models.DateField(gettext_lazy("first day"), validators=[within_reach])
    ends_on = models.DateField(gettext_lazy("last day"), validators=[within_reach])
    letter = TypedLine(gettext_lazy("letter number"), max_length=100)

    objects = LetterQuerySet.as_manager()

    class Meta(Requested.Meta):
        ordering = ["post", "starts_on", "pk"]
        verbose_name = gettext_lazy("acting letter")
        constraints = [
            *Requested.Meta.constraints,
            *Period.Meta.constraints,
            never_about_oneself(),
            models.CheckConstraint(
                name="a_letter_runs_for_a_year_at_most",
                condition=Q(ends_on__lte=F("starts_on") + timedelta(days=MOST_DAYS - 1)),
                violation_error_message=gettext_lazy("A letter runs for a year at most."),
            ),
            models.CheckConstraint(
                name="only_a_letter_that_stood_is_cancelled",
                condition=Q(cancelled_at__isnull=True) | Q(outcome="approved"),
                violation_error_message=gettext_lazy("Only a letter that stood can be cancelled."),
            ),
            ExclusionConstraint(
                name="one_letter_of_a_kind_for_a_post_and_day",
                expressions=[
                    ("post", RangeOperators.EQUAL),
                    ("capacity", RangeOperators.EQUAL),
                    (span(), RangeOperators.OVERLAPS),
                ],
                condition=Q(cancelled_at__isnull=True, outcome__in=["waiting", "approved"]),
                violation_error_message=gettext_lazy(
                    "Somebody already acts for this post in this way in these days."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.person}: {self.get_capacity_display()} {self.post}"

    @property
    def title(self):
        return self.get_capacity_display()

    @property
    def may_be_ended(self):
        """Whether an end can be asked for; reads `endings` as they were prefetched."""
        return self.stands and not any(asked.is_waiting for asked in self.endings.all())

    def clean(self):
        """Whether the letter fits the post and the person, each fault in a sentence beside its field."""
        super().clean()
        if not (self.starts_on and self.ends_on and self.post_id and self.person_id and self.capacity):
            return
        faults = {"person": self._fault_of_person(), "capacity": self._fault_of_capacity()}
        found = {field: sentence for field, sentence in faults.items() if sentence}
        if found:
            raise ValidationError(found)

    def request_ending(self, *, by, reason, ends_on=None):
        """Ask to end it on the earlier day `ends_on`, or to cancel it. It takes force with an approval.

        Raises OwnRecord, NotNow, or ValidationError with sentences by field.
        """
        refuse_own(self.person, by=by)
        if not self.stands:
            raise NotNow(_("Only a letter that stands can be ended."))
        asked = LetterEnding(letter=self, person=self.person, ends_on=ends_on, reason=reason)
        return asked.ask(by=by)

    def end(self, on):
        """Let it end on the earlier day `on`; called by the request that was approved."""
        self.refuse_if_cancelled()
        self.ends_on = on
        self.save(update_fields=["ends_on"])

    def _holders(self):
        return self.post.postings.overlapping(self.starts_on, self.ends_on)

    def _fault_of_person(self):
        gone = self.person.deactivated_on
        if gone and gone <= self.ends_on:
            return _("This person is not active in all of these days.")
        if not self.person.postings.on(self.starts_on).exists():
            return _("This person has no post on the first day.")
        if Grant.objects.filter(person=self.person, role=Role.AUDITOR).overlapping(
            self.starts_on, self.ends_on
        ):
            return _("This person is an auditor in these days: an auditor decides nothing.")
        if self._holders().filter(person=self.person).exists():
            return _("This person holds this post already.")
        return ""

    def _fault_of_capacity(self):
        """A Plt needs a vacant day of the post, a Plh and a delegate one on which it has a holder."""
        if self.capacity == Capacity.PLT:
            held = _("This post has a holder in all of these days. Choose Plh.")
            return held if self._held_throughout() else ""
        vacant = _("This post has no holder in these days. Choose Plt.")
        return "" if self._holders().exists() else vacant

    def _held_throughout(self):
        """Whether the postings on the post leave no day between free."""
        day = self.starts_on
        for posting in self._holders().order_by("starts_on"):
            if posting.starts_on > day:
                return False
            if posting.ends_on is None or posting.ends_on >= self.ends_on:
                return True
            day = max(day, posting.ends_on + timedelta(days=1))
        return False


@tracked()
class LetterEnding(Ending):
    """The request to cancel a letter, or to end it on the earlier day `ends_on`, with its reason."""

    letter = models.ForeignKey(ActingLetter, models.PROTECT, related_name="endings")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta(Ending.Meta):
        ordering = ["pk"]
        verbose_name = gettext_lazy("end of an acting letter")
        constraints = [
            *Ending.Meta.constraints,
            never_about_oneself(),
            models.UniqueConstraint(
                name="one_ending_of_a_letter_waits",
                fields=["letter"],
                condition=Q(outcome="waiting"),
                violation_error_message=gettext_lazy("An end of it waits for a second HR person already."),
            ),
        ]

    def __str__(self):
        return f"{self.letter} ✗"

    @property
    def ended(self):
        return self.letter
