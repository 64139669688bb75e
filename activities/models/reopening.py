"""Days that have become working days after the fact, and the window that each gives. Source: domain.md, 3."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from activities.models.open_days import Months
from activities.models.opened import OpenDay, told_under
from activities.models.rules import EntryRule
from calendars.models.obligations import person_calendars
from calendars.weeks import days_between
from notices.models import Notice
from records.dated import NoRule

AHEAD = timedelta(days=45)  # how far working days are counted for a window
REACH = timedelta(days=100)  # no month stays open longer


def calendars_around(people_ids, first, *, at):
    """The PersonCalendars of people from the day `first` to as far ahead as a window counts."""
    return person_calendars(people_ids, first=first, last=at.date() + AHEAD)


def reopened(before, after, days, *, at):
    """OpenDays, unsaved, for each of `days` that asks for a report in `after` and did not in `before`.

    Both are PersonCalendars by person id. A day gets the window that a day worked today has, to the review
    close of its month, where its own is over or ends earlier. Also the (person id, day) that get none,
    because their month takes no report any more.
    """
    windows, rows, shut = _Windows(after, days, at=at), [], []
    for person, calendar in after.items():
        earlier = before.get(person)
        for day in days:
            asks = calendar.on(day)
            if not asks.is_obliged or (earlier and earlier.on(day).is_obliged):
                continue
            until = windows.further(calendar, asks)
            if until:
                cause = OpenDay.Cause.WORKING
                rows.append(OpenDay(person_id=person, day=day, until=until, cause=cause))
            elif windows.is_shut(asks):
                shut.append((person, day))
    return rows, shut


def take_back_notices(first, last, *, at, people=None):
    """Withdraw the news of days from `first` to `last` that are no working days any more. Safe twice.

    Of ids `people`, or of everybody who was told.
    """
    opened = OpenDay.objects.filter(cause=OpenDay.Cause.WORKING, day__range=(first, last), until__gt=at)
    rows = list(opened if people is None else opened.filter(person__in=people))
    calendars = person_calendars({row.person_id for row in rows}, first=first, last=last) if rows else {}
    lost = {}
    for row in rows:
        if row.person_id not in calendars or not calendars[row.person_id].on(row.day).is_obliged:
            lost.setdefault(told_under(row.cause, row.day, row.until), []).append(row.person_id)
    for key, told in lost.items():
        Notice.objects.withdraw(key, at=at, people=told)


class _Windows:
    """Windows of many people, from rules and months that are read once."""

    def __init__(self, calendars, days, *, at):
        self.at, self.rules = at, EntryRule.objects.timeline()
        agencies = {stay.agency_id for calendar in calendars.values() for stay in calendar.stays}
        self.months = Months(Months.rows(sorted(agencies), min(days), max(days)))
        self._shared = {}

    def further(self, calendar, asks):
        """The moment to which the day is opened once more; None where that gives nothing."""
        stay = asks.stay
        shared = (id(stay.calendar), stay.zone, stay.agency_id, asks.day)
        if calendar.absences or len(calendar.stays) > 1:
            return self._further(calendar, asks)
        if shared not in self._shared:
            self._shared[shared] = self._further(calendar, asks)
        return self._shared[shared]

    def is_shut(self, asks):
        """Whether its month takes nothing any more."""
        month = self._month(asks)
        return month is not None and not month.is_open_for_review(self.at)

    def _further(self, calendar, asks):
        month, zone = self._month(asks), ZoneInfo(asks.stay.zone)
        today = self.at.astimezone(zone).date()
        rule, rule_now = self.rules.find(asks.day), self.rules.find(today)
        if month is None or None in (rule, rule_now) or not month.is_open_for_review(self.at):
            return None
        own = self._window(rule, asks.day, calendar, zone, month.entry_closes_at)
        until = self._window(rule_now, today, calendar, zone, month.review_closes_at)
        return until if until > max(own, self.at) else None

    def _window(self, rule, day, calendar, zone, month_closes_at):
        later = days_between(day + timedelta(days=1), self.at.date() + AHEAD)
        working = (each for each in later if calendar.on(each).is_obliged)
        found = rule.window(day, zone=zone, working_days=working, month_closes_at=month_closes_at)
        return found.closes_at

    def _month(self, asks):
        try:
            return self.months.of_agency(asks.stay.agency_id, asks.day)
        except NoRule:
            return None
