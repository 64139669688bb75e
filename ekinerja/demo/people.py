"""The people of the demo city: the clean sample staff list, and invented ones beside them.

All are invented. The sample list (staff.csv) has 58 people of six agencies; offices.csv adds small offices
for the roles, `CROWD` adds staff under the supervisors of the six.
"""

import csv
import random
from datetime import date
from pathlib import Path

from organization.imports.families import families_of
from organization.models import (
    EmploymentStatus,
    JobClass,
    Level,
    PayeeAccount,
    Post,
    Posting,
    Rank,
    RankHolding,
    Unit,
    User,
)
from organization.models.posts import ALWAYS

FILES = Path(__file__).parent / "files"
SINCE = date(2025, 1, 1)
BKPSDM, KOMINFO, DUKCAPIL, DINKES, MEURAXA, SATPOL = "3.03", "2.15", "2.12", "2.02", "7.03", "2.05"
CITY_SECRETARY, HEALTH_HEAD, HEALTH_CENTRE = "190001022006011005", "190001022007012013", "2.02.06"
SENGON, SECRETARY_OF_SENGON = "190008242018061008", "190010262008041007"
CROWD = {BKPSDM: 10, KOMINFO: 12, DUKCAPIL: 16, DINKES: 15, MEURAXA: 8, SATPOL: 12}
FIRST = (
    "Kelapa Ketimun Rambutan Salak Durian Jambu Mangga Delima Srikaya Belimbing Kelor Kemangi Sirih Jahe "
    "Kunyit Lengkuas Serai Cengkih Pala Lada Vanili Kopi Kakao Randu Waringin Sonokeling Merbau Bangkirai "
    "Kapur Gambir"
).split()
LAST = "Ijen Bromo Arjuno Sumbing Sindoro Ungaran Muria Ciremai Gede Papandayan".split()
JOBS = [
    ("Pengadministrasi Perkantoran", 5, "II/b"),
    ("Operator Layanan Operasional", 5, "II/c"),
    ("Pengolah Data dan Informasi", 7, "III/a"),
    ("Penelaah Teknis Kebijakan", 8, "III/b"),
    ("Pengelola Layanan", 6, "II/d"),
    ("Pengemudi", 3, "II/a"),
    ("Pramu Kantor", 2, "I/d"),
    ("Petugas Kebersihan", 1, "I/c"),
]


def rows(name):
    """The lines of a file of the demo city, as dicts of text."""
    with (FILES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def build_units():
    """The 97 units of the city, by code."""
    units = {}
    for row in rows("units.csv"):
        units[row["code"]] = Unit.objects.establish(
            code=row["code"],
            name=row["name"],
            short_name=row["short_name"],
            parent=units.get(row["parent_code"]),
            kind=row["kind"],
            pattern=row["working_days"],
        )
    return units


class Town:
    """Posts and people as they are put in; superiors stand before those below them in every list."""

    def __init__(self, units):
        self.units, self.posts, self.holders = units, {}, {}
        self.classes = {row.number: row for row in JobClass.objects.all()}
        self.ranks = {row.code: row for row in Rank.objects.all()}

    def settle(self, name, nip, title, number, rank, unit, superior, *, kind="PNS", account=""):
        """One person on their post, with status, rank and account; returns them."""
        person = User(nip=nip, name=name)
        person.set_unusable_password()
        person.save()
        above = self.holders.get(superior)
        post = self.post(title, number, unit, above)
        self.holders[nip] = post
        Posting.objects.create(person=person, post=post, starts_on=SINCE, sole=post.sole)
        EmploymentStatus.objects.create(person=person, kind=kind, starts_on=SINCE)
        if rank in self.ranks:
            RankHolding.objects.create(person=person, rank=self.ranks[rank], starts_on=SINCE)
        if account:
            PayeeAccount.objects.create(person=person, bank="Bank Contoh", number=account, holder_name=name)
        return person

    def post(self, title, number, unit, above):
        """The post of that title in the unit below `above`; staff posts are shared by many holders."""
        heads = title.startswith(("Kepala", "Sekretaris", "Camat", "Inspektur"))
        level = self.classes[number].level
        if heads and level == Level.STAFF:
            level = Level.SUPERVISOR
        key = (title, number, unit.pk, above and above.pk)
        if heads or key not in self.posts:
            self.posts[key] = Post.objects.establish(
                starts_on=ALWAYS,
                title=title,
                unit=unit,
                job_class=self.classes[number],
                level=level,
                families=families_of(title),
                superior=above,
                sole=heads,
            )
        return self.posts[key]


def build_people(units):
    """Everyone, settled; returns the Town."""
    town = Town(units)
    for row in offices(units):
        town.settle(**row)
    for row in sample_staff(units):
        town.settle(**row)
    for code, count in CROWD.items():
        for row in crowd(town, code, count):
            town.settle(**row)
    return town


def offices(units):
    """The people of the small offices that hold the roles."""
    for row in rows("offices.csv"):
        yield {
            "name": row["name"],
            "nip": row["nip"],
            "title": row["post"],
            "number": int(row["job_class"]),
            "rank": row["rank"],
            "unit": units[row["unit"]],
            "superior": row["supervisor"],
            "account": f"00200{row['nip'][-8:]}",
        }


def sample_staff(units):
    """The people of the clean sample list, superiors first; heads of agencies under the secretary.

    The head of the health centre stands under their Dinas; Sengon, whose superior the list does not know,
    under the secretary of their agency.
    """
    codes = {unit.name: unit for unit in units.values()}
    for row in rows("staff.csv"):
        unit = codes[row["unit"] or row["agency"]]
        top = HEALTH_HEAD if unit.code == HEALTH_CENTRE else CITY_SECRETARY
        unknown = SECRETARY_OF_SENGON if row["nip"] == SENGON else top
        yield {
            "name": row["name"],
            "nip": row["nip"],
            "title": row["post"],
            "number": int(row["job_class"]),
            "rank": row["rank"],
            "unit": unit,
            "superior": row["supervisor"] or unknown,
            "kind": row["status"],
            "account": row["account"],
        }


def leads_in(term, code):
    return term.unit.agency.code == code and term.level != Level.EXECUTIVE


def crowd(town, code, count):
    """`count` invented staff of an agency, dealt to its supervisors in turn."""
    chooser = random.Random(f"orang {code}")  # noqa: S311 (invented people, the same each time)
    heads = [
        (nip, post)
        for nip, post in sorted(town.holders.items())
        if post.sole and leads_in(post.term_on(SINCE), code)
    ]
    for number in range(count):
        nip, above = heads[number % len(heads)]
        title, job_class, rank = JOBS[(number + chooser.randrange(3)) % len(JOBS)]
        kind, serial = EmploymentStatus.Kind.PNS, 100 + len(town.holders)
        if number % 7 == 3:
            kind, rank, month = EmploymentStatus.Kind.PPPK, "V" if job_class < 7 else "IX", 21
        else:
            month = 1 + number % 12
            kind = EmploymentStatus.Kind.CPNS if number == 5 else kind
        born = f"{1 + serial % 12:02d}{1 + serial % 28:02d}"
        yield {
            "name": f"{FIRST[serial % len(FIRST)]} {LAST[serial // 7 % len(LAST)]}",
            "nip": f"1900{born}{2010 + serial % 14}{month:02d}{1 + serial % 2}{serial:03d}",
            "title": title,
            "number": job_class,
            "rank": rank,
            "unit": above.term_on(SINCE).unit,
            "superior": nip,
            "kind": kind,
            "account": f"0030000{serial:06d}",
        }
