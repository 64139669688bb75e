"""How large the city is, and on which Monday it is looked at."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from calendars.weeks import MonthKey, Week

NOW = datetime(2026, 4, 27, 3, tzinfo=UTC)  # 10 o'clock at the office
TODAY = date(2026, 4, 27)
PRESENT = MonthKey.of(TODAY)
VERIFIED = PRESENT.previous
UNPAID = VERIFIED.previous  # final, and on no list yet
PAID = UNPAID.previous
WEEK = Week.of(TODAY).previous  # all of it waits for its supervisors
TEAM, ROWS_IN_WEEK = 15, 4
AGENCIES = 45


@dataclass(frozen=True)
class City:
    """`density` tells how many rows a person has in a hundred working days before that week."""

    name: str
    agencies: int
    teams: int  # of each agency
    months: int
    density: int

    @property
    def first_month(self):
        key = PRESENT
        for _step in range(self.months - 1):
            key = key.previous
        return key

    @property
    def people(self):
        """Staff, those who lead a team, and those who head an agency."""
        return self.agencies * (self.teams * (TEAM + 1) + 1)


CITIES = {
    city.name: city
    for city in (
        City("city", agencies=AGENCIES, teams=7, months=5, density=260),
        City("large", agencies=AGENCIES, teams=70, months=12, density=36),
        City("tiny", agencies=3, teams=2, months=5, density=100),
    )
}
