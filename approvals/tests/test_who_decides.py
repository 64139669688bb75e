"""Queue and mandate read one view: they agree with each other and with the plain form of the rule."""

from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from activities.models import Activity
from approvals.models import AlreadyDecided, Decision
from approvals.models.authority import Decider, NotAllowed
from approvals.queue import ReviewScope
from approvals.standings import Standings
from approvals.tests.oracle import DELEGATE, HOLDER, PLH, PLT, Acts, Somebody, World
from calendars.weeks import Week
from organization.models import ActingLetter, Grant, Post, Posting, PostTerm, Role, User
from tests import factories, factories_activities
from tests.factories_approvals import decide, review_rule

pytestmark = pytest.mark.django_db

EARLY, LATE = factories.at(2026, 3, 16), factories.at(2026, 3, 19)  # week 11 goes up on the 19th
WORKED, MOVED = date(2026, 3, 9), date(2026, 3, 12)
DAYS = [WORKED, MOVED, LATE.date() - timedelta(days=1), LATE.date(), LATE.date() + timedelta(days=1)]


@pytest.fixture
def office():
    """Two agencies with the rules that a review needs."""
    factories.work_patterns()
    factories.month_rule()
    review_rule()
    agencies = [factories.agency(), factories.agency()]
    for agency in agencies:
        factories.month(agency)
    return agencies


@st.composite
def worlds(draw, letters):
    """Trees with lines of up to 12 posts, vacancies, transfers, deactivations, auditors; also letters."""
    size = draw(st.integers(1, 12))
    flat = draw(st.integers(1, 4))
    superiors = [None] + [draw(st.integers(max(0, place - flat), place - 1)) for place in range(1, size)]
    posts, several = st.integers(0, size - 1), st.sampled_from(DAYS)
    people, acts = [], []
    for person in range(draw(st.integers(2, 7))):
        left = draw(st.none() | st.none() | several)
        audits = draw(st.none() | st.none() | st.none() | st.tuples(st.just(WORKED), several))
        people.append(Somebody(left, audits))
        moves = draw(st.booleans())
        acts.append(
            Acts(
                person, draw(posts), WORKED, MOVED - timedelta(days=1) if moves else draw(st.none() | several)
            )
        )
        if moves and draw(st.booleans()):
            acts.append(Acts(person, draw(posts), MOVED, draw(st.none() | st.sampled_from(DAYS[1:]))))
    if letters:
        kinds = st.sampled_from([DELEGATE, PLH, PLT])
        wanted = st.builds(Acts, st.integers(0, len(people) - 1), posts, several, several, kinds)
        for act in draw(st.lists(wanted, max_size=4)):
            acts += [act] if act.first <= act.last and not any(_clash(act, other) for other in acts) else []
    later = [draw(_moved(place, above)) for place, above in enumerate(superiors)]
    return World(tuple(later), tuple(people), tuple(acts), LATE.date(), {"before": superiors})


def _clash(one, other):
    """Whether the database refuses two letters: of one kind for one post on one day."""
    alike = (one.post, one.kind) == (other.post, other.kind)
    return alike and one.first <= other.last and other.first <= one.last


def _moved(place, above):
    """The superior post of today: mostly that of before, now and then another or none."""
    others = st.integers(0, place - 1) if place else st.none()
    return st.just(above) | st.just(above) | st.just(above) | st.none() | others


class Built:
    """A world as rows of the database: the tree of today, and work reported under the tree of its day."""

    def __init__(self, world, agencies):
        self.world = world
        self.posts = Post.objects.bulk_create(
            Post(title=f"Jabatan {place}") for place in range(len(world.superiors))
        )
        kind = {"job_class": factories.job_class(), "level": "staff", "starts_on": factories.LONG_AGO}
        PostTerm.objects.bulk_create(
            PostTerm(post=post, unit=agencies[place % 5 == 4], **kind)
            for place, post in enumerate(self.posts)
        )
        self.people = User.objects.bulk_create(
            User(nip=factories.nip(), name=f"Orang {place}", deactivated_on=who.deactivated_on)
            for place, who in enumerate(world.people)
        )
        self._appoint()
        self._plant(world.held["before"])
        self.rows = [row for act in world.acts for row in self._work(act)]
        self._plant(world.superiors)
        self.assessors = [factories.assessor(agency) for agency in agencies]

    def _appoint(self):
        for act in self.world.acts:
            who, post = self.people[act.person], self.posts[act.post]
            if act.kind == HOLDER:
                Posting.objects.create(person=who, post=post, starts_on=act.first, ends_on=act.last)
            else:
                factories.letter(post, who, first=act.first, last=act.last, capacity=act.kind[0])
        one, other = factories.person(), factories.person()
        Grant.objects.bulk_create(
            Grant(
                person=self.people[place],
                role=Role.AUDITOR,
                starts_on=who.audits[0],
                ends_on=who.audits[1],
                requested_by=one,
                approved_by=other,
            )
            for place, who in enumerate(self.world.people)
            if who.audits
        )

    def _plant(self, superiors):
        for post, above in zip(self.posts, superiors, strict=True):
            post.terms.update(superior=None if above is None else self.posts[above])

    def _work(self, act):
        """One row of a holder in week 11, and one of week 12 where they still stand there then."""
        if act.kind != HOLDER:
            return
        for day in (act.first, EARLY.date()):
            if act.first <= day <= (act.last or day):
                who = User.objects.get(pk=self.people[act.person].pk)
                row = factories_activities.activity(who, day)
                yield act.person, row.pk, day, self._place(row.reviewing_post_id), row.month.agency_id

    def _place(self, pk):
        return next((place for place, post in enumerate(self.posts) if post.pk == pk), None)

    def expected(self, place, pk, at, *, overdue=False):
        """What the oracle gives the person at `place` (or the assessor `pk`) at a moment: capacity by row.

        With `overdue` as if the week of every row were overdue.
        """
        world = replace(self.world, day=at.date())
        found = {}
        for owner, row, day, post, agency in self.rows:
            late = overdue or (at == LATE and day < Week.of(EARLY.date()).first_day)
            capacity = world.capacity(place, post, owner, overdue=late)
            assesses = pk in [who.pk for who in self.assessors if who.agency_ids == {agency}]
            found[row] = ("assessor" if assesses else None) if capacity == "nobody" else capacity
        return {row: capacity for row, capacity in found.items() if capacity}


def mandates(person, at):
    """What one person may decide at a moment, by row, asked of the mandate."""
    rows = list(Activity.objects.select_related("person", "month", "term__unit", "reviewing_post"))
    found, decider = {}, Decider(person, at, rows)
    for activity in rows:
        try:
            found[activity.pk] = decider.mandate(activity).capacity
        except NotAllowed:
            continue
    return found


def check(built, at):
    """Compare mandate, queue and week of every person with the oracle."""
    for assessor in built.assessors:
        assessor.agency_ids = set(assessor.grants.values_list("unit", flat=True))
    everyone = [*enumerate(built.people), *((-1, who) for who in built.assessors)]
    for place, who in everyone:
        person = User.objects.get(pk=who.pk)
        expected, scope = built.expected(place, who.pk, at), ReviewScope(person, at)
        in_line = {row for row, capacity in expected.items() if capacity != "superior"}

        assert mandates(person, at) == expected
        assert ids(scope.waiting()) == set(expected)
        assert ids(scope.in_own_line()) | ids(scope.with_the_unit()) == in_line
        weeks = [reached(scope, Week.of(day)) for day in (WORKED, EARLY.date())]
        assert set.union(*weeks) == set(built.expected(place, who.pk, at, overdue=True))


def reached(scope, week):
    """The rows of a week that are theirs, by id."""
    rows = scope.in_week(week)
    standings = Standings(scope, rows)
    return {row.pk for row in rows if standings.of(row).reaches(row.status, decided=False)}


def ids(rows):
    return set(rows.order_by().values_list("pk", flat=True))


@contextmanager
def undone():
    """Run one example and leave nothing of it."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def examples(most):
    """About 0.7 seconds each; 250 of each property were run when it was written."""
    return settings(
        max_examples=most,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
        print_blob=True,
    )


@examples(6)
@given(world=worlds(letters=False), at=st.sampled_from([EARLY, LATE]))
def test_queue_and_mandate_agree_for_every_person_and_row(office, world, at):
    with undone():
        check(Built(world, office), at)


@examples(12)
@given(world=worlds(letters=True), at=st.sampled_from([EARLY, LATE]))
def test_they_agree_also_where_delegates_plh_and_plt_act(office, world, at):
    with undone():
        check(Built(world, office), at)


def test_in_a_line_of_nine_posts_the_boss_of_an_owner_who_now_stands_on_top_of_it_decides(office):
    line = World(
        superiors=(None, *range(9)),
        people=tuple(Somebody() for _ in range(10)),
        acts=(
            *(Acts(person, person, WORKED) for person in (0, 2, 3, 4, 5, 6, 7, 8)),
            Acts(9, 9, WORKED, MOVED - timedelta(days=1)),
            Acts(9, 1, MOVED),
        ),
        day=LATE.date(),
        held={"before": (None, *range(9))},
    )
    built = Built(line, office)
    old, *_new = [pk for owner, pk, *_ in built.rows if owner == 9]

    check(built, LATE)

    boss, supervisor = (User.objects.get(pk=built.people[place].pk) for place in (0, 8))
    assert ids(ReviewScope(boss, EARLY).waiting()) >= {old}
    assert mandates(boss, EARLY)[old] == "holder"
    assert old not in ids(ReviewScope(supervisor, EARLY).waiting())
    assert old not in mandates(supervisor, EARLY)


def test_a_letter_is_one_more_reviewer_and_nothing_else_changes(office):
    head_post = factories.post(office[0], "Kepala Dinas", level="executive")
    post = factories.post(office[0], "Kepala Bidang", level="supervisor", superior=head_post)
    head, supervisor = factories.staff(head_post), factories.staff(post)
    owner, other = (factories.staff(factories.post(office[0], superior=post)) for _ in range(2))
    row = factories_activities.activity(owner)

    def answers():
        people = [User.objects.get(pk=who.pk) for who in (head, supervisor, other)]
        queues = [ids(ReviewScope(who, EARLY).waiting()) for who in people]
        return queues, [mandates(who, EARLY).get(row.pk) for who in people]

    assert answers() == ([set(), {row.pk}, set()], [None, "holder", None])
    factories.letter(post, other, first=EARLY.date(), last=EARLY.date(), capacity="plh")
    assert answers() == ([set(), {row.pk}, {row.pk}], [None, "holder", "plh"])
    ActingLetter.objects.update(starts_on=MOVED, ends_on=MOVED)
    assert answers() == ([set(), {row.pk}, set()], [None, "holder", None])


def test_a_plh_decides_beside_the_holder_and_the_second_of_them_is_told(office):
    post = factories.post(office[0], "Kepala Bidang", level="supervisor")
    holder, other = factories.staff(post, "Surya Atasan"), factories.person()
    first, second = (
        factories_activities.activity(factories.staff(factories.post(office[0], superior=post)))
        for _ in range(2)
    )
    factories.letter(post, other, first=EARLY.date(), last=EARLY.date(), capacity="plh")

    assert decide(first, other, at=EARLY).capacity == "plh"
    decide(second, holder, at=EARLY)
    with pytest.raises(AlreadyDecided, match="Surya Atasan"):
        Decision.objects.record(second, verdict="approved", version=1, by=other, at=EARLY)
