"""The days of one person as they may report on them, seen at one moment.

Source: domain.md, sections 3 and 4.
"""

from dataclasses import replace

from django.utils.functional import cached_property

from activities.models.opened import OpenDay
from activities.models.reporting_day import ReportingDay
from activities.models.rules import EntryRule
from calendars.models import Month
from calendars.models.obligations import person_calendar
from calendars.moving import moved
from calendars.weeks import ONE_DAY, MonthKey, days_between
from organization.models import Unit
from records.dated import NoRule, timeline_of


class ReportingDays:
    """The days of a person from the month before `at` (or `first`) to the month after it (or `last`).

    A day is put together when it is first asked for, with those after it that its window counts, from
    rows that are read once, by one query, however many days are asked for. `for_page`: a page that only
    shows the days takes the months that its frame has read. `beside` are lists that the page needs too.
    """

    def __init__(self, person, *, at, first=None, last=None, for_page=False, beside=()):
        self.person, self.at, self.today = person, at, person.today(at)
        here = MonthKey.of(self.today)
        self.first = min(filter(None, [first, here.previous.first_day]))
        self.last = max(MonthKey.of(max(filter(None, [last, self.today]))).next.last_day, here.next.last_day)
        self.for_page = for_page and self.first == here.previous.first_day
        self.beside = beside
        self._asked, self._whole = {}, {}

    def __getitem__(self, day) -> ReportingDay:
        """Raises KeyError for a day outside the range."""
        if not self.first <= day <= self.last:
            raise KeyError(day)
        if day not in self._whole:
            self._whole[day] = self._with_window(day)
        return self._whole[day]

    @property
    def posts(self):
        """The posts they held in these days."""
        return list({posting.post: None for posting in self._postings})

    def open_now(self):
        """The days that take a report now, newest first."""
        found, day = [], self.today
        while day >= self.first:
            if self[day].is_open(self.at):
                found.append(self[day])
            if self._nothing_before(self[day]):
                break
            day -= ONE_DAY
        return found

    @property
    def gaps(self):
        """Which approved rule today waits for, and whom to ask, as sentences."""
        return self[self.today].gaps

    def _nothing_before(self, found):
        """Whether no earlier day can be open: this one was over a day ago, and one rule holds for all.

        A day ago, for the office of an earlier day may lie in a zone whose midnight is later. A window
        that ends with its month says nothing of the days before: another month has its own end.
        """
        window = found.window
        return (
            window is not None
            and found.rule == self._rules.find(self.first)
            and window.closes_at < found.month.entry_closes_at
            and window.closes_at + ONE_DAY <= self.at
            and not any(day < found.day for day in self._opened)
        )

    def read(self):
        """Read what the days are put together from, and the lists `beside`, unless that is done."""
        return self._read

    def _asks(self, day):
        """What the day asks of them: all that the windows of others need of it."""
        if day not in self._asked:
            self._asked[day] = self.calendar.on(day)
        return self._asked[day]

    def _with_window(self, day):
        """The day; with rule, month and window where it is not to come and they held a post."""
        found = ReportingDay(self._asks(day), self.today, self.person.posting_on(day))
        if found.posting is None or found.day > self.today:
            return found
        try:
            rule, month = self._rules.on(found.day), self._months.of(found)
        except NoRule as missing:
            return replace(found, missing=str(missing))
        closes_at, counted = month.entry_closes_at, self._counted_after(found.day)
        window = rule.window(found.day, zone=found.zone, working_days=counted, month_closes_at=closes_at)
        opened = self._opened.get(found.day, ())
        return self._moved(replace(found, rule=rule, month=month, window=window, opened=opened))

    def _moved(self, found):
        """The day with its window as outages move it; never past the entry close of its month."""
        plain = found.window
        closes_at, number = moved(
            plain.closes_at,
            found.asks.stay.calendar.outages,
            zone=found.zone,
            working=self._working_days_from,
        )
        closes_at = min(closes_at, max(found.month.entry_closes_at, plain.closes_at))
        if closes_at == plain.closes_at:
            return found
        window = replace(plain, closes_at=closes_at)
        return replace(found, window=window, lost_from=plain.closes_at, outage_id=number)

    def _working_days_from(self, first):
        """Their working days from `first` on, in order, within the range."""
        days = days_between(max(first, self.first), self.last)
        return (day for day in days if self._asks(day).is_working)

    def _counted_after(self, day):
        """The later days that windows count, in order, each read when the one before did not suffice."""
        later = (self._asks(other) for other in days_between(day + ONE_DAY, self.last))
        return (asks.day for asks in later if asks.is_obliged)

    @cached_property
    def _postings(self):
        """The postings that they held on a day of the range, in order."""
        return [
            posting
            for posting in self.person.postings_held
            if posting.starts_on <= self.last and (posting.ends_on or self.last) >= self.first
        ]

    @property
    def calendar(self):
        """What each day of the range asks of them."""
        return self._read[0]

    @property
    def _rules(self):
        return self._read[1]

    @property
    def _months(self):
        return self._read[2]

    @cached_property
    def _read(self):
        """Calendar, rules and months of the range; one query, where the frame has read the months too."""
        opened = OpenDay.objects.rows(self.person, self.first, self.last)
        rules = EntryRule.objects.annotate(opened=opened).approved()
        agencies = list({posting.unit.agency: None for posting in self._postings})
        months = Months.around(agencies, self.today) if self.for_page else None
        stored = Months.rows(agencies, self.first, self.today)
        beside = [rules, *self.beside, *([] if self.for_page else [stored])]
        calendar = person_calendar(self.person, first=self.first, last=self.last, beside=beside)
        return calendar, timeline_of(rules), months or Months(stored)

    @cached_property
    def _opened(self):
        """Their further windows by day; they come with the rules."""
        rule, found = self._rules.find(self.last), {}
        for row in map(OpenDay.of_row, rule.opened if rule else ()):
            found[row.day] = (*found.get(row.day, ()), row)
        return found


class Months:
    """The months of some agencies; one without a row yet has the dates it would be made with, unsaved."""

    def __init__(self, rows):
        self._found = {(month.agency_id, month.key): month for month in rows}

    @classmethod
    def rows(cls, agencies, first, last):
        return Month.objects.filter(agency__in=agencies, year__range=(first.year, last.year))

    @classmethod
    def around(cls, agencies, today):
        """Those of this month and the one before, shared with whoever read them in this request."""
        key = MonthKey.of(today)
        return cls(month for agency in agencies for month in Month.objects.around(agency, key).values())

    def of(self, found):
        """The month of a day in the agency where it was worked. Raises NoRule where none gives its dates."""
        return self._of(found.posting.unit.agency, MonthKey.of(found.day))

    def of_agency(self, agency_id, day):
        """The same for an agency by its number."""
        key = MonthKey.of(day)
        return self._found.get((agency_id, key)) or self._of(Unit.objects.get(pk=agency_id), key)

    def _of(self, agency, key):
        if (agency.pk, key) not in self._found:
            dates = Month.dates_by_rule(agency, key)
            self._found[agency.pk, key] = Month(agency=agency, year=key.year, month=key.month, **dates)
        return self._found[agency.pk, key]
