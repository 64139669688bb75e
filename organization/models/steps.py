"""What happens to a person by decree: join, transfer, promotion, end. Asked for by one, approved by another.

Each takes force with the approval, in the transaction of it; what follows in higher rooms is done by who
calls. Source: domain.md, sections 1 and 2.
"""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.db.models import Q
from django.utils import dateformat, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organization.models.employment import EmploymentStatus, Rank, RankHolding
from organization.models.ending import DAY
from organization.models.people import NIP, User
from organization.models.postings import Posting
from organization.models.posts import Post
from organization.models.requests import Requested, RequestedQuerySet, StandingRequest, never_about_oneself
from records.history import tracked
from records.reach import within_reach
from records.refusals import NotNow, refuse_own
from records.typed import TypedLine

ONE_DAY = timedelta(days=1)


class StepQuerySet(RequestedQuerySet):
    @transaction.atomic
    def request(self, *, by, **terms):
        """Ask for a step, checked whole. Raises OwnRecord, or ValidationError with sentences by field."""
        asked = self.model(requested_by=by, requested_at=timezone.now(), **terms)
        if asked.person is not None:
            refuse_own(asked.person, by=by)
        asked.full_clean()
        asked.save()
        return asked


class Step(Requested):
    """A step of one person on a day, by decree. `clean` tells whether it fits what is recorded now."""

    decree = TypedLine(gettext_lazy("decree"), max_length=200)

    objects = StepQuerySet.as_manager()

    class Meta(Requested.Meta):
        abstract = True

    @property
    def first_day(self):
        """The first day on which something is different."""
        return self.starts_on

    def _hold(self):
        """Let no other step of this person take force beside this one, and check it against what is now."""
        if self.person is not None:
            User.objects.select_for_update(no_key=True).get(pk=self.person.pk)
        self.clean()


def one_waits(name, field="person"):
    """The constraint that of one person only one step of a kind waits."""
    return models.UniqueConstraint(
        name=name,
        fields=[field],
        condition=Q(outcome="waiting"),
        violation_error_message=gettext_lazy("Such a request waits for a second HR person already."),
    )


def refuse_if_full(post, *, starts_on, person=None):
    """Raise ValidationError where a post of one holder has one from `starts_on` on."""
    held = post.postings.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on)).exclude(person=person)
    holder = held.select_related("person").order_by("starts_on").first() if post.sole else None
    if holder:
        said = {"name": holder.person, "first": dateformat.format(holder.starts_on, DAY)}
        sentence = _("%(name)s holds this post from %(first)s, and it has one holder only.")
        raise ValidationError(sentence % said)


class JoiningQuerySet(StepQuerySet):
    def within(self, reader, *, on):
        """About the posts for which HR administrator `reader` may ask something on the day `on`."""
        return self.filter(post__in=Post.objects.administered_by(reader, on=on).order_by())


@tracked()
class Joining(Step):
    """A new person: their NIP and name, status, rank and first post. `person` stands once it was approved."""

    nip = TypedLine(
        "NIP",
        max_length=18,
        validators=[RegexValidator(NIP, gettext_lazy("A NIP has 18 digits; the 15th is 1 or 2."))],
    )
    name = TypedLine(gettext_lazy("name"), max_length=150)
    kind = models.CharField(
        gettext_lazy("status"),
        max_length=10,
        choices=EmploymentStatus.Kind,
    )
    rank = models.ForeignKey(
        Rank, models.PROTECT, null=True, blank=True, verbose_name=gettext_lazy("rank"), related_name="+"
    )
    post = models.ForeignKey(Post, models.PROTECT, related_name="+", verbose_name=gettext_lazy("post"))
    starts_on = models.DateField(gettext_lazy("first day"), validators=[within_reach])
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="joinings"
    )

    objects = JoiningQuerySet.as_manager()

    class Meta(Step.Meta):
        ordering = ["pk"]
        verbose_name = gettext_lazy("new employee")
        constraints = [
            *Step.Meta.constraints,
            one_waits("one_joining_of_a_nip_waits", "nip"),
            models.CheckConstraint(
                name="who_joined_stands_on_the_request",
                condition=Q(outcome="approved", person__isnull=False)
                | (~Q(outcome="approved") & Q(person__isnull=True)),
            ),
        ]

    def __str__(self):
        return f"{self.name} ({self.nip})"

    def clean(self):
        """The NIP is new, the rank fits the status, the post is free."""
        super().clean()
        if User.objects.filter(nip=self.nip).exists():
            raise ValidationError({"nip": _("This NIP is already registered.")})
        if self.rank and self.kind and self.rank.scheme != ("PPPK" if self.kind == "PPPK" else "PNS"):
            raise ValidationError({"rank": _("This rank does not belong to that status.")})
        if self.post_id and self.starts_on:
            refuse_if_full(self.post, starts_on=self.starts_on)

    def _decide(self, outcome, *, by, at, **fields):
        if outcome == self.Outcome.APPROVED:
            self._refuse_unless_second(by)
            self._hold()
            fields["person"] = User.objects.create_user(self.nip, name=self.name)
        super()._decide(outcome, by=by, at=at, **fields)

    def _refuse_unless_second(self, by):
        super()._refuse_unless_second(by)
        if by.nip == self.nip:
            refuse_own(by, by=by)

    def take_force(self):
        """Record status, rank and posting from the first day on."""
        since = {"starts_on": self.starts_on}
        EmploymentStatus.objects.create(person=self.person, kind=self.kind, **since)
        if self.rank:
            RankHolding.objects.create(person=self.person, rank=self.rank, **since)
        Posting.objects.appoint(self.person, self.post, **since)


@tracked()
class Promotion(Step):
    """A new rank from a day on."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="promotions")
    rank = models.ForeignKey(Rank, models.PROTECT, verbose_name=gettext_lazy("rank"), related_name="+")
    starts_on = models.DateField(gettext_lazy("first day"), validators=[within_reach])

    class Meta(Step.Meta):
        ordering = ["pk"]
        verbose_name = gettext_lazy("promotion")
        constraints = [
            *Step.Meta.constraints,
            never_about_oneself(),
            one_waits("one_promotion_of_a_person_waits"),
        ]

    def __str__(self):
        return f"{self.person}: {self.rank}"

    def clean(self):
        """The rank is another one, and none begins on that day."""
        super().clean()
        if not (self.person_id and self.starts_on and self.rank_id):
            return
        held = self.person.ranks.filter(starts_on__lte=self.starts_on).first()
        if held and held.rank_id == self.rank_id:
            raise ValidationError({"rank": _("This person has this rank already.")})
        if held and held.starts_on == self.starts_on:
            raise ValidationError({"starts_on": _("This person already has a rank from that day.")})

    def take_force(self):
        self._hold()
        RankHolding.objects.create(person=self.person, rank=self.rank, starts_on=self.starts_on)


class Undone(Step, StandingRequest):
    """A step that can be undone whole: before its day, or because it was typed wrong."""

    class Meta(Step.Meta):
        abstract = True

    @property
    def may_be_undone(self):
        """Whether it can be asked for; reads `cancellations` as they were prefetched."""
        return self.stands and not any(asked.is_waiting for asked in self.cancellations.all())

    def request_cancellation(self, *, by, reason):
        """Ask to undo it. Raises OwnRecord, NotNow, or ValidationError with a sentence."""
        refuse_own(self.person, by=by)
        if not self.stands:
            raise NotNow(_("Only what stands can be undone."))
        model = self._meta.get_field("cancellations").related_model
        return model(step=self, person=self.person, reason=reason).ask(by=by)
