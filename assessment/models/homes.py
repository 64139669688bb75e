"""Whose home month a month is, and where the others who worked there are scored.

Source: domain.md, section 6; case D105.
"""

from typing import NamedTuple

from django.utils.translation import gettext as _

from assessment.homes import home_of
from calendars.models import Month
from calendars.models.obligations import obligations
from organization.models import Placement, Unit, User

SHOWN = [Month.Status.PUBLISHED, Month.Status.FINAL]


class Elsewhere(NamedTuple):
    """Somebody who worked in an agency and is scored in another, or in none."""

    person: User
    agency: Unit | None
    is_published: bool

    def __str__(self):
        if self.agency is None:
            return _("in no month: every agency has published without them")
        sentence = _("scored in %(agency)s") if self.is_published else _("to be scored in %(agency)s")
        return sentence % {"agency": self.agency}


class HomeMonth:
    """One month among those of all agencies: which have published, and whom they hold by `scores`.

    `lists` are to be read with what else is asked of the people.
    """

    def __init__(self, month, scores):
        self.month, self._agency_id, self._scores = month, month.agency_id, scores
        shown = Month.objects.filter(year=month.year, month=month.month, status__in=SHOWN)
        self._published = shown.order_by().values_list("agency_id", flat=True)
        held = scores.filter(person__in=self.posted, of_year=month.year, of_month=month.month)
        self._held = held.order_by().values_list("person_id", "month__agency_id")
        self.lists = (self._published, self._held)

    @property
    def posted(self):
        """Ids of everybody who held a post here on a day of the month."""
        key = self.month.key
        here = Placement.objects.overlapping(key.first_day, key.last_day).filter(unit__agency=self._agency_id)
        return here.order_by().values("person")

    def here(self, days):
        """Those of `days`, PersonDays by person id, whose home this month is."""
        homes = self._homes(days)
        return {person: found for person, found in days.items() if homes[person] == self._agency_id}

    def elsewhere(self):
        """An Elsewhere for everybody with a working day here who is scored in another agency, or in none."""
        days = obligations(self._doubtful, self.month.key, self.lists)
        homes, held = self._homes(days), dict(self._held)
        others = {
            person: homes[person]
            for person, found in days.items()
            if found.working and homes[person] != self._agency_id and self._worked_here(found)
        }
        agencies = Unit.objects.in_bulk(set(others.values()) - {None})
        people = User.objects.filter(pk__in=others).by_name() if others else ()
        return [Elsewhere(who, agencies.get(others[who.pk]), who.pk in held) for who in people]

    @property
    def _doubtful(self):
        """Ids of those posted here who may be scored elsewhere: few, where the month has not published.

        Who stands nowhere else in the month is scored here, unless it has published without them.
        """
        if self.month.is_published:
            return self.posted.exclude(person__in=self._scores.filter(month=self.month).values("person"))
        key = self.month.key
        others = Placement.objects.overlapping(key.first_day, key.last_day).exclude(
            unit__agency=self._agency_id
        )
        return self.posted.filter(person__in=others.order_by().values("person"))

    def _homes(self, days):
        published, held = frozenset(self._published), dict(self._held)
        return {
            person: home_of(found.places, published=published, held=held.get(person))
            for person, found in days.items()
        }

    def _worked_here(self, found):
        return any(agency == self._agency_id for _day, agency in found.places)
