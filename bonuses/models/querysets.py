"""Which runs a person reads and moves, and how a run is made."""

from functools import reduce
from operator import or_

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Exists, OuterRef, Prefetch, Subquery, Sum
from django.utils.translation import gettext as _

from bonuses.models.lines import Line
from bonuses.models.shares import Share
from calendars.models import Month
from organization.models import Role, Unit
from records.refusals import Refusal

READERS = (Role.MAKER, Role.CHECKER, Role.RELEASER, Role.AUDITOR)
PEOPLE = ("made_by", "requested_by", "checked_by", "released_by", "refused_by", "cancelled_by")


class LiveRun(Refusal):
    """The month of an agency already stands in a live run, `share.run`."""

    def __init__(self, share):
        self.share = share
        super().__init__(share.taken(), field="months")


class RunQuerySet(models.QuerySet):
    def readable_by(self, person, *, on):
        """Runs whose agencies all lie in the scope of their finance roles or audit. Newest first."""
        return self.movable_by(person, *READERS, on=on)

    def movable_by(self, person, *roles, on):
        """Runs whose agencies all lie in the scope of their grants of these roles."""
        scopes = (person.agencies(role, on=on) for role in roles if person.holds(role, on=on))
        return self.within(reduce(or_, scopes, Unit.objects.none()).order_by().values("pk"))

    def within(self, agencies):
        shares = Share.objects.filter(run=OuterRef("pk"))
        outside = shares.exclude(month__agency__in=agencies)
        return self.filter(Exists(shares), ~Exists(outside)).order_by("-year", "-month", "-pk")

    def with_people(self):
        return self.select_related(*PEOPLE)

    def with_agencies(self):
        """Each with its shares, their months and agencies read: one query more."""
        return self.prefetch_related(
            Prefetch("shares", queryset=Share.objects.select_related("month__agency"))
        )

    def with_sums(self):
        """Each with `net_sum` in rupiah, its agencies, and who made it, for a list."""
        lines = Line.objects.filter(share__run=OuterRef("pk"), attempt=OuterRef("attempt")).order_by()
        net = lines.values("share__run").annotate(net_sum=Sum("net")).values("net_sum")
        return self.annotate(net_sum=Subquery(net)).select_related("made_by").with_agencies()

    def make(self, months, *, by, at):
        """Draft a run of these months, all final, all of the same calendar month.

        Raises ValidationError with a sentence, or LiveRun where one of them already stands in a live run.
        """
        months = list(months)
        if len({month.key for month in months}) != 1:
            raise ValidationError(_("Choose at least one agency, all of the same month."))
        for month in months:
            if month.status != Month.Status.FINAL:
                raise ValidationError(not_final(month))
        first = Share.objects.live().filter(month__in=months).first()
        if first:
            raise LiveRun(first)
        return self._insert(months, by=by, at=at)

    def _insert(self, months, *, by, at):
        key = months[0].key
        try:
            with transaction.atomic():
                run = self.create(year=key.year, month=key.month, made_by=by, made_at=at)
                Share.objects.bulk_create(Share(run=run, month=month) for month in months)
        except IntegrityError:
            first = Share.objects.live().filter(month__in=months).first()
            if first is None:
                raise
            raise LiveRun(first) from None
        return run


def not_final(month):
    return _("%(month)s of %(agency)s is not final yet: it is %(status)s.") % {
        "month": month.name,
        "agency": month.agency,
        "status": month.get_status_display(),
    }
