"""Takes the months of the demo city through review close, verification, scores and bonus lists.

Every act here is the product's own, with the moment at which it would have happened: no score, verdict,
line or run is written by hand.
"""

import hashlib
from datetime import timedelta
from zoneinfo import ZoneInfo

from activities.models import Activity
from approvals.models import Decision
from assessment.models import Assessment, Closing, Draw, DrawnRow, Opening, Verdict
from assessment.models.assessors import Assessor
from assessment.models.marks import Listed
from bonuses.models import Run
from calendars.models import Month
from calendars.weeks import end_of
from ekinerja.demo.people import BKPSDM, DUKCAPIL, MEURAXA, SATPOL
from organization.models import Post, PostTerm, Role, Unit, User

HEAD = "190001022008011001"
PANDAN, KIRANA, NIPAH = "190011192009031005", "190010022016042007", "190001022015011010"
MAKER, CHECKER, RELEASER = "190001022010012002", "190001022012011003", "190001022014012004"
NOTES = ("Volume tidak terbukti pada berkas.", "Uraian sama dengan pekan lalu.")
UNREAD, UNTOUCHED, NEARLY_READ = 4, SATPOL, (BKPSDM, MEURAXA)
KEPT_OPEN, DAYS_MORE = DUKCAPIL, 10
WHY_OPEN = "Banyak atasan sedang dinas luar; tinjauan diperpanjang (contoh)."


def open_months(key):
    """A month for every agency where people are posted, with a seed that is the same in every demo city."""
    agencies = Unit.objects.filter(parts__post_terms__post__postings__isnull=False, parent=None).distinct()
    for agency in agencies.order_by("code"):
        dates = Month.dates_by_rule(agency, key)
        dates["seed"] = hashlib.sha256(f"demo {agency.code} {key}".encode()).hexdigest()[:32]
        Month.objects.get_or_create(agency=agency, year=key.year, month=key.month, defaults=dates)


class AssessmentUnit:
    """The assessment unit at work on one month of one agency."""

    def __init__(self, month):
        self.month = month
        self.head = User.objects.get(nip=HEAD)
        closed = month.review_closes_at
        self.closed_at, self.drawn_at = closed + timedelta(minutes=5), closed + timedelta(hours=10)
        able = [person for person in map(self.person, (PANDAN, KIRANA, NIPAH)) if self.may_verify(person)]
        self.verifier, self.decider = able[0], able[-1]

    def person(self, nip):
        return User.objects.get(nip=nip)

    def may_verify(self, person):
        """Whether the agency is neither the assessor's own nor that of anybody in their superior line."""
        today = person.today(self.closed_at)
        line = Post.objects.in_line_with(person.posting_on(today).post, on=today)
        scope = person.agencies(Role.ASSESSOR, on=today)
        offices = PostTerm.objects.on(today).filter(post__in=line).values_list("unit__agency", flat=True)
        strangers = self.month.agency_id not in offices
        return strangers and scope.filter(pk=self.month.agency_id).exists()

    def close(self):
        self.month.close(at=self.closed_at)

    def decide_undecided(self):
        """What nobody decided before review close, such as the work of the highest post."""
        left = Activity.objects.filter(month=self.month, status=Activity.Status.REPORTED)
        rows = list(left.values_list("pk", "version"))
        at = self.closed_at + timedelta(hours=9)
        for result in Decision.objects.record_many(rows, verdict="approved", by=self.decider, at=at):
            if result.refusal:
                raise RuntimeError(f"{self.month}: {result.refusal}")

    def draw(self):
        Draw.objects.draw(self.month, by=self.head, at=self.drawn_at)

    def read(self, *, leave=0):
        """A verdict on every drawn row but the last `leave`; one is cut and one voided."""
        drawn = DrawnRow.objects.filter(draw__month=self.month).select_related("draw__month", "activity")
        rows = list(drawn.order_by("draw__stratum", "position"))
        assessor = Assessor.of(self.verifier, at=self.drawn_at)
        for number, row in enumerate(rows[: len(rows) - leave]):
            at = self.drawn_at + timedelta(minutes=2 * number)
            terms = self.finding(number, row.activity)
            version = row.activity.version
            Opening.objects.note(row, by=self.verifier, at=at - timedelta(seconds=20 + number * 37 % 90))
            Verdict.objects.record(row, version=version, by=self.verifier, at=at, assessor=assessor, **terms)

    def finding(self, number, activity):
        """What the verifier found: two rows of each month are cut or voided, the same in every copy."""
        if number == 7 and activity.counted_minutes > 1:
            minutes = activity.counted_minutes // 2
            return {"outcome": "fewer", "minutes": minutes, "reason_code": "A1", "reason": NOTES[0]}
        if number == 31:
            return {"outcome": "void", "reason_code": "B2", "reason": NOTES[1]}
        return {"outcome": "accepted"}

    def mark(self):
        """Confirm the proposed mark of everybody who can be marked; assessors are marked by each other."""
        facts = Assessment.objects.facts(self.month)
        listed = [Listed(pk, f.stamp, 0) for pk, f in facts.items() if f.target_minutes and f.obliged_days]
        at = self.drawn_at + timedelta(hours=30)
        for result in Assessment.objects.confirm_many(self.month, listed, by=self.verifier, at=at):
            if result.sentence:
                raise RuntimeError(f"{self.month}: {result.sentence}")

    def step(self, kind, at):
        proposal = Closing.objects.propose(self.month, kind, by=self.head, at=at)
        Closing.objects.confirm(proposal, by=self.verifier, at=at + timedelta(minutes=20))
        self.month.refresh_from_db()

    def settle(self):
        """The whole way to FINAL."""
        self.close()
        self.decide_undecided()
        self.draw()
        self.read()
        self.mark()
        self.step("publish", self.month.publication_due_at - timedelta(hours=8))
        self.step("finalise", self.month.objections_close_at + timedelta(hours=10))

    def extend(self, *, now):
        """Move the dates of the review a few days from `now`, so that there is a month to close by hand."""
        zone = ZoneInfo(self.month.agency.zone)
        day = now.astimezone(zone).date() + timedelta(days=DAYS_MORE)
        later = {"review_closes_at": end_of(day, zone)}
        if self.month.publication_due_at < later["review_closes_at"]:
            later["publication_due_at"] = end_of(day + timedelta(days=7), zone)
        at = self.month.review_closes_at - timedelta(hours=9)
        self.month.move_dates(by=self.head, at=at, reason=WHY_OPEN, **later)

    def begin(self, *, now):
        """The way of a month that is being verified: drawn, and in some agencies read nearly whole."""
        code = self.month.agency.code
        if code == KEPT_OPEN:
            self.extend(now=now)
            return
        self.close()
        if code != UNTOUCHED:
            self.decide_undecided()
            self.draw()
        if code in NEARLY_READ:
            self.read(leave=UNREAD)


def each_month(key):
    for month in Month.objects.filter(year=key.year, month=key.month).select_related("agency"):
        yield AssessmentUnit(month)


def settle(key):
    """Take the month `key` of every agency to FINAL."""
    for unit in each_month(key):
        unit.settle()


def begin(key, *, now):
    """Leave the month `key` in verification; one agency has done nothing yet, one is still reviewed."""
    for unit in each_month(key):
        unit.begin(now=now)


def release_bonus(key):
    """One released list of all agencies for the month `key`, computed by the same method as the worker's."""
    maker, checker, releaser = (User.objects.get(nip=nip) for nip in (MAKER, CHECKER, RELEASER))
    months = list(Month.objects.filter(year=key.year, month=key.month))
    at = max(month.finalised_at for month in months) + timedelta(hours=4)
    run = Run.objects.make(months, by=maker, at=at)
    run.request(by=maker, at=at)
    for share in run.shares.all():
        share.compute(at=at + timedelta(minutes=10))
    run.refresh_from_db()
    run.mark_checked(by=checker, at=at + timedelta(hours=20))
    run.release(by=releaser, at=at + timedelta(hours=26))
