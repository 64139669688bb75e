"""What a person typed for one of their days, checked against that day under its lock."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import Sum
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from activities.models.open_days import ReportingDays
from calendars.models import Month
from calendars.models.locks import SENTENCES
from organization.templatetags.display import shortdate
from records.state import InvalidTransition
from records.text import LEAST, letters, prose

TIMELY = {"future", "not_a_working_day", "window_over", "month_closed"}  # another day may be open
LONGEST = 1000  # characters of a description
TYPED = ("performed_on", "item", "other_title", "description", "starts_at", "minutes", "quantity")


def wrong_length(description):
    """Why a description says too little or too much; None where it may stand."""
    typed, found = prose(description), letters(description)
    if found >= LEAST and len(typed) <= LONGEST:
        return None
    sentence = _("Write 10 to 1,000 letters; now there are %(letters)d.")
    return ValidationError(sentence % {"letters": found if found < LEAST else len(typed)}, code="length")


class MonthOver(InvalidTransition):
    """The month lets its owner change nothing about this row any more."""

    def __init__(self, row):
        is_final = row.month.status == Month.Status.FINAL
        super().__init__(row, row.status, SENTENCES["month_is_final" if is_final else "month_is_closed"])


def lock_days(person, *days):
    """Let nobody else enter anything for these days of `person` until the transaction ends.

    With the day before and after each, into which work may reach past midnight; always in the order of
    the days, so that two edits that swap days do not wait for each other.
    """
    locked = sorted({day + timedelta(days=step) for day in days for step in (-1, 0, 1)})
    keys = [f"activity {person.pk} {day:%Y-%m-%d}" for day in locked]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(key, 0)) FROM unnest(%s) AS key", [keys]
        )


class Entry:
    """One activity as typed. Made inside a transaction that holds the lock of its day.

    Drafts do not fill the day: the daily limit and the clash of times count what is or was reported,
    whatever was decided on it since, and are asked when a draft is reported. `days`: the person's
    ReportingDays, where many entries of one day share them; they are read under the same lock.
    """

    def __init__(self, person, typed, *, at, besides=None, days=None):
        self.person, self.typed, self.at = person, typed, at
        self.others = person.activities.exclude(pk=besides).exclude(status="draft")
        performed_on = typed["performed_on"]
        self.days = days or ReportingDays(person, at=at, first=performed_on, last=performed_on)

    @cached_property
    def day(self):
        """The ReportingDay of what was typed, read under the lock."""
        return self.days[self.typed["performed_on"]]

    def check(self, *, opens, reports):
        """Raise ValidationError with a sentence for each field that this day does not take.

        `opens`: the day itself must take an entry now. `reports`: it fills the day, so its window, limit
        and clock times are asked too.
        """
        refusals = {"item": self._item_refusal(), "description": wrong_length(self.typed["description"])}
        if opens or self.day.window is None:
            refusals["performed_on"] = self._day_refusal(draft=not reports)
        if reports and self.day.rule:
            refusals |= {"minutes": self._limit_refusal(), "starts_at": self._clash()}
        refusals = {field: error for field, error in refusals.items() if error}
        if refusals:
            raise ValidationError(refusals)

    def check_time(self):
        """Raise ValidationError for the clock time and the text: all that is asked of a text-only change."""
        refusals = {"starts_at": self._clash(), "description": wrong_length(self.typed["description"])}
        if any(refusals.values()):
            raise ValidationError({field: error for field, error in refusals.items() if error})

    def columns(self):
        """The values that follow from what was typed: place, month, norm and window."""
        place, item, minutes = self.day.posting, self.typed["item"], self.typed["minutes"]
        standard = item.standard_minutes if item else None
        return {
            **self.typed,
            "post": place.post,
            "term_id": place.term_id,
            "reviewing_post": place.superior,
            "month": self._month(place.unit.agency),
            "standard_minutes": standard,
            "credited_minutes": min(minutes, self.typed["quantity"] * standard) if standard else minutes,
            "window_closes_at": self.day.closes_at,
            "outage_id": self.day.saved_by(self.at),
            "open_day": None if self.day.window.holds(self.at) else self.day.opened_at(self.at),
            "flagged": self.day.asks.is_excused,
        }

    def moments(self, *, first=None):
        """When it is first reported, at `first` where it was before, and whether its day is in time by it."""
        return {
            "reported_at": self.at,
            "first_reported_at": first or self.at,
            "in_time": self.day.is_in_time(self.at),
        }

    def _month(self, agency):
        """The stored month of the day: as it was read under the lock, or made on first use."""
        month = self.day.month
        return month if month.pk else Month.objects.of(agency, month.key)

    def _day_refusal(self, *, draft):
        """Why the day takes nothing now, and which days do."""
        error = self.day.refusal(self.at, draft=draft)
        if error is None or error.code not in TIMELY:
            return error
        tiles = [shortdate(found.day) for found in self.days.open_now() if not found.asks.is_excused]
        if not tiles:
            return error
        open_now = _("Open now: %(days)s.") % {"days": "; ".join(tiles)}
        return ValidationError(f"{error.message} {open_now}", code=error.code)

    def _item_refusal(self):
        item = self.typed["item"]
        if item is None or self.day.posting is None or item.is_open_to(self.day.posting.post):
            return None
        sentence = _("This work is not in the catalogue of your post on that day.")
        return ValidationError(sentence, code="not_in_catalogue")

    def _limit_refusal(self):
        limit = self.day.rule.daily_minutes
        same_day = self.others.filter(performed_on=self.day.day)
        taken = same_day.aggregate(minutes=Sum("minutes"))["minutes"] or 0
        if taken + self.typed["minutes"] <= limit:
            return None
        sentence = _("A day holds at most %(limit)d; %(taken)d are recorded, so here at most %(left)d.")
        figures = {"limit": limit, "taken": taken, "left": max(0, limit - taken)}
        return ValidationError(sentence % figures, code="over_the_daily_limit")

    def _clash(self):
        if not self.typed["starts_at"]:
            return None
        performed_on = self.typed["performed_on"]
        start, end = clock(performed_on, self.typed["starts_at"], self.typed["minutes"])
        around = (performed_on - timedelta(days=1), performed_on + timedelta(days=1))
        timed = self.others.filter(starts_at__isnull=False, performed_on__range=around).select_related("item")
        for other in timed:
            begun, ended = clock(other.performed_on, other.starts_at, other.minutes)
            if begun < end and start < ended:
                return clash(other.title, begun, ended)
        return None


def clash(title, begun, ended):
    """The refusal that names the work which already takes the time."""
    sentence = _(
        "Clashes with %(title)s, %(begun)s–%(ended)s. Start at %(ended)s or later, or leave it empty."
    )
    facts = {"title": title, "begun": f"{begun:%H.%M}", "ended": f"{ended:%H.%M}"}
    return ValidationError(sentence % facts, code="clash")


def clock(day, starts_at, minutes):
    """Start and end of work as local clock times without zone; the end may lie on the next day."""
    start = datetime.combine(day, starts_at)
    return start, start + timedelta(minutes=minutes)
