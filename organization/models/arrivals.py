"""Many new people at once, with their first status, rank, post and account: some statements for thousands.

Who they are and where they stand was decided before; here it is written. Source: domain.md, sections 1, 2.
"""

from dataclasses import dataclass, field

from django.contrib.auth.hashers import make_password
from django.db import connection

from organization.models.employment import EmploymentStatus, RankHolding
from organization.models.pay import PayeeAccount
from organization.models.people import User
from organization.models.postings import Posting
from organization.models.posts import ALWAYS, Post, PostTerm
from organization.models.structure import JobClass, Unit

AT_ONCE = 500  # rows of one statement
# One import at a time: the second waits, and finds what the first has stored.
_LOCK = "SELECT pg_advisory_xact_lock(hashtext('organization.arrivals'))"


@dataclass(frozen=True)
class Signed:
    """Who sent a list, who approved it (None in a preview), and what it is called."""

    by: User
    approved_by: User | None
    basis: str


@dataclass(eq=False)
class PlannedSeat:
    """A post: one that stands already, or one to be made; `superior` is a PlannedSeat again."""

    title: str
    unit: Unit
    job_class: JobClass | None = None
    level: str = ""
    sole: bool = False
    families: list[str] = field(default_factory=list)
    superior: "PlannedSeat | None" = None
    post: Post | None = None


def hold_imports():
    """Let no other import store beside this transaction."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK)


def make_posts(seats):
    """Make the posts of seats that have none, with their terms. The one place where imports make posts."""
    new = [seat for seat in seats if seat.post is None]
    posts = [Post(title=seat.title, sole=seat.sole, families=seat.families) for seat in new]
    for seat, post in zip(new, Post.objects.bulk_create(posts, batch_size=AT_ONCE), strict=True):
        seat.post = post
    PostTerm.objects.bulk_create(map(_first_term, new), batch_size=AT_ONCE)


def _first_term(seat):
    return PostTerm(
        post=seat.post,
        starts_on=ALWAYS,
        unit=seat.unit,
        superior=seat.superior.post if seat.superior else None,
        job_class=seat.job_class,
        level=seat.level,
    )


def settle(arrivals, *, told):
    """Store new people whole.

    Each of `arrivals` has nip, name, kind and since, rank and ranked_on, seat and posted_on, account and
    bank; what is None or empty is not stored. `told` is called with (rows stored, rows in all).
    """
    people = [User(nip=one.nip, name=one.name, password=make_password(None)) for one in arrivals]
    rows, done = list(people), 0
    for person, one in zip(people, arrivals, strict=True):
        rows += _rows_of(person, one)
    for model in (User, EmploymentStatus, RankHolding, Posting, PayeeAccount):
        of_model = [row for row in rows if isinstance(row, model)]
        for at in range(0, len(of_model), AT_ONCE):
            done += len(model.objects.bulk_create(of_model[at : at + AT_ONCE]))
            told(done, len(rows))


def _rows_of(person, one):
    """What is recorded of a person beside themselves."""
    if one.kind:
        yield EmploymentStatus(person=person, kind=one.kind, starts_on=one.since)
    if one.rank and one.ranked_on:
        yield RankHolding(person=person, rank=one.rank, starts_on=one.ranked_on)
    if one.seat:
        yield Posting(person=person, post=one.seat.post, starts_on=one.posted_on, sole=one.seat.sole)
    if one.account:
        yield PayeeAccount(person=person, bank=one.bank, number=one.account, holder_name=one.name)
