"""The days of one person as they may report on them, seen at one moment.

Source: domain.md, sections 3 and 4.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from activities.models.rules import EntryRule
from activities.windows import Window
from calendars.days import WHOLE, ZERO, half_up
from calendars.models import Leave, Month, WorkPattern
from calendars.weeks import MonthKey, days_between
from organization.models import EmploymentStatus, Posting
from organization.templatetags.display import deadline, shortdate
from records.dated import NoRule

OVER = ("month_closed", "window_over")  # where a draft may still be kept


@dataclass(frozen=True)
class ReportingDay:
    """One day of one person: where they stood, how much it asks, and until when it may be reported.

    `pattern_minutes` are 0 on a weekend or holiday; `excused` and `reduced` are shares from 0 to 1.
    `posting` is None where they had no post, and `month`, `rule` and `window` then are None too.
    """

    day: date
    today: date
    posting: Posting | None
    pattern_minutes: int = 0
    suspended: bool = False
    excused: Decimal = ZERO
    reduced: Decimal = ZERO
    rule: EntryRule | None = None
    month: Month | None = None
    window: Window | None = None

    @property
    def is_working_day(self):
        return self.pattern_minutes > 0 and not self.suspended

    @property
    def is_excused(self):
        """A working day wholly on leave or duty that excuses the report."""
        return self.is_working_day and self.excused >= WHOLE

    @property
    def target_minutes(self):
        return half_up(self.pattern_minutes * (WHOLE - self.reduced)) if self.is_working_day else 0

    def is_open(self, at: datetime) -> bool:
        return self.refusal(at) is None

    def until(self, at: datetime) -> str:
        """How long the day stays open, or since when it is closed, in words; "" on a day off."""
        if self.window is None or not self.is_working_day:
            return ""
        sentence = _("open until %(moment)s") if self.window.holds(at) else _("closed since %(moment)s")
        return sentence % {"moment": deadline(self.window.closes_at)}

    def refusal(self, at: datetime, *, draft: bool = False) -> ValidationError | None:
        """Why this day takes no report at `at`, as a sentence with a code; None where it takes one.

        A draft may be kept for a working day whose window is over, as long as its month is open.
        """
        sentence = self._never(at)
        if sentence is None and not self.month.is_open_for_entry(at):
            sentence = ("month_closed", self._month_closed())
        elif sentence is None and not self.window.holds(at):
            sentence = ("window_over", self._window_over())
        keeps = draft and sentence and sentence[0] in OVER and self.month.status == Month.Status.OPEN
        return ValidationError(sentence[1], code=sentence[0]) if sentence and not keeps else None

    def _never(self, at):
        """(code, sentence) where no rule of time could open this day, else None."""
        if self.day > self.today:
            sentence = _("This day has not come yet. The newest day to report is today, %(today)s.")
            return "future", sentence % {"today": shortdate(self.today)}
        if self.posting is None:
            return "no_post", _("You held no post on this day. Ask HR if that is wrong.")
        if self.suspended:
            return "suspended", _("You were suspended on this day, so there is nothing to report.")
        if not self.pattern_minutes:
            sentence = _("%(day)s is not a working day of your office. Choose a working day.")
            return "not_a_working_day", sentence % {"day": shortdate(self.day)}
        return None if self.rule else ("no_rule", str(NoRule(EntryRule, self.day)))

    def _month_closed(self):
        sentence = _("%(month)s is closed for reports since %(moment)s.")
        return sentence % {"month": self.month.name, "moment": deadline(self.month.entry_closes_at)}

    def _window_over(self):
        sentence = _("%(day)s could be reported until %(moment)s and is closed now.")
        return sentence % {"day": shortdate(self.day), "moment": deadline(self.window.closes_at)}

    @property
    def zone(self):
        return ZoneInfo(self.posting.post.unit.zone)


class ReportingDays:
    """Every day of a person from the month before `at` (or `first`) to the month after it (or `last`).

    Reads in a fixed number of queries, however many days are asked for. `for_page`: a page that only
    shows the days takes the months that its frame has read.
    """

    def __init__(self, person, *, at, first=None, last=None, for_page=False):
        self.person, self.at, self.today = person, at, person.today(at)
        here = MonthKey.of(self.today)
        self.first = min(filter(None, [first, here.previous.first_day]))
        self.last = max(MonthKey.of(max(filter(None, [last, self.today]))).next.last_day, here.next.last_day)
        self.for_page = for_page and self.first == here.previous.first_day
        self._read()

    def __getitem__(self, day) -> ReportingDay:
        """Raises KeyError for a day outside the range read."""
        return self._days[day]

    @property
    def posts(self):
        """The posts they held in these days."""
        return list({found.posting.post: None for found in self._days.values() if found.posting})

    def between(self, first, last):
        return [self._days[day] for day in days_between(first, last)]

    def open_now(self):
        """The days that take a report now, newest first."""
        days = days_between(self.first, self.today)
        return [self._days[day] for day in reversed(list(days)) if self._days[day].is_open(self.at)]

    def _read(self):
        units = {posting.post.unit for posting in self.person.postings_held}
        calendars = WorkPattern.objects.calendars(units, first=self.first, last=self.last)
        leaves = Leave.objects.filter(person=self.person).absences(self.first, self.last)
        away = leaves.get(self.person.pk, {})
        suspended = EmploymentStatus.objects.filter(person=self.person, kind=EmploymentStatus.Kind.SUSPENDED)
        suspended = list(suspended.overlapping(self.first, self.last))
        days = {
            day: self._day(day, calendars, away.get(day, ()), suspended)
            for day in days_between(self.first, self.last)
        }
        self._days = self._with_windows(days)

    def _day(self, day, calendars, away, suspended):
        posting = self.person.posting_on(day)
        if posting is None:
            return ReportingDay(day, self.today, None)
        return ReportingDay(
            day,
            self.today,
            posting,
            pattern_minutes=calendars[posting.post.unit_id].minutes_on(day),
            suspended=any(status.holds_on(day) for status in suspended),
            excused=min(WHOLE, sum((part.share for part in away if part.excuses), ZERO)),
            reduced=min(WHOLE, sum((part.share for part in away if part.reduces), ZERO)),
        )

    def _with_windows(self, days):
        """Add rule, month and window to every day up to today on which they held a post."""
        counted = [day for day, found in days.items() if found.is_working_day and not found.is_excused]
        rules = EntryRule.objects.approved().filter(scope="", valid_from__lte=self.last)
        rules = list(rules.order_by("-valid_from"))
        agencies = list({found.posting.post.unit.agency: None for found in days.values() if found.posting})
        around, read = Months.around, Months.read
        months = around(agencies, self.today) if self.for_page else read(agencies, self.first, self.today)
        for day, found in days.items():
            rule = next((rule for rule in rules if rule.valid_from <= day), None)
            month = months.of(found, day) if found.posting and day <= self.today else None
            if month and rule:
                window = rule.window(
                    day, zone=found.zone, working_days=counted, month_closes_at=month.entry_closes_at
                )
                days[day] = replace(found, rule=rule, month=month, window=window)
        return days


class Months:
    """The months of some agencies; one without a row yet has the dates it would be made with, unsaved."""

    def __init__(self, rows):
        self._found = {(month.agency_id, month.key): month for month in rows}

    @classmethod
    def read(cls, agencies, first, last):
        return cls(Month.objects.filter(agency__in=agencies, year__range=(first.year, last.year)))

    @classmethod
    def around(cls, agencies, today):
        """Those of this month and the one before, shared with whoever read them in this request."""
        key = MonthKey.of(today)
        return cls(month for agency in agencies for month in Month.objects.around(agency, key).values())

    def of(self, found, day):
        """The month of the agency in which the person stood on `day`; None where no rule gives its dates."""
        agency, key = found.posting.post.unit.agency, MonthKey.of(day)
        if (agency.pk, key) not in self._found:
            self._found[agency.pk, key] = self._unsaved(agency, key)
        return self._found[agency.pk, key]

    def _unsaved(self, agency, key):
        try:
            return Month(agency=agency, year=key.year, month=key.month, **Month.dates_by_rule(agency, key))
        except NoRule:
            return None
