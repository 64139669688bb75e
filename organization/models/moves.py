"""Transfers from post to post, and the end of service: undone by two. Source: domain.md, section 2."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import dateformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organization.models.ending import DAY
from organization.models.postings import Posting
from organization.models.posts import Post
from organization.models.requests import Cancellation, never_about_oneself
from organization.models.steps import ONE_DAY, Step, Undone, one_waits, refuse_if_full
from records.history import tracked
from records.reach import within_reach
from records.refusals import NotNow


@tracked()
class Transfer(Undone):
    """A person's new post from a day on: the posting before it ends the day before."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="transfers")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+", verbose_name=gettext_lazy("new post"))
    starts_on = models.DateField(gettext_lazy("first day"), validators=[within_reach])
    former = models.ForeignKey(Posting, models.SET_NULL, null=True, editable=False, related_name="+")
    posting = models.ForeignKey(Posting, models.SET_NULL, null=True, editable=False, related_name="+")

    class Meta(Undone.Meta):
        ordering = ["pk"]
        verbose_name = gettext_lazy("transfer")
        constraints = [
            *Step.Meta.constraints,
            never_about_oneself(),
            one_waits("one_transfer_of_a_person_waits"),
            models.CheckConstraint(
                name="only_a_transfer_that_stood_is_cancelled",
                condition=Q(cancelled_at__isnull=True) | Q(outcome="approved"),
            ),
        ]

    def __str__(self):
        return f"{self.person} → {self.post}"

    def clean(self):
        """It follows a posting without a gap, none begins later, and the new post is another and free."""
        super().clean()
        if not (self.person_id and self.starts_on and self.post_id):
            return
        before, day = self.held_before, dateformat.format(self.starts_on - ONE_DAY, DAY)
        if before is None:
            sentence = _("On %(day)s this person holds no post: a transfer follows a posting without a gap.")
            raise ValidationError({"starts_on": sentence % {"day": day}})
        if before.post_id == self.post_id:
            raise ValidationError(_("This person holds this post already."))
        later = self.person.postings.filter(starts_on__gte=self.starts_on).order_by("starts_on").first()
        if later:
            sentence = _("Another posting begins on %(day)s. Undo that one first.")
            said = sentence % {"day": dateformat.format(later.starts_on, DAY)}
            raise ValidationError({"starts_on": said})
        refuse_if_full(self.post, starts_on=self.starts_on, person=self.person)

    @property
    def held_before(self):
        """The posting of the day before; None where there is none."""
        day_before = self.starts_on - ONE_DAY
        held = self.person.postings.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day_before))
        return held.filter(starts_on__lte=day_before).select_related("post").first()

    def take_force(self):
        self._hold()
        self.former = self.held_before
        ends_on, self.former.ends_on = self.former.ends_on, self.starts_on - ONE_DAY
        self.former.save(update_fields=["ends_on"])
        self.posting = Posting.objects.appoint(
            self.person, self.post, starts_on=self.starts_on, ends_on=ends_on
        )
        self.save(update_fields=["former", "posting"])

    def undo(self):
        """Take the posting away and let the one before it go on. Raises NotNow where others followed."""
        if self.posting is None or self.person.postings.filter(starts_on__gt=self.starts_on).exists():
            raise NotNow(_("A later posting stands on this one. Undo that first."))
        ends_on = self.posting.ends_on
        self.posting.delete()
        self.former.ends_on = ends_on
        self.former.save(update_fields=["ends_on"])


@tracked()
class Leaving(Undone):
    """The end of a person's service: posting and status end with the last day, the account the day after."""

    class Cause(models.TextChoices):
        DEATH = "death", gettext_lazy("death")
        RETIREMENT = "retirement", gettext_lazy("retirement")
        STATE_LEAVE = "state_leave", gettext_lazy("leave of absence from the state")
        DISMISSAL = "dismissal", gettext_lazy("dismissal")
        MOVED_AWAY = "moved_away", gettext_lazy("move to another government")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="leavings")
    cause = models.CharField(gettext_lazy("cause"), max_length=12, choices=Cause)
    last_day = models.DateField(
        gettext_lazy("last day of service"),
        validators=[within_reach],
        help_text=gettext_lazy("The day of death is one."),
    )
    posting = models.ForeignKey(Posting, models.SET_NULL, null=True, editable=False, related_name="+")
    posting_ended_on = models.DateField(null=True, editable=False)
    status_ended_on = models.DateField(null=True, editable=False)

    class Meta(Undone.Meta):
        ordering = ["pk"]
        verbose_name = gettext_lazy("end of service")
        constraints = [
            *Step.Meta.constraints,
            never_about_oneself(),
            one_waits("one_leaving_of_a_person_waits"),
            models.CheckConstraint(
                name="only_a_leaving_that_stood_is_cancelled",
                condition=Q(cancelled_at__isnull=True) | Q(outcome="approved"),
            ),
        ]

    def __str__(self):
        return f"{self.person}: {self.get_cause_display()}"

    @property
    def starts_on(self):
        return self.last_day + ONE_DAY

    def clean(self):
        """The person is in service on that day, and nothing begins after it."""
        super().clean()
        if not (self.person_id and self.last_day):
            return
        if self.person.deactivated_on:
            raise ValidationError({"last_day": _("This person's service has ended already.")})
        first = self.person.postings.order_by("starts_on").first()
        if first and first.starts_on > self.last_day:
            sentence = _("This lies before the first day of service, %(day)s.")
            said = sentence % {"day": dateformat.format(first.starts_on, DAY)}
            raise ValidationError({"last_day": said})
        if self.person.postings.filter(starts_on__gt=self.last_day).exists():
            raise ValidationError({"last_day": _("A posting begins after this day. Undo that one first.")})

    def take_force(self):
        """Posting, status and roles end with the last day; the account opens nothing from the next day on."""
        self._hold()
        self.posting = self.person.postings.on(self.last_day).first()
        if self.posting:
            self.posting_ended_on, self.posting.ends_on = self.posting.ends_on, self.last_day
            self.posting.save(update_fields=["ends_on"])
        status = self.person.statuses.filter(starts_on__lte=self.last_day).order_by("-starts_on").first()
        if status and (status.ends_on is None or status.ends_on > self.last_day):
            self.status_ended_on, status.ends_on = status.ends_on, self.last_day
            status.save(update_fields=["ends_on"])
        self.person.grants.on(self.starts_on).filter(starts_on__lte=self.last_day).update(
            ends_on=self.last_day
        )
        self.person.deactivated_on = self.starts_on
        self.person.save(update_fields=["deactivated_on"])
        self.save(update_fields=["posting", "posting_ended_on", "status_ended_on"])

    def undo(self):
        """Let posting and status run as before; roles are granted anew."""
        if self.posting:
            self.posting.ends_on = self.posting_ended_on
            self.posting.save(update_fields=["ends_on"])
        status = self.person.statuses.filter(ends_on=self.last_day).first()
        if status:
            status.ends_on = self.status_ended_on
            status.save(update_fields=["ends_on"])
        self.person.deactivated_on = None
        self.person.save(update_fields=["deactivated_on"])


class Undoing(Cancellation):
    """The request to undo a step; the concrete model declares `step` and `person`."""

    class Meta(Cancellation.Meta):
        abstract = True

    def take_force(self):
        self.step.cancel(at=self.decided_at)
        self.step.undo()


@tracked()
class TransferCancellation(Undoing):
    """The request to undo a transfer, with its reason."""

    step = models.ForeignKey(Transfer, models.PROTECT, related_name="cancellations")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta(Undoing.Meta):
        ordering = ["pk"]
        verbose_name = gettext_lazy("cancellation of a transfer")
        constraints = [
            *Undoing.Meta.constraints,
            never_about_oneself(),
            one_waits("one_cancellation_of_a_transfer_waits", "step"),
        ]

    def __str__(self):
        return f"{self.step} ✗"


@tracked()
class LeavingCancellation(Undoing):
    """The request to undo an end of service, with its reason."""

    step = models.ForeignKey(Leaving, models.PROTECT, related_name="cancellations")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta(Undoing.Meta):
        ordering = ["pk"]
        verbose_name = gettext_lazy("cancellation of an end of service")
        constraints = [
            *Undoing.Meta.constraints,
            never_about_oneself(),
            one_waits("one_cancellation_of_a_leaving_waits", "step"),
        ]

    def __str__(self):
        return f"{self.step} ✗"
