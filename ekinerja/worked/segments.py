"""Worked months cut into segments: dated facts through the real cutting, counting and formulas.

The facts are laid out as in tests/data/late.json. Source: domain.md, sections 3 and 7.
"""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

from assessment.scoring import MonthFacts, score
from bonuses.formulas import AMOUNTS, PersonInput, bonus
from calendars.days import UNASKED, Absence, PersonCalendar
from calendars.segments import stays_of
from calendars.weeks import ONE_DAY, MonthKey, OfficeCalendar, days_between

ALWAYS, PERSON = date(1900, 1, 1), 1


def day_of(text):
    return date.fromisoformat(text) if text else None


def office(unit):
    """The OfficeCalendar of a unit; where spans of other minutes overlap, the last of them holds."""
    base, spans = tuple(unit["minutes"]), unit.get("overrides", [])
    cuts = {ALWAYS} | {day_of(span["from"]) for span in spans}
    cuts |= {day_of(span["to"]) + ONE_DAY for span in spans if span["to"]}
    rows = []
    for day in sorted(cuts):
        held = [tuple(span["minutes"]) for span in spans if holds(span, day)]
        rows.append((day, held[-1] if held else base))
    return OfficeCalendar(tuple(rows), frozenset(map(day_of, unit["off"])))


def holds(span, day):
    return day_of(span["from"]) <= day and (span["to"] is None or day <= day_of(span["to"]))


class WorkedMonth:
    """One case: `facts` are its input, `sample` the rules of the sample profile."""

    def __init__(self, facts, sample):
        self.facts, self.sample = facts, sample
        year, month = map(int, facts["month"].split("-"))
        self.key = MonthKey(year, month)
        self.offices = {code: office(unit) for code, unit in facts["units"].items()}
        self.calendar = PersonCalendar(self._stays(), self._absences(), self._suspended())
        self.days = self.calendar.count(self.key)

    def answer(self):
        work = self._work()
        given = dict(self.facts["pay"]) | ({} if work is None else self._scored(work))
        segments = [self._segment(part) for part in self.days.segments]
        found = {"segments": segments} | ({} if work is None else {"work": work})
        made = self._bonus(segments, given)
        return found | {"bonus": {name: getattr(made, name) for name in AMOUNTS}}

    def _stays(self):
        first, last = self.key.first_day, self.key.last_day
        rows = sorted(self._placed(first, last), key=lambda row: row.starts_on)
        return [stay for _person, parts in stays_of(rows, self.offices, first, last) for stay in parts]

    def _placed(self, first, last):
        """Each posting in the days of each of its post's terms that meet the month."""
        for number, posting in enumerate(self.facts["postings"], 1):
            terms = self.facts["posts"][posting["post"]]
            ends = [day_of(term["from"]) - ONE_DAY for term in terms[1:]] + [None]
            for term, ends_on in zip(terms, ends, strict=True):
                begin = max(day_of(posting["from"]), day_of(term["from"]))
                end = min(filter(None, [day_of(posting["to"]), ends_on]), default=None)
                if begin <= last and (end is None or end >= max(begin, first)):
                    yield self._row(number, posting["post"], term, begin, end)

    def _row(self, number, post, term, begin, end):
        statuses = [(row["from"], row["to"], row["status"]) for row in self.facts["statuses"]]
        return SimpleNamespace(
            posting_id=number,
            person_id=PERSON,
            post_id=post,
            unit_id=term["unit"],
            agency_id=term["unit"],
            class_number=term["class"],
            level=term["level"],
            zone="",
            starts_on=begin,
            ends_on=end,
            statuses_then=statuses,
            tariffs_begin=[day_of(row["from"]) for row in self._tariffs(term["class"])],
        )

    def _tariffs(self, number):
        rows = [row for row in self.facts["tariffs"] if row["class"] == number]
        return sorted(rows, key=lambda row: row["from"])

    def _absences(self):
        found = {}
        for row in self.facts["leave"]:
            percent = Decimal(row["pay_percent"])
            absence = Absence(Decimal(row["share"]), excuses=True, reduces=True, pay_percent=percent)
            for day in days_between(day_of(row["from"]), day_of(row["to"])):
                found.setdefault(day, []).append(absence)
        for text in self.facts.get("work", {}).get("no_window", []):
            found.setdefault(day_of(text), []).append(UNASKED)
        return found

    def _suspended(self):
        return [(day_of(row["from"]), day_of(row["to"])) for row in self.facts["suspended"]]

    def _work(self):
        """What was worked, as the score takes it; None where the case gives the score itself."""
        work = self.facts.get("work")
        if work is None:
            return None
        counted = {day_of(text): minutes for text, minutes in work["counted"].items()}
        facts = MonthFacts(
            target_minutes=self.days.target_minutes,
            counted_minutes=sum(n for day, n in counted.items() if self.calendar.on(day).counts),
            obliged_days=len(self.days.obliged),
            days_in_time=len(self.days.obliged & set(map(day_of, work["in_time"]))),
        )
        made = score(facts, self.sample.weights, quality=Decimal(work["quality"]))
        names = ("target_minutes", "counted_minutes", "obliged_days", "days_in_time")
        return {name: getattr(facts, name) for name in names} | {"score": made and str(made.score)}

    @staticmethod
    def _scored(work):
        return {"score": work["score"], "participated": work["counted_minutes"] > 0}

    def _segment(self, part):
        stay = part.stay
        held = [row for row in self._tariffs(stay.job_class) if day_of(row["from"]) <= stay.first]
        return {
            "first": stay.first.isoformat(),
            "last": stay.last.isoformat(),
            "post": stay.post_id,
            "unit": stay.unit_id,
            "class": stay.job_class,
            "level": stay.level,
            "status": stay.status,
            "status_percent": self.facts["status_percents"].get(stay.status),
            "ceiling": held[-1]["ceiling"],
            "worked_days": f"{part.worked_days.normalize():f}",
            "excused_paid_days": f"{part.excused_paid_days.normalize():f}",
            "month_days": part.month_days,
        }

    def _bonus(self, segments, given):
        paid = [part for part in segments if part["status_percent"] is not None]
        sanctions = [{"percent": value} for value in given["sanction_percents"]]
        stored = {"segments": paid, "sanctions": sanctions, "acting": [], **given}
        points = None if given["score"] is None else Decimal(given["score"])
        letter = None if points is None else self.sample.band(points)
        return bonus(PersonInput.of(stored, score=points, band=letter), self.sample.pay["sample"])
