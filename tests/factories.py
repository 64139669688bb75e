"""Builders for organization and calendars: plain functions, one row each, invented people born in 1900.

`city()` makes what nearly every test needs: rules in force from 2025, one agency with its head and posts.
"""

from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pgtrigger

from calendars.models import Holiday, Leave, LeaveType, Month, MonthRule, WorkPattern
from calendars.weeks import MonthKey
from organization.models import (
    ActingLetter,
    EmploymentStatus,
    Grant,
    JobClass,
    Level,
    Post,
    Posting,
    Role,
    Suspension,
    Unit,
    User,
)

WIB = ZoneInfo("Asia/Jakarta")
LONG_AGO = date(2025, 1, 1)
_serial = count(1)


def at(year, month, day, hour=9, minute=0):
    """A moment in WIB."""
    return datetime(year, month, day, hour, minute, tzinfo=WIB)


def nip():
    number = next(_serial)
    return f"19000101{2000 + number // 900:04d}011{number % 900 + 1:03d}"


def person(name=None, **fields):
    number = fields.pop("nip", None) or nip()
    return User.objects.create(nip=number, name=name or f"Pegawai {number[-6:]}", **fields)


def signed(rule, **fields):
    """An approved rule of the model `rule`, drafted and approved by two people."""
    drafter = fields.pop("drafted_by", None) or person("Perancang")
    approver = fields.pop("approved_by", None) or person("Pengesah")
    fields = {"valid_from": LONG_AGO, "decree": "Perwali 1/2025 (contoh)", "article": "pasal 1"} | fields
    return rule.objects.create(
        status="approved",
        drafted_by=drafter,
        approved_by=approver,
        approved_at=datetime(2025, 1, 1, tzinfo=UTC),
        **fields,
    )


def without_rules(model):
    """Remove every rule of a kind, as if none had ever been approved; the product itself cannot."""
    with pgtrigger.ignore(f"{model._meta.label}:approved_rule_stays"):
        model.objects.all().delete()


def work_patterns():
    signed(WorkPattern, scope="5", minutes=[300] * 5 + [0, 0])
    signed(WorkPattern, scope="6", minutes=[250] * 6 + [0])


def month_rule(**fields):
    return signed(MonthRule, **fields)


def leave_type(code="CT", *, excuses=True, reduces=True, pay="100", **fields):
    return signed(
        LeaveType,
        scope=code,
        name=f"Cuti {code}",
        name_en=f"Leave {code}",
        excuses_report=excuses,
        reduces_target=reduces,
        pay_percent=Decimal(pay),
        **fields,
    )


def leave(who, starts_on, ends_on=None, *, code="CT", half="", letter="850/1/2026"):
    return Leave.objects.create(
        person=who, code=code, starts_on=starts_on, ends_on=ends_on or starts_on, half=half, letter=letter
    )


def asked_by(who=None):
    """The fields of a request that waits."""
    return {"requested_by": who or person("Pengusul"), "requested_at": datetime(2026, 1, 5, tzinfo=UTC)}


def approved_by_two():
    """The fields of a request that somebody asked for and another approved."""
    decided = {"decided_by": person("Penyetuju"), "decided_at": datetime(2026, 1, 6, tzinfo=UTC)}
    return asked_by() | decided | {"outcome": "approved"}


def holiday(day, name="Libur", kind=Holiday.Kind.NATIONAL, unit=None):
    return Holiday.objects.create(date=day, name=name, kind=kind, unit=unit, decree="SKB (contoh)")


def agency(code=None, *, pattern="5", zone="Asia/Jakarta", name=None):
    code = code or f"9.{next(_serial):02d}"
    return Unit.objects.establish(
        code=code,
        name=name or f"Dinas {code}",
        short_name=name or f"Dinas {code}",
        pattern=pattern,
        zone=zone,
    )


def job_class(number=5, level=Level.STAFF):
    return JobClass.objects.get_or_create(number=number, defaults={"level": level})[0]


def post(
    unit, title="Pengadministrasi", *, number=5, level=Level.STAFF, superior=None, sole=None, families=None
):
    return Post.objects.establish(
        starts_on=LONG_AGO,
        unit=unit,
        title=title,
        job_class=job_class(number, level),
        level=level,
        superior=superior,
        sole=level != Level.STAFF if sole is None else sole,
        families=["administrasi umum"] if families is None else families,
    )


def posted(who, where, starts_on=LONG_AGO, ends_on=None):
    """A posting as `appoint` stores it; only the database's constraints look at it, which costs a tenth."""
    made = Posting.objects.create(
        person=who, post=where, starts_on=starts_on, ends_on=ends_on, sole=where.sole
    )
    vars(who).pop("postings_held", None)
    return made


def staff(where, name=None, *, kind=EmploymentStatus.Kind.PNS, starts_on=LONG_AGO, ends_on=None):
    """A person on the post `where`, with a status."""
    who = person(name)
    EmploymentStatus.objects.create(person=who, kind=kind, starts_on=LONG_AGO)
    posted(who, where, starts_on, ends_on)
    return who


def seat_in(agency):
    """A vacant supervisor's post of the agency, below nothing."""
    return post(agency, f"Kepala Seksi {next(_serial)}", number=8, level=Level.SUPERVISOR)


def by_two():
    """What a request holds that two people brought into force."""
    then = datetime(2026, 1, 5, tzinfo=UTC)
    who = {"requested_by": person("Pengusul"), "decided_by": person("Penyetuju")}
    return {"outcome": "approved", "requested_at": then, "decided_at": then} | who


def letter(where, who, *, first=date(2026, 6, 1), last=date(2026, 6, 30), capacity="plt"):
    """A letter that stands: `who` acts for the post `where`."""
    days = {"starts_on": first, "ends_on": last}
    return ActingLetter.objects.create(
        post=where, person=who, capacity=capacity, letter="800/1", **days, **by_two()
    )


def step(kind, who, **terms):
    """A request of the model `kind` about `who` that stands; nothing else is changed by it."""
    return kind.objects.create(person=who, decree="SK 1", **terms, **by_two())


def suspended(who, first, last=None):
    """Suspend `who` from `first` to `last`; None for no end."""
    return step(Suspension, who, starts_on=first, ends_on=last)


def grant(who, role, unit=None, *, starts_on=LONG_AGO, ends_on=None):
    return Grant.objects.create(
        person=who,
        role=role,
        unit=unit,
        starts_on=starts_on,
        ends_on=ends_on,
        requested_by=person("Pengusul"),
        approved_by=person("Penyetuju"),
    )


def with_role(role, unit=None, *, office=None, name=None):
    """A person who holds `role` (for the city, or a unit), posted in `office` or nowhere."""
    who = staff(post(office, f"Petugas {role}"), name) if office else person(name or f"Petugas {role}")
    grant(who, role, unit)
    return who


def city():
    """Rules, one 5-day agency with head > supervisor > two staff (Ana, Budi), and a second agency with Zul.

    Returns names: agency, other, head_post, supervisor_post, staff_post, head, supervisor, ana, budi, zul.
    """
    work_patterns()
    month_rule()
    leave_type("CT")
    here, other = agency(name="Dinas Contoh"), agency(name="Badan Lain")
    head_post = post(here, "Kepala Dinas", number=14, level=Level.EXECUTIVE)
    supervisor_post = post(here, "Kepala Bidang", number=9, level=Level.SUPERVISOR, superior=head_post)
    staff_post = post(here, superior=supervisor_post)
    other_head = post(other, "Kepala Badan", number=14, level=Level.EXECUTIVE)
    return SimpleNamespace(
        agency=here,
        other=other,
        head_post=head_post,
        supervisor_post=supervisor_post,
        staff_post=staff_post,
        head=staff(head_post, "Kartika Kepala"),
        supervisor=staff(supervisor_post, "Surya Atasan"),
        ana=staff(staff_post, "Ana Pegawai"),
        budi=staff(staff_post, "Budi Pegawai"),
        other_head=staff(other_head, "Lintang Kepala"),
        zul=staff(post(other, superior=other_head), "Zul Pegawai"),
    )


def month(unit, year=2026, number=3):
    return Month.objects.of(unit, MonthKey(year, number))


def assessor(*agencies, name="Penilai", office=None):
    """An assessor for `agencies` (all, where none is named)."""
    who = staff(post(office, "Penilai")) if office else person(name)
    for unit in agencies or [None]:
        grant(who, Role.ASSESSOR, unit)
    return who
