"""Numbers set by decree: rows with a first day, looked up by the date of the work."""

from functools import partial

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records.looks import GOOD, PLAIN, ShownChoices
from records.refusals import Refusal
from records.timeline import Timeline
from records.typed import TypedLine, TypedProse


def approved_stays():
    """An approved rule is never changed or removed, so that whatever came of it can be computed again."""
    return [
        pgtrigger.Trigger(
            name="approved_rule_stays",
            when=pgtrigger.Before,
            operation=pgtrigger.Update | pgtrigger.Delete,
            condition=pgtrigger.Condition("OLD.status = 'approved'"),
            func="""
                IF TG_OP = 'UPDATE' THEN IF OLD IS NOT DISTINCT FROM NEW THEN RETURN NEW; END IF; END IF;
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
    Each names its decree and article.
    """

    class Status(ShownChoices):
        DRAFT = "draft", "s-draf", PLAIN, gettext_lazy("draft")
        APPROVED = "approved", "s-disetujui", GOOD, gettext_lazy("approved")

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
                | Q(status="draft", approved_by__isnull=True, approved_at__isnull=True),
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
        ]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.scope} {self.valid_from:%Y-%m-%d}".replace("  ", " ")

    def approve(self, *, by, at=None):
        """Put the draft in force. Raises ValidationError with a sentence if `by` drafted it."""
        self.status, self.approved_by = self.Status.APPROVED, by
        self.approved_at = at or timezone.now()
        self.full_clean()
        self.save(update_fields=["status", "approved_by", "approved_at"])
