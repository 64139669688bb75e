"""Sets of more rows than one request takes: stored as they were shown, decided block by block by the worker.

All rows of these tables are only ever added. Source: cases D27 and D115.
"""

from functools import cached_property
from operator import itemgetter

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Count, F, Q, Sum
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from approvals.models.decisions import Decision
from calendars.weeks import Week
from records.history import append_only, refusal
from records.refusals import NotNow
from records.typed import TypedProse

BLOCK = 1000  # rows of one transaction


class SentAlready(NotNow):
    """The set was sent before, with other people chosen."""

    sentence = gettext_lazy("This list was already sent. What became of it stands below.")


class BulkSetQuerySet(models.QuerySet):
    def show(self, rows, *, to, week, at):
        """Keep that these rows, as (activity id, version, owner's id), were shown; the same rows once."""
        listed = zip(*sorted(rows), strict=True)
        columns = dict(zip(("activities", "versions", "owners"), map(list, listed), strict=True))
        same = {"person": to, "monday": week.first_day, **columns}
        return self.filter(act=None, **same).first() or self.create(shown_at=at, **same)

    def forget_unsent(self, *, before):
        """Remove what was shown before a moment and never sent."""
        return self.filter(act=None, shown_at__lt=before).delete()[0]


class BulkSet(models.Model):
    """The rows of a week that one person was shown, to be decided with one act: ids, versions and owners."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    monday = models.DateField()
    activities = ArrayField(models.BigIntegerField())
    versions = ArrayField(models.PositiveIntegerField())
    owners = ArrayField(models.BigIntegerField())
    shown_at = models.DateTimeField()

    objects = BulkSetQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        triggers = [refusal("append_only", pgtrigger.Update)]
        constraints = [
            models.CheckConstraint(
                name="a_set_lists_rows_with_version_and_owner",
                condition=Q(
                    activities__len__gte=1,
                    versions__len=F("activities__len"),
                    owners__len=F("activities__len"),
                ),
            )
        ]

    def __str__(self):
        return f"{self.person}: {self.week}, {len(self.activities)}"

    @property
    def week(self):
        return Week.of(self.monday)

    def send(self, *, people, verdict, at, reason=""):
        """Ask that the rows of `people` (ids of owners) be decided by the worker; returns the BulkAct.

        Sent again it is the same act. Raises ValidationError where nobody of the set is chosen, SentAlready
        where others were chosen before.
        """
        chosen = sorted(set(people) & set(self.owners))
        if not chosen:
            raise ValidationError({"people": _("Choose at least one person.")})
        asked = {"people": chosen, "verdict": verdict, "reason": reason}
        language, rows = translation.get_language(), sum(owner in set(chosen) for owner in self.owners)
        try:
            with transaction.atomic():
                return BulkAct.objects.create(listed=self, at=at, rows=rows, language=language, **asked)
        except IntegrityError:
            found = BulkAct.objects.get(listed=self)
        if {name: getattr(found, name) for name in asked} != asked:
            raise SentAlready
        return found


class BulkActQuerySet(models.QuerySet):
    def of(self, person):
        """What `person` sent, newest first."""
        return self.filter(listed__person=person)

    def unfinished(self):
        """What is asked for and not decided to its end."""
        done = Count("blocks")
        return self.annotate(decided_blocks=done).filter(rows__gt=F("decided_blocks") * BLOCK)


class BulkAct(models.Model):
    """One verdict that a person gave on the rows that a BulkSet showed them, of the people they chose."""

    listed = models.OneToOneField(BulkSet, models.PROTECT, related_name="act")
    people = ArrayField(models.BigIntegerField())
    rows = models.PositiveIntegerField()
    verdict = models.CharField(max_length=10, choices=Decision.Verdict)
    reason = TypedProse(blank=True)
    language = models.CharField(max_length=7)
    at = models.DateTimeField()

    objects = BulkActQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        triggers = append_only()

    def __str__(self):
        return f"{self.listed}: {self.verdict}"

    @cached_property
    def pairs(self):
        """(id, version) of the rows to be decided, by id."""
        listed, chosen = self.listed, set(self.people)
        rows = zip(listed.activities, listed.versions, listed.owners, strict=True)
        return [(pk, version) for pk, version, owner in rows if owner in chosen]

    @transaction.atomic
    def decide_next(self, *, at):
        """Decide the next block by the mandate of now; False where none is left.

        Of two workers one waits for the other and takes the block after; a block that is not committed
        whole is decided again whole.
        """
        rows = BulkAct.objects.select_related("listed__person")
        act = rows.select_for_update(no_key=True, of=("self",)).get(pk=self.pk)
        number = act.blocks.count()
        pairs = act.pairs[number * BLOCK : (number + 1) * BLOCK]
        if not pairs:
            return False
        with translation.override(act.language):
            by, terms = act.listed.person, {"verdict": act.verdict, "reason": act.reason}
            results = Decision.objects.record_many(pairs, by=by, at=at, **terms)
            BulkBlock.objects.store(act, number, results, at=at)
        return True

    @cached_property
    def outcome(self):
        """How far it is: rows looked at, rows decided, and the minutes approved; one query."""
        sums = self.blocks.aggregate(
            seen=Sum("rows", default=0), decided=Sum("decided", default=0), minutes=Sum("minutes", default=0)
        )
        return sums | {"refused": sums["seen"] - sums["decided"], "left": self.rows - sums["seen"]}

    @property
    def is_done(self):
        return self.outcome["left"] == 0

    @cached_property
    def refusals(self):
        """Why a row was left as it is, by its id, in the order of ids."""
        found = self.blocks.order_by("number").values_list("refusals", flat=True)
        return {pk: sentence for block in found for pk, sentence in sorted(block, key=itemgetter(0))}


class BulkBlockQuerySet(models.QuerySet):
    def store(self, act, number, results, *, at):
        """Keep what became of each row of a block, in the transaction that decided it."""
        made = [result.decision for result in results if result.decision]
        return self.create(
            act=act,
            number=number,
            rows=len(results),
            decided=len(made),
            minutes=sum(decision.minutes for decision in made),
            refusals=[(result.pk, result.refusal) for result in results if result.refusal],
            at=at,
        )


class BulkBlock(models.Model):
    """What became of one block of a BulkAct. `refusals` are pairs of an activity's id and a sentence."""

    act = models.ForeignKey(BulkAct, models.PROTECT, related_name="blocks")
    number = models.PositiveIntegerField()
    rows = models.PositiveIntegerField()
    decided = models.PositiveIntegerField()
    minutes = models.PositiveIntegerField()
    refusals = models.JSONField()
    at = models.DateTimeField()

    objects = BulkBlockQuerySet.as_manager()

    class Meta:
        ordering = ["act", "number"]
        triggers = append_only()
        constraints = [
            models.UniqueConstraint(name="a_block_is_decided_once", fields=["act", "number"]),
            models.CheckConstraint(
                name="a_block_decides_at_most_its_rows", condition=Q(rows__gte=1, decided__lte=F("rows"))
            ),
        ]

    def __str__(self):
        return f"{self.act}: {self.number}"
