"""Many months at once: made on first use, found around a day, closed when their moment has come."""

import logging
from contextlib import contextmanager
from datetime import timedelta
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Min, OuterRef, Q, Subquery
from django.utils import timezone

from calendars.models.month_rules import MonthRule
from calendars.models.outages import BEFORE_CLOSE, Heartbeat, Outage
from calendars.models.patterns import WorkPattern
from calendars.weeks import ONE_DAY, MonthKey, end_of, months_back
from organization.models import Placement, Posting, Unit
from records.refusals import Refusal

logger = logging.getLogger(__name__)


class MonthQuerySet(models.QuerySet):
    def of(self, agency, key):
        """The month `key` of `agency`, made on first use with the dates of the rule in force."""
        found = self.filter(agency=agency, year=key.year, month=key.month).first()
        if found:
            return found
        found, _made = self.get_or_create(
            agency=agency, year=key.year, month=key.month, defaults=self.model.dates_by_rule(agency, key)
        )
        return found

    def open_past(self, at):
        """Make the rows that are missing of months before `at`, of every agency with people in them.

        A month is made on first use; where nobody reported it would never be closed, and its people would
        stand on no list. However many months the clock missed, all are made: from an agency's first row, or
        from the month in which its people were recorded, if that is earlier; nothing before the first rule
        of month dates. An agency whose month cannot be made, such as one without a work pattern, holds up
        no other.
        """
        first_rule = MonthRule.objects.approved().aggregate(day=Min("valid_from"))["day"]
        if first_rule is None:
            return
        last, rows = MonthKey.of(timezone.localdate(at)).previous, {}
        for agency, year, month in self.order_by("year", "month").values_list("agency", "year", "month"):
            rows.setdefault(agency, []).append(MonthKey(year, month))
        for agency in Unit.objects.agencies().annotate(recorded_at=_recorded_at()):
            if agency.recorded_at:
                recorded = MonthKey.of(timezone.localdate(agency.recorded_at))
                begins = min([last, recorded, *rows.get(agency.pk, [])[:1]])
                keys = reversed(months_back(last, max(begins, MonthKey.of(first_rule))))
                self._make(agency, [key for key in keys if key not in rows.get(agency.pk, [])])

    def _make(self, agency, keys):
        """The months `keys` of an agency, those in which somebody stands there."""
        posted = Placement.objects.filter(unit__agency=agency)
        for key in keys:
            if posted.overlapping(key.first_day, key.last_day).exists():
                with _alone(agency, key):
                    self.of(agency, key)

    def around(self, agency, key):
        """{MonthKey: Month} of the month `key` of `agency` and the one before, where they exist.

        Read once for each object `agency`, so that the frame and the page of one request share the query.
        """
        read = _read_around(key)
        wanted = Q(year=key.year, month=key.month)
        wanted |= Q(year=key.previous.year, month=key.previous.month)
        months = models.Prefetch("months", self.filter(wanted), to_attr=read)
        models.prefetch_related_objects([agency], months)
        return {month.key: month for month in getattr(agency, read)}

    def near(self, person, day):
        """What `around` is asked of the offices of `person` (an id) on `day` or the next, to read."""
        posted = Placement.objects.filter(person=person).order_by().values("unit__agency")
        first = MonthKey.of(day).previous.first_day
        return self.between(posted, first, day + ONE_DAY).order_by()

    def lend(self, agency, key, months):
        """Let `around` answer for the object `agency` from `months` that were read already."""
        own = [month for month in months if month.agency_id == agency.pk]
        for month in own:
            month.agency = agency
        setattr(agency, _read_around(key), [month for month in own if month.key in (key, key.previous)])

    def between(self, agencies, first, last):
        """Months of `agencies` with a day from `first` to `last`, in the order of time."""
        numbers = [day.year * 12 + day.month for day in (first, last)]
        return (
            self.filter(agency__in=agencies)
            .alias(number=F("year") * 12 + F("month"))
            .filter(number__range=numbers)
            .order_by("year", "month", "agency__name", "pk")
        )

    def close_due(self, at):
        """Close the review of every open month whose moment has come. Safe to call at any hour, twice.

        What keeps one month open, or who closes it at the same moment, holds up no other. While an outage
        runs none is closed. Source: domain.md, section 3.
        """
        due = self.filter(status=self.model.Status.OPEN, review_closes_at__lte=at).select_related("agency")
        if Outage.objects.running().exists():
            logger.warning("no month is closed while an outage runs: %s wait", due.count())
            return
        for month in due:
            with _alone(month.agency, month.key):
                if not self.waits_for_operator(month, at):
                    month.close(at=at)

    def waits_for_operator(self, month, at):
        """Whether the product was silent in the day before the review closed, and nobody said why.

        At most until 24.00 of the agency's next working day.
        """
        closes_at, zone = month.review_closes_at, ZoneInfo(month.agency.zone)
        if not Heartbeat.objects.unanswered(closes_at - BEFORE_CLOSE, min(at, closes_at)):
            return False
        last = (closes_at - timedelta(microseconds=1)).astimezone(zone).date()
        return at < end_of(WorkPattern.objects.days_after(month.agency, last, [1])[0], zone)

    def move_for(self, outage, *, at):
        """Move the dates inside an outage of every month that is not final; returns how many it moved."""
        dates = Q()
        for name in self.model.DATES:
            dates |= Q(**{f"{name}__gt": outage.starts_at, f"{name}__lte": outage.ends_at})
        inside = self.filter(dates).exclude(status=self.model.Status.FINAL)
        months = list(inside.select_related("agency").order_by("pk").select_for_update(of=("self",)))
        return sum(month.move_for(outage, at=at) for month in months)


def _read_around(key):
    return f"months_around_{key.year}_{key.month}"


def _recorded_at():
    """The moment at which the first posting in an agency was written here, whatever day it begins."""
    here = Placement.objects.filter(unit__agency=OuterRef(OuterRef("pk"))).order_by()
    written = Posting.pgh_event_model.objects.filter(pgh_obj__in=here.values("posting"))
    return Subquery(written.order_by("pgh_created_at").values("pgh_created_at")[:1])


@contextmanager
def _alone(agency, key):
    """Keep what goes wrong with the month of one agency from the others: it is logged, by name."""
    try:
        with transaction.atomic():
            yield
    except (Refusal, ValidationError) as refused:
        logger.warning("the month %s of %s stays as it is: %s", key, agency, refused)
    except Exception:  # whatever it is: the months of all other agencies wait behind it
        logger.exception("the month %s of %s stays as it is", key, agency)
