"""Numbers set by decree: rows with a first day, looked up by the date of the work."""

from copy import copy
from functools import partial
from typing import NamedTuple

import pgtrigger
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records.looks import GOOD, PLAIN, ShownChoices
from records.refusals import NotAllowed, NotNow, Refusal
from records.timeline import Timeline
from records.typed import TypedLine, TypedProse


class Keepers(NamedTuple):
    """Who drafts and approves rules of a kind: their roles in the city, and how they are called."""

    roles: tuple[str, ...]
    called: Promise


HR_OF_THE_CITY = Keepers(("hr",), gettext_lazy("the HR administrators of the city"))
HEADS_OF_ASSESSMENT = Keepers(("head",), gettext_lazy("the heads of assessment"))
FINANCE_OF_THE_CITY = Keepers(("maker", "checker", "releaser"), gettext_lazy("finance of the city"))


def approved_stays():
    """An approved rule is never changed or removed, so that whatever came of it can be computed again.

    Only its withdrawal is written beside it, by two people and before its first day.
    """
    return [
        pgtrigger.Trigger(
            name="approved_rule_stays",
            when=pgtrigger.Before,
            operation=pgtrigger.Update | pgtrigger.Delete,
            declare=[("parts", "text[]")],
            condition=pgtrigger.Condition("OLD.status <> 'draft'"),
            func="""
                parts = ARRAY['status', 'withdrawal_asked_by_id', 'withdrawn_by_id', 'withdrawn_at'];
                IF TG_OP = 'UPDATE' THEN
                    IF OLD IS NOT DISTINCT FROM NEW THEN RETURN NEW; END IF;
                    IF OLD.status = 'approved' AND to_jsonb(NEW) - parts = to_jsonb(OLD) - parts
                        AND (NEW.status = 'approved' OR NEW.status = 'withdrawn'
                            AND OLD.withdrawal_asked_by_id IS NOT NULL
                            AND (NEW.withdrawn_at AT TIME ZONE 'Asia/Jakarta')::date < OLD.valid_from)
                    THEN RETURN NEW; END IF;
                END IF;
                RAISE EXCEPTION 'append_only' USING ERRCODE = 'check_violation';
            """,
        )
    ]


def begins_on_the_first():
    """Score and pay rules hold for whole months. Source: domain.md, section 3."""
    return models.CheckConstraint(
        name="%(app_label)s_%(class)s_begins_on_the_first",
        condition=Q(valid_from__day=1),
        violation_error_message=gettext_lazy("A rule of this kind begins on the first day of a month."),
    )


class NoRule(Refusal, LookupError):
    """No approved rule is in force on that day."""

    def __init__(self, model, on):
        super().__init__(
            _("No rule “%(rule)s” is in force on %(day)s. Ask HR to approve one.")
            % {"rule": model._meta.verbose_name, "day": on.isoformat()}
        )


class DatedRuleQuerySet(models.QuerySet):
    def approved(self):
        return self.filter(status=DatedRule.Status.APPROVED)

    def in_force(self, on, scope=""):
        """The approved rule of `scope` with the latest `valid_from` not after the day `on`.

        Raises NoRule where there is none. Source: domain.md, section 6, "Dated rules".
        """
        rule = self.up_to(on, scope).first()
        if rule is None:
            raise NoRule(self.model, on)
        return rule

    def up_to(self, day, scope=""):
        """Approved rules of `scope` from `day` (a date or an expression) or earlier, latest first.

        The first is the one in force: also of a subquery, where the day is a column of the row outside.
        """
        return self.approved().filter(scope=scope, valid_from__lte=day).order_by("-valid_from")

    def timeline(self):
        """The approved rules as a Timeline, of every scope; one query for any number of days.

        It raises NoRule where none is in force.
        """
        return timeline_of(self.approved())


def timeline_of(rules):
    """The Timeline of a queryset of approved rules, which may have been read already."""
    return Timeline(rules, missing=partial(NoRule, rules.model))


class DatedRule(models.Model):
    """A rule in force from `valid_from` until the next approved one of its scope.

    Once approved it stays as it is; a change is a rule from a later day. The kind is the concrete model;
    `scope` is what it is for ("" = the whole city). One person drafts, another of the same role approves.
    Each names its decree and article. One that begins today or earlier needs a reason. `keepers` are those
    who draft and approve its kind.
    """

    keepers = HR_OF_THE_CITY
    only_on_the_first = False  # of a month; a kind for which it is true has begins_on_the_first()

    class Status(ShownChoices):
        DRAFT = "draft", "s-draf", PLAIN, gettext_lazy("draft")
        APPROVED = "approved", "s-disetujui", GOOD, gettext_lazy("approved")
        WITHDRAWN = "withdrawn", "s-dibatalkan", PLAIN, gettext_lazy("withdrawn")

    scope = models.CharField(gettext_lazy("scope"), max_length=40, blank=True, default="")
    valid_from = models.DateField(gettext_lazy("valid from"))
    decree = TypedLine(gettext_lazy("decree"), max_length=200)
    article = TypedLine(gettext_lazy("article"), max_length=60, blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    reason = TypedProse(gettext_lazy("reason"), blank=True)
    withdrawal_asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = DatedRuleQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["scope", "-valid_from", "pk"]
        triggers = approved_stays()
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_drafter_is_not_approver",
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("drafted_by")),
                violation_error_message=gettext_lazy("Who drafted a rule cannot approve it."),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_approved_by_somebody",
                condition=Q(status="approved", approved_by__isnull=False, approved_at__isnull=False)
                | Q(status="draft", approved_by__isnull=True, approved_at__isnull=True)
                | Q(status="withdrawn", withdrawn_by__isnull=False, withdrawn_at__isnull=False),
                violation_error_message=gettext_lazy("An approved rule names who approved it and when."),
            ),
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_approved_a_day",
                fields=["scope", "valid_from"],
                condition=Q(status="approved"),
                violation_error_message=gettext_lazy(
                    "A rule of this scope is already approved from that day."
                ),
            ),
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_draft_a_day",
                fields=["scope", "valid_from"],
                condition=Q(status="draft"),
                violation_error_message=gettext_lazy(
                    "A draft of this rule from that day waits already. Approve it, or withdraw it first."
                ),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_withdrawn_by_two",
                condition=Q(approved_by__isnull=True)
                | Q(withdrawn_by__isnull=True)
                | Q(withdrawal_asked_by__isnull=False) & ~Q(withdrawn_by=F("withdrawal_asked_by")),
                violation_error_message=gettext_lazy("An approved rule is withdrawn by two people."),
            ),
        ]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.scope} {self.valid_from:%Y-%m-%d}".replace("  ", " ")

    @property
    def shown_status(self):
        """Its status with word, shape and tone."""
        return self.Status(self.status)

    def clean(self):
        """Refuse a day that is not in the future without a reason, by whatever path. Case D107."""
        super().clean()
        if self.valid_from and not self.reason and not self.begins_later_than(timezone.localdate()):
            sentence = _("A rule that begins today or earlier needs a reason.")
            raise ValidationError({"reason": sentence})

    def begins_later_than(self, today):
        return self.valid_from > today

    def is_kept_by(self, user, *, on):
        """Whether `user` may draft, approve and withdraw rules of this kind on that day."""
        return any(user.holds_citywide(role, on=on) for role in self.keepers.roles)

    def draft(self, *, by):
        """Store what was typed as a draft of `by`; sent twice it is one. Returns it.

        Raises NotAllowed, or ValidationError with sentences by field.
        """
        self._refuse_unless_kept_by(by, on=timezone.localdate())
        if stored := self.drafted_before(by=by):
            return stored
        self.full_clean()
        try:
            with transaction.atomic():
                self.save(force_insert=True)
        except IntegrityError:
            self.validate_constraints()
            raise
        return self

    def approve(self, *, by, at=None):
        """Put the draft in force. Of two at once the second reads who was first.

        Raises NotAllowed, NotNow, or ValidationError with a sentence if `by` drafted it.
        """
        at = at or timezone.now()
        self._refuse_unless_kept_by(by, on=timezone.localdate(at))
        if self.status != self.Status.DRAFT:
            raise self._changed()
        signed = {"status": self.Status.APPROVED, "approved_by": by, "approved_at": at}
        tried = copy(self)
        for name, value in signed.items():
            setattr(tried, name, value)
        tried.full_clean()
        self._end(self.Status.DRAFT, **signed)

    def withdraw(self, *, by, at=None):
        """Withdraw a draft; of an approved rule that begins later, ask for it, and by a second person do it.

        Raises NotAllowed or NotNow.
        """
        at = at or timezone.now()
        today = timezone.localdate(at)
        self._refuse_unless_kept_by(by, on=today)
        gone = {"status": self.Status.WITHDRAWN, "withdrawn_by": by, "withdrawn_at": at}
        if self.status == self.Status.DRAFT:
            return self._end(self.Status.DRAFT, **gone)
        if self.status == self.Status.WITHDRAWN:
            raise self._changed()
        if not self.begins_later_than(today):
            raise NotNow(_("This rule is in force: it stays, and a change is a rule from a later day."))
        if self.withdrawal_asked_by_id in (None, by.pk):
            return self._end(self.Status.APPROVED, withdrawal_asked_by=by)
        return self._end(self.Status.APPROVED, **gone)

    def _refuse_unless_kept_by(self, by, *, on):
        if not self.is_kept_by(by, on=on):
            sentence = _("Rules of this kind are drafted, approved and withdrawn by %(keepers)s.")
            raise NotAllowed(sentence % {"keepers": self.keepers.called})

    def drafted_before(self, *, by):
        """The draft that `by` has sent before with the same values, if any."""
        self.drafted_by = by
        beside = {"id", "status"}
        typed = {f.attname: getattr(self, f.attname) for f in self._meta.fields if f.name not in beside}
        drafts = type(self).objects.filter(status=self.Status.DRAFT)
        return drafts.filter(**{name: value for name, value in typed.items() if value is not None}).first()

    def _end(self, before, /, **fields):
        """Write `fields` where the status is still `before`, and read the row anew. Raises NotNow."""
        changed = type(self).objects.filter(pk=self.pk, status=before).update(**fields)
        self.refresh_from_db()
        if not changed:
            raise self._changed()

    def _changed(self):
        who = self.withdrawn_by if self.status == self.Status.WITHDRAWN else self.approved_by
        facts = {"name": who, "status": self.get_status_display()}
        return NotNow(_("%(name)s has decided this already: %(status)s.") % facts)
