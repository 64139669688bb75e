"""Who stood where, in which unit, class and level and below whom: postings joined with terms, a view."""

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import F, OuterRef
from django.db.models.functions import Cast, JSONArray

from organization.models.employment import EmploymentStatus
from organization.models.pay import Tariff
from organization.models.postings import Posting
from organization.models.posts import Post, PostTerm
from organization.models.structure import JobClass, Level, Unit
from records.periods import PeriodQuerySet

RELATED = ("posting", "post", "unit__agency", "job_class", "superior")


class PlacementQuerySet(PeriodQuerySet):
    def for_days(self, first, last):
        """Those of the days `first` to `last`, each with its office and with what changes in these days.

        `agency_id`, `pattern` and `zone` are the office's, `class_number` is that of the job class;
        `statuses_then` holds [first day, last day, kind] of each status of the person, days as text;
        `tariffs_begin` the days on which a new tariff of the class begins. One query.
        """
        statuses = EmploymentStatus.objects.filter(person=OuterRef("person")).overlapping(first, last)
        number = Cast(OuterRef("job_class__number"), models.CharField())
        tariffs = Tariff.objects.approved().filter(scope=number, valid_from__gt=first, valid_from__lte=last)
        return self.overlapping(first, last).annotate(
            agency_id=F("unit__agency"),
            class_number=F("job_class__number"),
            pattern=F("unit__pattern"),
            zone=F("unit__zone"),
            statuses_then=ArraySubquery(statuses.values(row=JSONArray("starts_on", "ends_on", "kind"))),
            tariffs_begin=ArraySubquery(tariffs.values("valid_from")),
        )


class Placement(models.Model):
    """A posting in the days of one of its post's terms."""

    key = models.TextField(primary_key=True)
    posting = models.ForeignKey(Posting, models.DO_NOTHING, related_name="placements")
    term = models.ForeignKey(PostTerm, models.DO_NOTHING, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.DO_NOTHING, related_name="placements")
    post = models.ForeignKey(Post, models.DO_NOTHING, related_name="+")
    unit = models.ForeignKey(Unit, models.DO_NOTHING, related_name="+")
    job_class = models.ForeignKey(JobClass, models.DO_NOTHING, related_name="+")
    level = models.CharField(max_length=15, choices=Level)
    superior = models.ForeignKey(Post, models.DO_NOTHING, null=True, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        managed = False
        db_table = "organization_placement"
        ordering = ["person", "starts_on", "key"]

    def __str__(self):
        return f"{self.post.title}, {self.unit} ({self.starts_on:%Y-%m-%d})"

    def holds_on(self, day):
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)
