"""Who may decide, when and how: the full product of people, moments and verdicts; rows and queues agree."""

import itertools
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from activities.models import Activity
from approvals.queue import ReviewScope
from organization.models import Role
from records.refusals import NotAllowed
from tests import factories, factories_activities
from tests.factories_approvals import AFTER_CLOSE, REASON, city, decide

pytestmark = pytest.mark.django_db

# Week 2026-W11 is due on Wed 18 Mar; review of March closes at 8 Apr 00.00.
MOMENTS = {
    "in the week": factories.at(2026, 3, 13),
    "on the 3rd working day": factories.at(2026, 3, 18, 23, 59),
    "on the 4th working day": factories.at(2026, 3, 19, 0),
    "just before review close": factories.at(2026, 4, 7, 23, 59),
    "past review close, not closed yet": AFTER_CLOSE,
    "verifying": AFTER_CLOSE,
    "published": factories.at(2026, 4, 14),
}
PEOPLE = ["owner", "colleague", "supervisor", "next superior", "supervisor elsewhere", "assessor"]
PEOPLE += [
    "assessor elsewhere",
    "assessor of their own agency",
    "head of assessment",
    "auditor",
    "hr",
    "nobody",
]
VERDICTS = ["approved", "returned", "rejected"]
OPEN = list(MOMENTS)[:4]
QUEUED = {("supervisor", moment): "holder" for moment in OPEN}
QUEUED |= {("next superior", moment): "superior" for moment in OPEN[2:]}
QUEUED |= {("assessor", "verifying"): "assessor"}
NO_RETURN = {"just before review close", "verifying"}


@pytest.fixture
def names():
    return city()


def who_is(names, role):
    """The person of a role in the city."""
    people = {"owner": names.ana, "colleague": names.budi, "supervisor": names.supervisor}
    people |= {"next superior": names.head, "supervisor elsewhere": names.other_head}
    return (
        people.get(role)
        or {
            "assessor": lambda: factories.assessor(names.agency),
            "assessor elsewhere": lambda: factories.assessor(names.other),
            "assessor of their own agency": lambda: factories.assessor(names.agency, office=names.agency),
            "head of assessment": lambda: factories.with_role(Role.HEAD),
            "auditor": lambda: factories.with_role(Role.AUDITOR),
            "hr": lambda: factories.with_role(Role.HR),
            "nobody": factories.person,
        }[role]()
    )


def reach(names, moment):
    """Bring March of the agency to where it is at the named moment."""
    month = factories.month(names.agency)
    if moment in ("verifying", "published"):
        month.close(at=AFTER_CLOSE)
    if moment == "published":
        month.move_to("published", published_at=MOMENTS[moment], objections_close_at=MOMENTS[moment])
    return MOMENTS[moment]


@pytest.mark.parametrize("moment", MOMENTS)
def test_the_product_of_who_may_decide(names, moment):
    people = {role: who_is(names, role) for role in PEOPLE}
    rows = {key: factories_activities.activity(names.ana) for key in itertools.product(PEOPLE, VERDICTS)}
    at = reach(names, moment)

    queued = {role: stands(people[role], at) for role in PEOPLE}
    found = {
        (role, verdict): outcome(row, people[role], verdict, at) for (role, verdict), row in rows.items()
    }

    assert queued == {role: len(rows) if (role, moment) in QUEUED else 0 for role in PEOPLE}
    assert found == {
        (role, verdict): None if verdict == "returned" and moment in NO_RETURN else QUEUED.get((role, moment))
        for role, verdict in rows
    }


def stands(person, at):
    """How many rows stand in a queue of `person`."""
    scope = ReviewScope(person, at)
    return scope.waiting().count() + scope.undecided().count()


def outcome(row, person, verdict, at):
    """The capacity in which `person` decided the row; None where they were refused and nothing changed."""
    try:
        decision = decide(row, person, verdict, at=at)
    except (NotAllowed, ValidationError):
        row.refresh_from_db()
        assert (row.status, row.version, row.decisions.count()) == ("reported", 1, 0)
        return None
    assert (row.status, row.version, row.decisions.count()) == (verdict, 2, 1)
    assert row.after_close is decision.after_close is (row.month.status == "verifying")
    return decision.capacity


def test_d13_undecided_work_goes_up_on_day_four_then_to_the_assessors_and_is_never_zero_by_silence(names):
    rows = [factories_activities.activity(names.ana, date(2026, 3, day)) for day in range(9, 14)]
    pks = [row.pk for row in rows]

    def queue(person, at):
        return list(ReviewScope(person, at).waiting().order_by("pk").values_list("pk", flat=True))

    assert queue(names.supervisor, MOMENTS["in the week"]) == pks
    assert queue(names.head, MOMENTS["on the 3rd working day"]) == []
    assert queue(names.head, MOMENTS["on the 4th working day"]) == pks
    assert queue(names.supervisor, MOMENTS["on the 4th working day"]) == pks

    rows[0].month.close(at=AFTER_CLOSE)
    assessor = factories.assessor(names.agency)
    assert queue(names.supervisor, AFTER_CLOSE) == queue(names.head, AFTER_CLOSE) == []
    left = ReviewScope(assessor, AFTER_CLOSE).undecided()
    assert list(left.order_by("pk").values_list("pk", "status")) == [(pk, "reported") for pk in pks]

    decision = decide(rows[0], assessor, at=AFTER_CLOSE)
    assert (decision.capacity, decision.after_close, rows[0].after_close) == ("assessor", True, True)


def test_d13_a_holiday_moves_the_fourth_working_day(names):
    factories.holiday(date(2026, 3, 17))
    activity = factories_activities.activity(names.ana)

    assert not ReviewScope(names.head, MOMENTS["on the 4th working day"]).waiting().exists()
    with pytest.raises(NotAllowed):
        decide(activity, names.head, at=MOMENTS["on the 4th working day"])
    assert decide(activity, names.head, at=factories.at(2026, 3, 20)).capacity == "superior"


def test_d16_own_work_is_refused_to_whoever_acts_for_ones_own_superior_post(names):
    names.supervisor.postings.update(ends_on=date(2026, 3, 8))
    names.ana.postings.update(ends_on=date(2026, 3, 11))
    activity = factories_activities.activity(names.ana)
    factories.posted(names.ana, names.supervisor_post, date(2026, 3, 12))
    at = factories.at(2026, 3, 16)

    with pytest.raises(NotAllowed, match="sendiri"):
        decide(activity, names.ana, at=at)
    assert not ReviewScope(names.ana, at).waiting().exists()
    assert not ReviewScope(names.ana, at).rows().filter(pk=activity.pk).exists()

    assert list(ReviewScope(names.head, at).waiting()) == [activity]
    assert decide(activity, names.head, at=at).capacity == "holder"


def test_an_owner_promoted_above_their_old_supervisor_is_not_decided_by_them(names):
    names.head.postings.update(ends_on=date(2026, 3, 11))
    names.ana.postings.update(ends_on=date(2026, 3, 11))
    activity = factories_activities.activity(names.ana)
    factories.posted(names.ana, names.head_post, date(2026, 3, 12))
    at, assessor = factories.at(2026, 3, 16), factories.assessor(names.agency)

    for other in (names.supervisor, names.head):
        assert not ReviewScope(other, at).waiting().exists()
        with pytest.raises(NotAllowed):
            decide(activity, other, at=at)
    assert list(ReviewScope(assessor, at).waiting()) == [activity]
    assert decide(activity, assessor, at=at).capacity == "assessor"


def test_a_vacant_post_is_acted_for_by_the_superior_above_it_from_the_first_day(names):
    names.supervisor.postings.update(ends_on=date(2026, 3, 10))
    activity = factories_activities.activity(names.ana)
    at = factories.at(2026, 3, 13)

    assert list(ReviewScope(names.head, at).waiting()) == [activity]
    decision = decide(activity, names.head, at=at)
    assert (decision.capacity, decision.for_post) == ("holder", names.supervisor_post)


def test_a_supervisor_who_left_decides_no_more_and_their_successor_does(names):
    activity = factories_activities.activity(names.ana)
    names.supervisor.postings.update(ends_on=date(2026, 3, 13))
    successor = factories.staff(names.supervisor_post, "Rina Pengganti", starts_on=date(2026, 3, 14))
    at = factories.at(2026, 3, 16)

    with pytest.raises(NotAllowed):
        decide(activity, names.supervisor, at=at)
    assert list(ReviewScope(successor, at).waiting()) == [activity]
    assert decide(activity, successor, at=at).by == successor


def test_d42_work_is_decided_by_the_superior_post_of_its_own_date(names):
    post = factories.post(
        names.agency, "Kepala Seksi", number=8, level="supervisor", superior=names.head_post
    )
    other = factories.staff(post, "Sinta Seksi")
    names.ana.postings.update(ends_on=date(2026, 3, 10))
    before = factories_activities.activity(names.ana, date(2026, 3, 10))
    factories.posted(names.ana, factories.post(names.agency, superior=post), date(2026, 3, 11))
    names.ana.__dict__.pop("_postings", None)
    after = factories_activities.activity(names.ana, date(2026, 3, 11))
    at = factories.at(2026, 3, 16)

    assert list(ReviewScope(names.supervisor, at).waiting()) == [before]
    assert list(ReviewScope(other, at).waiting()) == [after]
    for row, wrong in ((before, other), (after, names.supervisor)):
        with pytest.raises(NotAllowed):
            decide(row, wrong, at=at)


def test_days_are_those_of_the_office(names):
    names.agency.zone = "Asia/Jayapura"
    names.agency.save(update_fields=["zone"])
    activity = factories_activities.activity(names.ana)
    names = city_again(names)
    last_minute_wit = factories.at(2026, 3, 18, 21, 59)

    with pytest.raises(NotAllowed):
        decide(activity, names.head, at=last_minute_wit)
    assert decide(activity, names.head, at=factories.at(2026, 3, 18, 22)).capacity == "superior"


def city_again(names):
    """The same people as another request reads them."""
    for name in ("ana", "supervisor", "head"):
        setattr(names, name, type(names.ana).objects.get(pk=getattr(names, name).pk))
    return names


def test_nothing_of_another_agency_is_reached(names):
    foreign = factories_activities.activity(names.zul)
    at = factories.at(2026, 3, 19)

    for person in (names.supervisor, names.head, names.ana, factories.assessor(names.agency)):
        assert not ReviewScope(person, at).reached().filter(pk=foreign.pk).exists()
        assert not ReviewScope(person, at).readable().filter(pk=foreign.pk).exists()


def test_d34_a_supervisor_reaches_exactly_their_own_six(names):
    six = [names.ana, names.budi, *(factories.staff(names.staff_post) for _ in range(4))]
    rows = [factories_activities.activity(person) for person in six]
    factories_activities.activity(names.zul)
    factories_activities.activity(names.supervisor)

    scope = ReviewScope(names.supervisor, factories.at(2026, 3, 16))

    expected = {row.pk for row in rows}
    for listed in (scope.waiting(), scope.rows(), scope.reached()):
        assert set(listed.values_list("pk", flat=True)) == expected


def test_decided_work_stays_in_reach_of_who_decided_it(names):
    activity = factories_activities.activity(names.ana)
    at = MOMENTS["on the 4th working day"]
    decide(activity, names.head, "rejected", at=at, reason=REASON)

    scope = ReviewScope(names.head, at)
    assert list(scope.rows()) == [activity]
    assert not scope.waiting().exists()
    assert Activity.objects.get().status == "rejected"
