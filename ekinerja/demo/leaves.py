"""Leave, sanctions, a promotion and a suspension: what makes the months of the demo city differ."""

import random
from datetime import timedelta

from calendars.models import Leave
from organization.models import Posting, Sanction, User

PROMOTED = "190006022012081006"
SANCTIONED = "190006222008081009"
ON_MATERNITY = "190012042006022006"
ILL = "190002262012121008"
IDLE = "190008242018061008"


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
    person = User.objects.get(nip=SANCTIONED)
    Sanction.objects.create(
        person=person,
        percent=25,
        first_month=months[0].first_day,
        last_month=months[-1].first_day,
        decree="SK Hukuman Disiplin 800/17 (contoh)",
    )


def promote_one(town, key):
    """One of the staff becomes head of a section in the middle of `key`."""
    person = User.objects.get(nip=PROMOTED)
    posting = person.postings.get()
    above = posting.post.superior
    post = town.post("Kepala Subbagian Umum", 9, above.unit, above)
    day = key.first_day + timedelta(days=14)
    posting.ends_on = day - timedelta(days=1)
    posting.save(update_fields=["ends_on"])
    Posting.objects.appoint(person, post, starts_on=day)
    town.holders[PROMOTED] = post
