"""Which post each person of a list gets: one that stands, or one to be made, below that of their superior."""

from collections import defaultdict
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from organization.imports.families import families_of
from organization.models import JobClass, Level, Posting, PostTerm
from organization.models.arrivals import PlannedSeat

LATEST = date.max


def _plain(title):
    return " ".join(title.casefold().split())


class Seats:
    """The posts of the units of a list, and those that the list makes."""

    def __init__(self, arrivals, *, outcome):
        self.outcome = outcome
        self.classes = {row.number: row for row in JobClass.objects.all()}
        self.named = {one.superior for one in arrivals if one.superior}
        self.made, self.new = {}, []
        self.standing, self.taken = defaultdict(list), {}
        units = {one.unit.pk for one in arrivals if one.unit}
        terms = PostTerm.objects.known(timezone.localdate()).filter(unit__in=units)
        for term in terms.select_related("post", "job_class", "unit"):
            self.standing[term.unit_id, _plain(term.post.title)].append(term)
        held = Posting.objects.filter(post__in=terms.values("post"), sole=True)
        for post, last in held.values_list("post", "ends_on"):
            self.taken[post] = max(self.taken.get(post, date.min), last or LATEST)
        self.seats = {}

    def seat_of(self, post, unit=None):
        """The PlannedSeat of a post that stands."""
        if post.pk not in self.seats:
            self.seats[post.pk] = PlannedSeat(post.title, unit, sole=post.sole, post=post)
        return self.seats[post.pk]

    def place(self, arrival, above):
        """The seat of a new person below the seat `above` or None; None where the list does not tell it."""
        if not self._is_told(arrival):
            return None
        if found := self._standing(arrival, above):
            return found
        if arrival.number is None:
            if "number" in arrival.record.table.columns:
                self.outcome.warn(arrival.record, "number", _("Without a class this new post is not made."))
            return None
        return self._new(arrival, above)

    def _is_told(self, arrival):
        """Whether title and first day are there; what is missing in a column of the list is told."""
        for name, sentence in (
            ("title", _("Without a title no post is recorded.")),
            ("posted_on", _("Without its first day no post is recorded.")),
        ):
            if getattr(arrival, name):
                continue
            if name in arrival.record.table.columns and name not in arrival.doubts:
                self.outcome.warn(arrival.record, name, sentence)
            return False
        return True

    def _standing(self, arrival, above):
        """A post of that title in the unit that is free: that below `above` first, else the only one."""
        found = [
            term
            for term in self.standing[arrival.unit.pk, _plain(arrival.title)]
            if arrival.number in (None, term.job_class.number)
            and (term.post.sole or arrival.nip not in self.named)
            and self.taken.get(term.post_id, date.min) < arrival.posted_on
        ]
        superior = above and (above.post.pk if above.post else 0)
        below = [term for term in found if term.superior_id == superior]
        fit = below or (found if len(found) == 1 and (found[0].post.sole or above is None) else [])
        if not fit:
            return None
        if fit[0].post.sole:
            self.taken[fit[0].post_id] = LATEST
        return self.seat_of(fit[0].post, fit[0].unit)

    def _new(self, arrival, above):
        job_class = self.classes.get(arrival.number)
        if job_class is None:
            self.outcome.warn(
                arrival.record, "number", _("This class is not in the list of classes; no post is made.")
            )
            return None
        level, leads = job_class.level, arrival.is_head or arrival.nip in self.named
        if leads and level == Level.STAFF:
            level = Level.SUPERVISOR
        sole = level != Level.STAFF
        key = (arrival.unit.pk, _plain(arrival.title), arrival.number, id(above), arrival.nip if sole else "")
        if key not in self.made:
            self.made[key] = PlannedSeat(
                arrival.title, arrival.unit, job_class, level, sole, families_of(arrival.title), above
            )
            self.new.append(self.made[key])
        return self.made[key]
