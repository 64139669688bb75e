"""What the supervisors of the demo city decided, at past moments, and what they left."""

import random
from datetime import datetime, time, timedelta

from activities.models import Activity
from approvals.models import Decision
from calendars.weeks import Week, end_of
from ekinerja.demo.months import AssessmentUnit
from ekinerja.demo.people import SINCE
from ekinerja.demo.work import WIB
from organization.models import Post, Posting

# who leaves their weeks for late: the sample supervisor one, the late one three, the slow one two rows
TERATAI, WARU, GAHARU = "190012282018021006", "190005012007091002", "190005092011092008"
CEMARA = "190008042022061005"
REASONS = (
    "Menit tidak sebanding dengan hasil.",
    "Sebagian sudah dilaporkan kemarin.",
    "Volume tidak sesuai berkas.",
)


class Reviews:
    """Decides rows as each supervisor would have, up to the moment `now`."""

    def __init__(self, *, now, verifying):
        self.now, self.verifying = now, verifying
        self.today = now.astimezone(WIB).date()
        holders = list(Posting.objects.filter(starts_on__gte=SINCE, post__sole=True).select_related("person"))
        self.holders = {posting.post_id: posting.person for posting in holders}
        self.assessors = {}
        posts = Post.objects.with_terms().filter(postings__in=holders)
        self.posts = {post.pk: post for post in posts}

    def decide(self, row, chooser):
        """The unsaved Decision of one row, which is changed with it; None where it is left undecided."""
        post = self.posts.get(row.reviewing_post_id)
        while post is not None and post.pk not in self.holders:
            post = self.posts.get(post.term_on(row.performed_on).superior_id)
        at = self._moment(row, post, chooser)
        if at is None:
            return None
        if post is None:
            return self._by_the_unit(row, at, chooser)
        by = self.holders[post.pk]
        if self._is_left(row, by):
            return None
        return (
            self._returned(row, by, post, at)
            if self._returns(row)
            else self._settled(row, by, post, at, chooser)
        )

    def _by_the_unit(self, row, at, chooser):
        """What nobody in the line may decide: an assessor does, but for the last two weeks, which wait.

        Of months whose review is over it is decided after close, by `months.decide_undecided`.
        """
        is_late = Week.of(row.performed_on) >= Week.of(self.today).previous
        if is_late or row.month.key <= self.verifying:
            return None
        if row.month_id not in self.assessors:
            self.assessors[row.month_id] = AssessmentUnit(row.month).decider
        decision = self._settled(row, self.assessors[row.month_id], None, at, chooser)
        decision.capacity = Decision.Capacity.ASSESSOR
        return decision

    def _moment(self, row, post, chooser):
        week = Week.of(row.performed_on)
        day = week.last_day + timedelta(days=1 + chooser.randrange(2))
        at = datetime.combine(day, time(9, 0), WIB) + timedelta(minutes=chooser.randrange(400))
        at = min(at, row.month.review_closes_at - timedelta(hours=2))
        return at if row.reported_at < at < self.now else None

    def _is_left(self, row, by):
        age = (self.today - row.performed_on).days
        if by.nip == TERATAI:
            return Week.of(row.performed_on) >= Week.of(self.today).previous
        if by.nip == WARU:
            return age < 24 and row.month.key > self.verifying
        return by.nip == GAHARU and row.month.key == self.verifying and row.performed_on.day in (12, 13)

    def _returns(self, row):
        last = Week.of(self.today).previous
        return (
            row.month.key > self.verifying and Week.of(row.performed_on) == last and row.person_id % 17 == 3
        )

    def _returned(self, row, by, post, at):
        due = end_of(self.today + timedelta(days=4), WIB)
        due = min(due, row.month.review_closes_at)
        verdict, reason = Decision.Verdict.RETURNED, "Lampirkan daftar hadir."
        decision = self._decision(row, by, post, at, verdict, reason=reason, due_at=due)
        row.status, row.return_due_at, row.version = Activity.Status.RETURNED, due, 2
        row.return_reason = reason
        return decision

    def _settled(self, row, by, post, at, chooser):
        fate = chooser.randrange(1000)
        if fate < 12:
            decision = self._decision(
                row, by, post, at, Decision.Verdict.REJECTED, reason=chooser.choice(REASONS)
            )
            row.status = Activity.Status.REJECTED
        else:
            minutes = row.credited_minutes
            reason = ""
            if fate < 45 and minutes > 20:
                minutes, reason = minutes * 2 // 3, chooser.choice(REASONS)
            verdict = Decision.Verdict.APPROVED
            decision = self._decision(row, by, post, at, verdict, minutes=minutes, reason=reason)
            row.status, row.approved_minutes, row.counted_minutes = Activity.Status.APPROVED, minutes, minutes
        row.version = 2
        return decision

    def _decision(self, row, by, post, at, verdict, **terms):
        return Decision(
            activity=row, round=1, version=1, verdict=verdict, by=by, for_post=post, at=at,
            capacity=Decision.Capacity.HOLDER, credited_minutes=row.credited_minutes, **terms,
        )  # fmt: skip


def write(diary, reviews):
    """Save the rows of a diary with their decisions; returns how many rows."""
    chooser = random.Random(f"tinjau {diary.key}")  # noqa: S311 (invented decisions, the same each time)
    rows = list(diary.rows())
    decisions = [decision for row in rows if (decision := reviews.decide(row, chooser))]
    Activity.objects.bulk_create(rows, batch_size=1000)
    for decision in decisions:
        decision.activity_id = decision.activity.pk
    Decision.objects.bulk_create(decisions, batch_size=1000)
    return len(rows)
