"""One day of one person as they may report on it. Source: domain.md, sections 3 and 4."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from activities.models.opened import OpenDay
from activities.models.rules import EntryRule
from activities.windows import Window
from calendars.days import PersonDay
from calendars.models import Month, NoWorkPattern
from organization.models import Placement
from organization.templatetags.display import deadline, shortdate

OVER = ("month_closed", "window_over")  # where a draft may still be kept


@dataclass(frozen=True)
class ReportingDay:
    """One day of one person: what it asks, where they stood, and until when it may be reported.

    `posting` is None where they had no post, and `month`, `rule` and `window` then are None too. So they
    are where a rule is missing; `missing` then is a sentence that names it. `opened`: its further windows.
    Where the outage `outage_id` moved the window, it would have closed at `lost_from`.
    """

    asks: PersonDay
    today: date
    posting: Placement | None
    rule: EntryRule | None = None
    month: Month | None = None
    window: Window | None = None
    missing: str = ""
    opened: tuple[OpenDay, ...] = ()
    outage_id: int | None = None
    lost_from: datetime | None = None

    @property
    def day(self):
        return self.asks.day

    @property
    def gap(self):
        """Which approved rule this day waits for, and whom to ask; "" where it lacks none. Case D103."""
        if self.posting is None or self.asks.has_pattern:
            return self.missing
        return str(NoWorkPattern(self.posting.unit, self.day))

    @property
    def gaps(self):
        """The gap as pages list it: no sentence, or one."""
        return [self.gap] if self.gap else []

    def is_open(self, at: datetime) -> bool:
        return self.refusal(at) is None

    def opened_at(self, at: datetime) -> OpenDay | None:
        """The further window that holds at `at`, the longest of them; None where none does."""
        return max((row for row in self.opened if row.holds(at)), key=lambda row: row.until, default=None)

    def saved_by(self, at: datetime) -> int | None:
        """The number of the outage without which a report at `at` would be too late; None where none is."""
        return self.outage_id if self.lost_from and self.lost_from <= at and self.window.holds(at) else None

    def takes(self, at: datetime) -> bool:
        """Whether a window of the day holds at `at`, whatever its month says."""
        return self.window.holds(at) or self.opened_at(at) is not None

    def is_in_time(self, at: datetime) -> bool:
        """Whether a first report at `at` makes it a day that was reported in time."""
        return self.window.holds(at) or any(row.in_time for row in self.opened if row.holds(at))

    @property
    def closes_at(self) -> datetime:
        """The end of its last window."""
        return max([self.window.closes_at, *(row.until for row in self.opened)])

    def until(self, at: datetime) -> str:
        """How long the day stays open, or since when it is closed, in words; "" on a day off."""
        if self.window is None or not self.asks.is_working:
            return ""
        sentence = _("open until %(moment)s") if self.takes(at) else _("closed since %(moment)s")
        return sentence % {"moment": deadline(self.closes_at)}

    def refusal(self, at: datetime, *, draft: bool = False) -> ValidationError | None:
        """Why this day takes no report at `at`, as a sentence with a code; None where it takes one.

        A draft may be kept for a working day whose window is over, as long as its month is open.
        """
        sentence = self.never(at)
        if sentence is None and not self._month_takes(at):
            sentence = ("month_closed", self._month_closed())
        elif sentence is None and not self.takes(at):
            sentence = ("window_over", self._window_over())
        keeps = draft and sentence and sentence[0] in OVER and self.month.status == Month.Status.OPEN
        return ValidationError(sentence[1], code=sentence[0]) if sentence and not keeps else None

    def _month_takes(self, at):
        """Whether its month takes reports: to its entry close; in a further window, to its review close."""
        opened = self.opened_at(at)
        return self.month.is_open_for_entry(at) or (opened is not None and self.month.is_open_for_review(at))

    def never(self, at):
        """(code, sentence) where no rule of time could open this day, else None."""
        if self.day > self.today:
            sentence = _("This day has not come yet. The newest day to report is today, %(today)s.")
            return "future", sentence % {"today": shortdate(self.today)}
        if self.posting is None:
            return "no_post", _("You held no post on this day. Ask HR if that is wrong.")
        if self.asks.is_suspended:
            return "suspended", _("You were suspended on this day, so there is nothing to report.")
        if self.gap:
            return "no_rule", self.gap
        if not self.asks.pattern_minutes:
            sentence = _("%(day)s is not a working day of your office. Choose a working day.")
            return "not_a_working_day", sentence % {"day": shortdate(self.day)}
        return None

    def _month_closed(self):
        sentence = _("%(month)s is closed for reports since %(moment)s.")
        return sentence % {"month": self.month.name, "moment": deadline(self.month.entry_closes_at)}

    def _window_over(self):
        sentence = _("%(day)s could be reported until %(moment)s and is closed now.")
        return sentence % {"day": shortdate(self.day), "moment": deadline(self.closes_at)}

    @property
    def zone(self):
        return ZoneInfo(self.posting.unit.zone)
