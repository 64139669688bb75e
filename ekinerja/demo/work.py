"""What the people of the demo city reported, and what their supervisors decided, month by month.

Rows are written in bulk, as reported and decided at past moments; scores and bonuses are not written
here: they come from the product itself (ekinerja.demo.months).
"""

import random
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from activities.models import Activity, CatalogItem
from calendars.models import Month
from calendars.models.obligations import obligations
from calendars.weeks import end_of
from ekinerja.demo.leaves import IDLE
from ekinerja.demo.people import BKPSDM
from organization.models import Post, User

WIB = ZoneInfo("Asia/Jakarta")
IN_TWO_ROWS = BKPSDM  # the agency whose people split a day; everybody else reports it in one row
SLOW = {"190004162010102001", "190011112005032008", "190003192013111006"}
OBJECTS = (
    "untuk bidang",
    "sesuai disposisi pimpinan",
    "periode berjalan",
    "dari unit pengusul",
    "untuk rapat mingguan",
    "beserta lampirannya",
    "hasil koordinasi kemarin",
    "untuk arsip",
    "tahap pertama",
    "tahap akhir",
)


@dataclass(frozen=True)
class Manner:
    """How a person works: the share of days reported, and of the day's minutes that are filled."""

    days: int
    least: int
    most: int


DILIGENT, ORDINARY, LATE, SLOWLY, NOT_AT_ALL = (
    Manner(99, 97, 110),
    Manner(95, 82, 100),
    Manner(82, 75, 98),
    Manner(88, 34, 58),
    Manner(0, 0, 0),
)


def manner_of(person):
    if person.nip == IDLE:
        return NOT_AT_ALL
    if person.nip in SLOW:
        return SLOWLY
    draw = random.Random(f"cara {person.nip}").randrange(100)  # noqa: S311 (invented, the same each time)
    return DILIGENT if draw < 50 else ORDINARY if draw < 84 else LATE if draw < 93 else SLOWLY


class Diary:
    """Writes the reports of one month, up to the moment `now`."""

    def __init__(self, key, *, now):
        self.key, self.now = key, now
        self.today = now.astimezone(WIB).date()
        self.people = {user.pk: user for user in User.objects.order_by("pk")}
        self.days = obligations(list(self.people), key)
        self.posts = {post.pk: post for post in Post.objects.with_terms()}
        items = CatalogItem.objects.filter(standard_minutes__lte=120, is_active=True)
        self.items, self.months, self.by_post = list(items.order_by("code")), {}, {}

    def rows(self):
        """Unsaved activities, all of them as reported."""
        for pk, days in self.days.items():
            person = self.people[pk]
            chooser = random.Random(f"kerja {person.nip} {self.key}")  # noqa: S311 (invented)
            manner = manner_of(person)
            for day in sorted(days.obliged):
                if day <= self.today and chooser.randrange(100) < manner.days:
                    yield from self._day(person, day, days, manner, chooser)

    def _day(self, person, day, days, manner, chooser):
        stay = next(s.stay for s in days.segments if s.stay.first <= day <= s.stay.last)
        minutes = stay.calendar.minutes_on(day) * chooser.randint(manner.least, manner.most) // 100
        reported_at = datetime.combine(day, time(16, 5), WIB) + timedelta(minutes=chooser.randrange(170))
        if day == self.today:
            if chooser.random() < 0.6:
                return
            minutes, reported_at = minutes // 3, self.now - timedelta(minutes=chooser.randrange(5, 45))
        closes_at = min(end_of(stay.calendar.nth_after(day, 2), WIB), self._month(stay).entry_closes_at)
        start = datetime.combine(day, time(8, 0))
        splits = self._month(stay).agency.code == IN_TWO_ROWS and minutes > 100
        parts = [minutes * 3 // 5, minutes * 2 // 5] if splits else [minutes]
        for part in parts:
            row = self._row(person, day, stay, part, chooser)
            row.starts_at, row.window_closes_at = start.time(), closes_at
            row.first_reported_at = row.reported_at = min(reported_at, self.now)
            start += timedelta(minutes=row.minutes + 15)
            yield row

    def _row(self, person, day, stay, minutes, chooser):
        item = chooser.choice(self._items(stay.post_id))
        quantity = max(1, round(minutes / item.standard_minutes))
        typed = max(1, min(quantity * item.standard_minutes, 300))
        if chooser.random() < 0.04:
            typed += 15
        post = self.posts[stay.post_id]
        term = post.term_on(day)
        return Activity(
            person=person, entered_by=person, post=post, term=term, reviewing_post_id=term.superior_id,
            month=self._month(stay), performed_on=day, item=item, quantity=quantity, minutes=typed,
            standard_minutes=item.standard_minutes,
            credited_minutes=min(typed, quantity * item.standard_minutes),
            description=f"{item.name} {chooser.choice(OBJECTS)}, {quantity} {item.output_unit}.",
            status=Activity.Status.REPORTED, in_time=True,
        )  # fmt: skip

    def _items(self, post_id):
        if post_id not in self.by_post:
            self.by_post[post_id] = [i for i in self.items if i.is_open_to(self.posts[post_id])]
        return self.by_post[post_id]

    def _month(self, stay):
        if stay.agency_id not in self.months:
            agency = self.posts[stay.post_id].term_on(stay.last).unit.agency
            self.months[stay.agency_id] = Month.objects.of(agency, self.key)
        return self.months[stay.agency_id]
