"""January 2026 of one invented agency, as its people had reported it by the morning of Friday the 30th.

Four staff whose figures must come out as cases of tests/data/golden.json. What they reported was entered
day by day through the product itself; nothing in it has been decided, verified, scored or paid.
"""

import json
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from types import SimpleNamespace
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.management import call_command

from activities.models import Activity, CatalogItem
from approvals.models import Decision
from assessment.models import Assessment, Draw, Verdict
from bonuses.models import Line, NoLine, Run
from calendars.models import WorkPattern
from calendars.weeks import MonthKey
from organization.models import Level, PayeeAccount, Rank, RankHolding, Role, User
from tests import factories
from tests.factories import WIB

JANUARY = MonthKey(2026, 1)
LAST_DAY = date(2026, 1, 30)
PROMOTED_ON = date(2026, 1, 14)
TYPING = "ADM-006"  # 30 standard minutes a letter
PROMOTION = "; ".join(
    [
        "Pengadministrasi, 1 Jan s.d. 13 Jan, pagu 1.500.000",
        "Kepala Seksi Arsip, 14 Jan s.d. 31 Jan, pagu 3.600.000",
    ]
)
PASSWORD = "kata-sandi-januari-2026"
GOLDEN = json.loads((Path(settings.BASE_DIR) / "tests/data/golden.json").read_text(encoding="utf-8"))
CASES = {case["id"]: case for case in GOLDEN["bonus"]}


@dataclass(frozen=True)
class Story:
    """One of the four: `minutes` of each of the days on which they report, the last ones of B02 not yet."""

    case: str
    rank: str
    minutes: tuple[int, ...]
    account: str

    @property
    def golden(self):
        return CASES[self.case]


STORIES = [
    Story("B02", "II/c", (200,) * 19, account="0010200300"),
    Story("B05", "II/a", (132,) * 10, account="0050200300"),
    Story("B07", "II/b", (150,) * 20, account="0070200300"),
    Story("B16", "III/b", (78,) * 15 + (77,) * 5, account="0160200300"),
]
LEFT_FOR_THE_FORM = 201  # minutes of B02 on the last day: 4,001 with those above


def wib(month, day, hour=9, minute=0):
    """A moment of 2026 in WIB, as UTC so that the clock of the whole process can travel to it."""
    return datetime(2026, month, day, hour, minute, tzinfo=WIB).astimezone(UTC)


def seed():
    """Fill an empty database; returns the names of what stands in it."""
    call_command("reference", verbosity=0)
    here, other = factories.agency(name="Dinas Contoh"), factories.agency(name="Badan Petugas")
    signers = [factories.with_role(Role.HR, name=name) for name in ("Perancang Aturan", "Pengesah Aturan")]
    call_command(
        "load_profile",
        settings.BASE_DIR / "ekinerja/profiles/sample.json",
        drafted_by=signers[0].nip,
        approved_by=signers[1].nip,
        verbosity=0,
    )
    names = SimpleNamespace(agency=here, **_line(here), **_officers(other))
    names.days = WorkPattern.objects.calendar(here, first=JANUARY.first_day, last=JANUARY.last_day)
    names.days = names.days.pattern_days(JANUARY.first_day, JANUARY.last_day)
    names.people = {story.case: _employee(story, names) for story in STORIES}
    User.objects.update(password=make_password(PASSWORD))
    return names


def _line(here):
    """Head over supervisor over a staff post, and the post to which one of the staff is promoted."""
    head_post = factories.post(here, "Kepala Dinas", number=14, level=Level.EXECUTIVE)
    section = factories.post(here, "Kepala Seksi Umum", number=9, level=Level.SUPERVISOR, superior=head_post)
    return {
        "head": _ranked(factories.staff(head_post, "Kartika Kepala"), "IV/b"),
        "supervisor": _ranked(factories.staff(section, "Surya Atasan"), "III/d"),
        "staff_post": factories.post(here, "Pengadministrasi", superior=section),
        "new_post": factories.post(
            here, "Kepala Seksi Arsip", number=9, level=Level.SUPERVISOR, superior=head_post
        ),
    }


def _officers(other):
    """Those who act on the month and are paid elsewhere."""
    roles = {
        "chair": (Role.HEAD, "Rina Ketua"),
        "assessor": (Role.ASSESSOR, "Adi Penilai"),
        "second_assessor": (Role.ASSESSOR, "Bela Penilai"),
        "maker": (Role.MAKER, "Mira Pembuat"),
        "checker": (Role.CHECKER, "Cakra Pemeriksa"),
        "releaser": (Role.RELEASER, "Bima Bendahara"),
    }
    return {name: factories.with_role(role, office=other, name=whom) for name, (role, whom) in roles.items()}


def _employee(story, names):
    promoted = story.case == "B16"
    last = date.fromordinal(PROMOTED_ON.toordinal() - 1) if promoted else None
    who = factories.staff(names.staff_post, f"Pegawai {story.case}", ends_on=last)
    if promoted:
        factories.posted(who, names.new_post, PROMOTED_ON)
    _ranked(who, story.rank)
    PayeeAccount.objects.create(person=who, bank="Bank Contoh", number=story.account, holder_name=who.name)
    for day, minutes in zip(names.days, story.minutes, strict=False):
        _report(who, day, minutes)
    return who


def _ranked(who, code):
    RankHolding.objects.create(person=who, rank=Rank.objects.get(code=code), starts_on=factories.LONG_AGO)
    return who


def _report(who, day, minutes):
    """What they sent at four in the afternoon of that day, by the path that the form takes."""
    Activity.objects.enter(
        who,
        by=who,
        at=datetime.combine(day, time(16), WIB),
        token=UUID(int=who.pk * 100 + day.day),
        report=True,
        performed_on=day,
        item=CatalogItem.objects.get(code=TYPING),
        description=f"Mengetik dan memeriksa surat dinas tanggal {day.day} Januari.",
        minutes=minutes,
        quantity=7,
    )


def rows_by_person(names):
    """{case: (rows, credited minutes)} of what stands reported in time and undecided."""
    rows, minutes = Counter(), Counter()
    cases = {who.pk: case for case, who in names.people.items()}
    for activity in Activity.objects.filter(status="reported", in_time=True):
        rows[cases[activity.person_id]] += 1
        minutes[cases[activity.person_id]] += activity.credited_minutes
    return {case: (rows[case], minutes[case]) for case in names.people}


def made_by_hand():
    """How many rows there are of what only people and the job queue make."""
    models = (Decision, Draw, Verdict, Assessment, Run, Line, NoLine)
    return {model.__name__: model.objects.count() for model in models if model.objects.exists()}
