"""Which activities: of whom and of when; and how one comes into being."""

import uuid
from datetime import date
from typing import NamedTuple

from django.contrib.postgres.aggregates import BitOr
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.db.models import Count, Exists, F, Func, Min, OuterRef, Q, Sum

from activities.models.entries import TYPED, Entry, lock_days
from activities.models.open_days import ReportingDays
from calendars.weeks import MonthKey, months_back
from organization.models import Posting, Role, Suspension
from records.side_by_side import read_together

SEARCHED = ("description", "other_title", "item__name")


class ActivityQuerySet(models.QuerySet):
    def of(self, person):
        """A person's own records, also after a transfer."""
        return self.filter(person=person)

    def on_day(self, day):
        return self.filter(performed_on=day)

    def in_week(self, week):
        return self.filter(performed_on__range=(week.first_day, week.last_day))

    def in_month(self, month):
        """Of the days of a MonthKey, wherever the owners were posted; or of a Month of one agency."""
        if isinstance(month, MonthKey):
            return self.filter(performed_on__range=(month.first_day, month.last_day))
        return self.filter(month=month)

    def months_until(self, present):
        """MonthKeys from that of the earliest row to `present`, newest first: one look into the index."""
        first = self.aggregate(day=Min("performed_on"))["day"]
        return months_back(present, MonthKey.of(first)) if first else []

    def saying(self, text):
        """Rows in whose title or description each word of `text` stands; all where nothing is asked."""
        rows = self
        for word in text.split():
            found = [Q(**{f"{column}__icontains": word}) for column in SEARCHED]
            rows = rows.filter(found[0] | found[1] | found[2])
        return rows

    def filling_the_day(self):
        """What is or was reported, whatever was decided since: a draft fills nothing."""
        return self.exclude(status="draft")

    def of_counting_days(self):
        """Rows of days on which, as known now, their owner holds a post and is not suspended.

        Minutes of other days count nothing. Source: domain.md, section 4, "Counted minutes".
        """
        return self.filter(*counting_days())

    def use_of_items(self, *, since, day):
        """ItemUse by item id, None for other work: rows from `since` on, minutes reported on `day`.

        One query. Without a day there are no minutes.
        """
        on_day = Q(performed_on=day) & ~Q(status="draft")
        found = self.filter(performed_on__gte=min(since, day or since)).order_by().values_list("item")
        used = Count("pk", filter=Q(performed_on__gte=since))
        return {
            item: ItemUse(rows, minutes or 0)
            for item, rows, minutes in found.annotate(n=used, taken=Sum("minutes", filter=on_day))
        }

    def month_facts(self, key, *, people=None, beside=()):
        """MonthTotals by person id for the days of the MonthKey `key`, wherever the owners were posted.

        Days without a post, or suspended, hold nothing. One query that reads one row a person. `people`
        keeps it to some ids; `beside` are lists that the caller needs too, filled by the same query.
        """
        rows = self.in_month(key).filling_the_day().of_counting_days()
        if people is not None:
            rows = rows.filter(person__in=people)
        bit = Func(
            F("performed_on"),
            template="(1 << (EXTRACT(DAY FROM %(expressions)s)::int - 1))",
            output_field=models.IntegerField(),
        )
        totals = (
            rows.order_by()
            .values_list("person_id")
            .annotate(
                counted=Sum("counted_minutes"),
                approved=Sum("approved_minutes"),
                rows=Count("pk"),
                in_time=BitOr(bit, filter=Q(in_time=True)),
            )
        )
        read_together(totals, *beside)
        maps = {}
        return {
            person: MonthTotals(counted, approved, rows, _days(key, in_time, maps))
            for person, counted, approved, rows, in_time in totals
        }


def counting_days(activity=""):
    """The conditions of `of_counting_days`, also for rows that belong to an activity: "activity__"."""
    day, own = OuterRef(f"{activity}performed_on"), {"person": OuterRef(f"{activity}person")}
    suspended = Suspension.objects.filter(**own).standing().on(day)
    return Exists(Posting.objects.filter(**own).on(day)), ~Exists(suspended)


class ItemUse(NamedTuple):
    """How many rows name an item of late, and the minutes reported with it on one day."""

    rows: int
    minutes: int


class MonthTotals(NamedTuple):
    """What a person reported in a month: minutes, rows, and the days first reported inside their window."""

    counted_minutes: int
    approved_minutes: int
    rows: int
    days_in_time: frozenset[date]


def _days(key, bits, maps):
    """The days of a bit map whose bit n-1 is day n; alike maps share one set."""
    bits = bits or 0
    if bits not in maps:
        maps[bits] = frozenset(day for day in key.days if bits >> (day.day - 1) & 1)
    return maps[bits]


class ActivityManager(models.Manager.from_queryset(ActivityQuerySet)):
    @transaction.atomic
    def enter(self, person, *, by, at, token, report, days=None, **typed):
        """Write one activity of `person`, once for each form token, as a report or as a draft.

        Returns the row that the same form already made, with `is_repeat` set, instead of a second one.
        `days`: the person's ReportingDays, where the caller has read them under the lock of the day.
        Raises ValidationError with a sentence for each field refused, PermissionDenied for a stranger.
        """
        performed_on = typed["performed_on"]
        lock_days(person, performed_on)
        made = self.filter(person=person, form_token=token).first()
        if made:
            made.is_repeat = True
            return made
        typed = dict.fromkeys(TYPED) | {"other_title": ""} | typed
        entry = Entry(person, typed, at=at, days=days)
        entry.check(opens=True, reports=report)
        if by.pk != person.pk and not _operates_for(by, entry.day, at):
            raise PermissionDenied
        moments = entry.moments() if report else {}
        status = self.model.Status.REPORTED if report else self.model.Status.DRAFT
        return self.create(
            person=person, entered_by=by, form_token=token, status=status, **moments, **entry.columns()
        )

    @transaction.atomic
    def repeat(self, person, *, by, at, source, day):
        """Copy what `person` reported on the day `source` into `day` as drafts; returns those made.

        However often it is asked, each row is copied once. What the catalogue of their post no longer
        holds is left out.
        """
        lock_days(person, day)
        days, rows = ReportingDays(person, at=at, first=day, last=day), []
        for token, typed in self._uncopied(person, source, day).items():
            entry = Entry(person, typed, at=at, days=days)
            try:
                entry.check(opens=True, reports=False)
            except ValidationError:
                continue
            rows.append(self.model(person=person, entered_by=by, form_token=token, **entry.columns()))
        if rows and by.pk != person.pk and not _operates_for(by, days[day], at):
            raise PermissionDenied
        return self.bulk_create(rows)

    def _uncopied(self, person, source, day):
        """What was typed in the rows of `source` that no copy into `day` was made of, by the copy's token."""
        found = self.of(person).on_day(source).filling_the_day().select_related("item")
        typed = {
            uuid.uuid5(row.form_token, f"repeat {day:%Y-%m-%d}"): {name: getattr(row, name) for name in TYPED}
            | {"performed_on": day}
            for row in found
        }
        made = set(self.filter(person=person, form_token__in=typed).values_list("form_token", flat=True))
        return {token: copy for token, copy in typed.items() if token not in made}


def _operates_for(by, day, at):
    """Whether `by` enters for colleagues of the unit of that day, by a grant."""
    agencies = by.agencies(Role.OPERATOR, on=by.today(at))
    return agencies.filter(pk=day.posting.unit.agency_id).exists()
