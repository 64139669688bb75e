"""Leave, sanctions, a promotion and a suspension: what makes the months of the demo city differ."""

import random
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from calendars.models import Leave
from ekinerja.demo.roles import AKASIA, ANGGREK
from organization.models import Posting, Sanction, User
from organization.models.people import CITY_ZONE

PROMOTED = "190006022012081006"
SANCTIONED = "190006222008081009"
ON_MATERNITY = "190012042006022006"
ILL = "190002262012121008"
IDLE = "190008242018061008"
LATE = "190002062022212005"


def grant_leaves(months):
    """Short annual leave for some in every month, half a day for one, a long sick leave and a maternity."""
    people = {user.nip: user for user in User.objects.order_by("nip")}
    busy = {PROMOTED, SANCTIONED, ON_MATERNITY, ILL, IDLE}
    for key in months:
        chooser = random.Random(f"cuti {key}")  # noqa: S311 (invented leave, the same each time)
        others = [nip for nip in people if nip not in busy]
        for number, nip in enumerate(chooser.sample(others, 12)):
            first = key.first_day + timedelta(days=chooser.randrange(3, 22))
            last, half = (first, "am") if number == 0 else (first + timedelta(days=chooser.randrange(3)), "")
            _leave(people[nip], "CT", first, last, f"851/{number + 1}/{key}", half)
    _leave(
        people[ILL],
        "CS2",
        months[0].first_day + timedelta(days=6),
        months[0].first_day + timedelta(days=19),
        "852/1",
    )
    _leave(people[ON_MATERNITY], "CM", months[0].first_day, months[1].last_day, "853/1")


def _leave(person, code, first, last, letter, half=""):
    Leave.objects.create(person=person, code=code, starts_on=first, ends_on=last, half=half, letter=letter)


def sanction_one(months):
    """One sanction that both HR administrators have brought into force."""
    asked_at = _morning_before(months[0])
    Sanction.objects.create(
        person=User.objects.get(nip=SANCTIONED),
        percent=25,
        first_month=months[0].first_day,
        last_month=months[-1].first_day,
        decree="SK Hukuman Disiplin 800/17 (contoh)",
        requested_by=User.objects.get(nip=ANGGREK),
        requested_at=asked_at,
        outcome=Sanction.Outcome.APPROVED,
        decided_by=User.objects.get(nip=AKASIA),
        decided_at=asked_at + timedelta(hours=2),
    )


def ask_for_one(months, now):
    """One sanction that Akasia asked for an hour ago: it waits for Anggrek."""
    Sanction.objects.create(
        person=User.objects.get(nip=LATE),
        percent=10,
        first_month=months[-1].first_day,
        last_month=months[-1].first_day,
        decree="SK Hukuman Disiplin 800/31 (contoh)",
        requested_by=User.objects.get(nip=AKASIA),
        requested_at=now - timedelta(hours=1),
    )


def _morning_before(month):
    """9.00 of the last day before `month`."""
    return datetime.combine(month.previous.last_day, time(9), ZoneInfo(CITY_ZONE))


def promote_one(town, key):
    """One of the staff becomes head of a section in the middle of `key`."""
    person = User.objects.get(nip=PROMOTED)
    posting, day = person.postings.get(), key.first_day + timedelta(days=14)
    above = posting.post.term_on(day).superior
    post = town.post("Kepala Subbagian Umum", 9, above.term_on(day).unit, above)
    posting.ends_on = day - timedelta(days=1)
    posting.save(update_fields=["ends_on"])
    Posting.objects.appoint(person, post, starts_on=day)
    town.holders[PROMOTED] = post
