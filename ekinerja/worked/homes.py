"""Worked months of people who move between agencies: events in order through the rule of the home month.

The facts are laid out as in tests/data/late.json. Source: domain.md, section 6.
"""

from datetime import date

from assessment.homes import door, home_of, late_home
from calendars.weeks import ONE_DAY, MonthKey
from ekinerja.worked.segments import day_of, office

ALWAYS = date(9999, 12, 31)


def worked_homes(facts):
    """What the events of a case come to: facts with their door, people, and the list of each agency."""
    world = WorkedHomes(facts)
    for number, event in enumerate(facts["events"], 1):
        world.happen(number, event)
    return {"facts": world.facts, "people": world.people(), "lists": world.lists()}


class WorkedHomes:
    """The postings of people and the state of each agency's month, as they are known so far."""

    def __init__(self, case):
        year, month = map(int, case["month"].split("-"))
        self.key = MonthKey(year, month)
        self.offices = {code: office(unit) for code, unit in case["agencies"].items()}
        self.postings, self.held, self.facts = {}, {}, []
        self.published, self.final, self.window_over = set(), set(), set()

    def happen(self, number, event):
        HAPPENINGS[event["do"]](self, event)
        if event["do"] in ("posting", "transfer", "cancel_transfer", "end"):
            self.facts.append(
                {"event": number, "person": event["person"], "door": self.door(event["person"])}
            )

    def posting(self, event):
        ends_on = day_of(event["to"]) or ALWAYS
        row = (day_of(event["from"]), ends_on, event["agency"])
        self.postings.setdefault(event["person"], []).append(row)

    def transfer(self, event):
        """The posting that covers the day ends the day before; those that begin then or later fall away."""
        day, kept, ends_on = day_of(event["from"]), [], ALWAYS
        for first, last, agency in self.postings.get(event["person"], []):
            if first < day:
                ends_on = last if last >= day else ends_on
                kept.append((first, min(last, day - ONE_DAY), agency))
        self.postings[event["person"]] = [*kept, (day, ends_on, event["agency"])]

    def cancel_transfer(self, event):
        """The posting before goes on until the end of the cancelled one."""
        day, rows = day_of(event["from"]), self.postings[event["person"]]
        ends_on = next(last for first, last, _agency in rows if first == day)
        self.postings[event["person"]] = [
            (first, ends_on if last == day - ONE_DAY else last, agency)
            for first, last, agency in rows
            if first != day
        ]

    def end(self, event):
        last_day, rows = day_of(event["last_day"]), self.postings[event["person"]]
        kept = [(first, min(last, last_day), agency) for first, last, agency in rows if first <= last_day]
        self.postings[event["person"]] = kept

    def publish(self, event):
        """The month holds everybody whose home it is."""
        for person in self.postings:
            if self.home(person) == event["agency"]:
                self.held.setdefault(person, event["agency"])
        self.published.add(event["agency"])

    def close_window(self, event):
        self.window_over.add(event["agency"])

    def finalise(self, event):
        self.final.add(event["agency"])

    def late_publication(self, event):
        self.held[event["person"]] = late_home(self.days(event["person"]), final=self.final)

    def days(self, person):
        """The working days of the month with their agencies, in order."""
        return sorted(
            (day, agency)
            for first, last, agency in self.postings[person]
            for day in self.offices[agency].pattern_days(
                max(first, self.key.first_day), min(last, self.key.last_day)
            )
        )

    def home(self, person):
        return home_of(self.days(person), published=self.published, held=self.held.get(person))

    def door(self, person):
        states = {"published": self.published, "final": self.final, "window_over": self.window_over}
        found = door(self.days(person), held=self.held.get(person), **states)
        return found and found.value

    def people(self):
        return {
            person: {
                "home": self.home(person),
                "held": person in self.held,
                "in_no_month": bool(self.days(person)) and self.home(person) is None,
                "door_now": self.door(person),
            }
            for person in self.postings
        }

    def lists(self):
        """What the list of each agency says of everybody who has a working day there, or whom it holds."""
        return {agency: dict(self._listed(agency)) for agency in self.offices}

    def _listed(self, agency):
        for person in self.postings:
            home, here = self.home(person), {place for _day, place in self.days(person)}
            if home == agency:
                yield person, "here"
            elif agency in here and home is None:
                yield person, "in no month"
            elif agency in here:
                yield person, f"scored in {home}" if person in self.held else f"to be scored in {home}"


HAPPENINGS = {
    "posting": WorkedHomes.posting,
    "transfer": WorkedHomes.transfer,
    "cancel_transfer": WorkedHomes.cancel_transfer,
    "end": WorkedHomes.end,
    "publish": WorkedHomes.publish,
    "window_over": WorkedHomes.close_window,
    "finalise": WorkedHomes.finalise,
    "late_publication": WorkedHomes.late_publication,
}
