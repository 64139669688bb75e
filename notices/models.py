"""What a person is told: one row for each thing, shown until they have seen it.

Who is told is the caller's answer; this room knows people by `settings.AUTH_USER_MODEL` alone.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models, transaction
from django.db.models import OuterRef, Q
from django.db.models.functions import JSONObject
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy

from records.history import tracked

BLOCK = 1000  # rows written by one statement
KINDS = {}
UNSEEN_AT_MOST = 20
SHOWN = ("pk", "kind", "data", "link", "made_at")


@dataclass(frozen=True)
class News:
    """One kind of news: `words` makes its sentence from what was kept, in the language of the reader."""

    code: str
    words: Callable[[dict], str]

    def __post_init__(self):
        KINDS[self.code] = self


class NoticeQuerySet(models.QuerySet):
    def of(self, person):
        """What stands for a person, newest first."""
        return self.filter(person=person, withdrawn_at__isnull=True).order_by("-made_at", "-pk")

    def unseen(self):
        return self.filter(seen_at__isnull=True)

    def unseen_rows(self):
        """The newest unseen ones of the person of an outer query, as `Notice.of_row` reads them."""
        rows = self.of(OuterRef("pk")).unseen().values(row=JSONObject(**{name: name for name in SHOWN}))
        return ArraySubquery(rows[:UNSEEN_AT_MOST])

    @transaction.atomic
    def tell(self, people_ids, *, key, kind, at, link="", data=None):
        """Tell each of `people_ids` once under `key`, however often it is called; nobody is told twice.

        Whoever was told and had it withdrawn is told anew.
        """
        people = list(people_ids)
        facts = {"kind": kind.code, "data": data or {}, "link": link, "made_at": at}
        again = self.filter(person__in=people, key=key, withdrawn_at__isnull=False)
        again.update(seen_at=None, withdrawn_at=None, **facts)
        self.bulk_create(
            (self.model(person_id=person, key=key, **facts) for person in people),
            ignore_conflicts=True,
            batch_size=BLOCK,
        )

    def withdraw(self, key, *, at, people=None):
        """Take back what was told under `key`, to ids `people` or to all: they see it no more. Safe twice."""
        told = self.filter(key=key, withdrawn_at__isnull=True)
        (told if people is None else told.filter(person__in=people)).update(withdrawn_at=at)

    def see(self, person, ids, *, at):
        """Note that `person` has seen those of `ids` that are theirs; the first time counts."""
        self.of(person).unseen().filter(pk__in=ids).update(seen_at=at)


@tracked()
class Notice(models.Model):
    """Something that one person is told, once under its key. `link` leads to where it is."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="notices")
    key = models.CharField(max_length=100)
    kind = models.CharField(max_length=30)
    data = models.JSONField(default=dict)
    link = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("notice")
        constraints = [
            models.UniqueConstraint(name="told_once_under_a_key", fields=["person", "key"]),
        ]
        indexes = [
            models.Index(name="what_stands_for_a_person", fields=["person", "-made_at"]),
            models.Index(
                name="what_somebody_has_not_seen",
                fields=["person"],
                condition=Q(seen_at__isnull=True, withdrawn_at__isnull=True),
            ),
        ]

    def __str__(self):
        return f"{self.person_id}: {self.key}"

    @classmethod
    def of_row(cls, row):
        """A notice as `unseen_rows` read it."""
        return cls(**row | {"made_at": parse_datetime(row["made_at"])})

    @property
    def sentence(self):
        """What it says, in the language of the page."""
        return KINDS[self.kind].words(self.data)
