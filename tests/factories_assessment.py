"""Builders for verification and score: rules, approved rows, closed months, the people of the unit."""

from datetime import datetime, time, timedelta
from decimal import Decimal

from activities.models import Activity
from approvals.models import Decision
from assessment.models import Assessment, Closing, Draw, DrawnRow, ScoreRule, Verdict
from calendars.models import Month
from calendars.weeks import MonthKey
from organization.models import Role
from tests import factories
from tests.factories import WIB, at

MARCH = MonthKey(2026, 3)
LATER = at(2026, 4, 9)  # after review close of March 2026, before publication is due
AFTER_OBJECTIONS = at(2026, 5, 4)


def score_rule(**fields):
    values = {
        "productivity_weight": Decimal("0.6"),
        "quality_weight": Decimal("0.2"),
        "discipline_weight": Decimal("0.2"),
        "band_a": Decimal(91),
        "band_b": Decimal(76),
        "band_c": Decimal(61),
        "band_d": Decimal(51),
        "verified_rows": 5,
        "confidence": Decimal("0.95"),
        "error": Decimal("0.05"),
        "flagged_error": Decimal("0.03"),
        "tolerable_refusal": Decimal("0.05"),
    }
    return factories.signed(ScoreRule, **values | fields)


def stage():
    """The city with a score rule, its March 2026, and a unit: chief (head), nila and oka (assessors)."""
    city = factories.city()
    score_rule()
    unit = factories.agency(name="Unit Penilai")
    city.unit = unit
    city.chief = factories.with_role(Role.HEAD, office=unit, name="Citra Ketua")
    city.nila = factories.assessor(city.agency, city.other, name="Nila Penilai", office=unit)
    city.oka = factories.assessor(city.agency, city.other, name="Oka Penilai", office=unit)
    city.auditor = factories.with_role(Role.AUDITOR, name="Inspektur")
    for who, name in ((city.nila, "Nila Penilai"), (city.oka, "Oka Penilai")):
        who.name = name
        who.save(update_fields=["name"])
    city.month = factories.month(city.agency)
    return city


def row(who, day, minutes=60, *, status="approved", by=None, in_time=True, decided_at=None, **fields):
    """An activity of `who` on `day`, decided by `by` (the first above them) where its status says so."""
    posting = who.posting_on(day)
    post = posting.post
    reported = datetime.combine(day, time(15), tzinfo=WIB)
    approved = minutes if status == "approved" else 0
    values = {
        "post": post,
        "term_id": posting.term_id,
        "reviewing_post": posting.superior,
        "month": Month.objects.of(posting.unit.agency, MonthKey.of(day)),
        "other_title": "Menyusun laporan",
        "description": f"Menyusun laporan kegiatan tanggal {day}.",
        "quantity": 1,
        "credited_minutes": minutes,
        "approved_minutes": approved,
        "counted_minutes": approved,
        "first_reported_at": reported,
        "reported_at": reported,
        "entered_by": who,
    }
    made = Activity.objects.create(
        person=who, performed_on=day, minutes=minutes, status=status, in_time=in_time, **values | fields
    )
    if status in ("approved", "rejected"):
        decide(made, by=by or superior_of(posting, day), at=decided_at or reported + timedelta(days=2))
    return made


def decide(activity, *, by, at, after_close=False):
    """The decision an approved or rejected activity carries."""
    return Decision.objects.create(
        activity=activity,
        round=1,
        version=activity.version,
        verdict=activity.status,
        minutes=activity.approved_minutes,
        credited_minutes=activity.credited_minutes,
        reason="" if activity.status == "approved" else "Bukan tugas jabatan ini.",
        by=by,
        for_post=None if after_close else activity.reviewing_post or activity.post,
        capacity="assessor" if after_close else "holder",
        after_close=after_close,
        at=at,
    )


def late_row(who, day, minutes=60, *, by):
    """A row that an assessor approved after the review had closed."""
    return approve_late(row(who, day, minutes, status="reported"), by=by)


def approve_late(made, *, by):
    """An assessor approves all minutes of a reported activity that was left when the review closed."""
    Activity.objects.filter(pk=made.pk).update(
        status="approved", approved_minutes=made.minutes, counted_minutes=made.minutes, after_close=True
    )
    made.refresh_from_db()
    decide(made, by=by, at=LATER, after_close=True)
    return made


def superior_of(posting, day):
    return posting.superior.postings.on(day).get().person


def rows(who, days, minutes=60, **fields):
    return [row(who, MARCH.first_day.replace(day=day), minutes, **fields) for day in days]


def close(month):
    """Close the review of a month by the clock."""
    month.close(at=max(month.review_closes_at, LATER))
    return month


def drawn(month, *, by, at=LATER):
    """The rows of a fresh draw of a month, in order."""
    close(month)
    Draw.objects.draw(month, by=by, at=at)
    return list(rows_of(month))


def rows_of(month):
    return DrawnRow.objects.filter(draw__month=month).select_related("draw", "activity").in_order()


def verdict(row, *, by, outcome="accepted", at=LATER, **terms):
    if outcome != "accepted":
        terms = {"reason_code": "A1"} | terms
    row.activity.refresh_from_db()
    return Verdict.objects.record(row, outcome=outcome, version=row.activity.version, by=by, at=at, **terms)


def mark(month, who, *, by, quality=None, at=LATER, reason=""):
    """Confirm the mark of `who` on the facts of now; the proposal where no quality is given."""
    facts = Assessment.objects.facts(month)[who.pk]
    rule = ScoreRule.objects.in_force(month.key.last_day)
    known = Assessment.objects.filter(month=month, person=who).first()
    return Assessment.objects.confirm(
        month,
        who.pk,
        quality=rule.proposal(facts) if quality is None else Decimal(quality),
        reason=reason,
        stamp=facts.stamp,
        version=known.version if known else 0,
        by=by,
        at=at,
    )


def read(city, *, void=0):
    """March closed, drawn and read by nila, who voids the first `void` rows: it waits for its marks."""
    for number, found in enumerate(drawn(city.month, by=city.chief)):
        verdict(found, by=city.nila, outcome="void" if number < void else "accepted")
    city.month.refresh_from_db()


def ready(city):
    """March closed, drawn, read and marked by nila: it only waits to be published."""
    read(city)
    for who in (city.ana, city.budi, city.supervisor, city.head):
        mark(city.month, who, by=city.nila)
    return city.month


def published(city, at=LATER):
    month = ready(city)
    step = Closing.objects.propose(month, "publish", by=city.chief, at=at)
    Closing.objects.confirm(step, by=city.nila, at=at)
    month.refresh_from_db()
    return month


def final(city):
    month = published(city)
    step = Closing.objects.propose(month, "finalise", by=city.nila, at=AFTER_OBJECTIONS)
    Closing.objects.confirm(step, by=city.chief, at=AFTER_OBJECTIONS)
    month.refresh_from_db()
    return month
