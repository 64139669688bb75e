"""What assessors decide: what nobody in the line acts for or decided in time; never of their own line."""

from datetime import date

import pytest

from approvals.queue import ReviewScope
from approvals.unit_queue import unit_lines
from organization.models import Role
from records.refusals import NotAllowed
from tests import factories, factories_activities
from tests.factories_approvals import AFTER_CLOSE, NEXT_MONDAY, WEEK, city, decide, page, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def names():
    return city()


def test_d17_work_without_anybody_above_is_the_assessors_before_review_close_too(names):
    head_row = factories_activities.activity(names.head)
    names.supervisor.postings.update(ends_on=date(2026, 3, 10))
    names.head.postings.update(ends_on=date(2026, 3, 12))
    ana_row = factories_activities.activity(names.ana)
    assessor, at = factories.assessor(names.agency), factories.at(2026, 3, 13)

    assert set(ReviewScope(assessor, at).waiting()) == {head_row, ana_row}
    assert not ReviewScope(factories.assessor(names.other), at).waiting().exists()
    for row in (head_row, ana_row):
        decision = decide(row, assessor, "returned", at=at)
        assert (decision.capacity, decision.after_close, decision.for_post) == ("assessor", False, None)


def test_d16_an_assessor_decides_nothing_of_their_own_line_of_superiors(names):
    office = factories.post(names.other, "Penilai", superior=names.supervisor_post)
    insider, outsider = factories.staff(office, "Penilai di bawahnya"), factories.assessor(names.agency)
    factories.grant(insider, Role.ASSESSOR, names.agency)
    at, top = factories.at(2026, 3, 13), factories_activities.activity(names.head)
    superior, colleague = (factories_activities.activity(who) for who in (names.supervisor, names.ana))

    assert list(ReviewScope(insider, at).waiting()) == []
    with pytest.raises(NotAllowed):
        decide(top, insider, at=at)
    assert decide(top, outsider, at=at).capacity == "assessor"

    top.month.close(at=AFTER_CLOSE)
    scope = ReviewScope(insider, AFTER_CLOSE)
    assert (list(scope.undecided()), list(scope.reached())) == ([colleague], [colleague])
    with pytest.raises(NotAllowed):
        decide(superior, insider, at=AFTER_CLOSE)
    assert decide(colleague, insider, at=AFTER_CLOSE).after_close


def test_an_assessor_whose_grant_ended_decides_nothing(names):
    activity = factories_activities.activity(names.ana)
    activity.month.close(at=AFTER_CLOSE)
    assessor = factories.assessor(names.agency)
    assessor.grants.update(ends_on=date(2026, 4, 7))

    with pytest.raises(NotAllowed):
        decide(activity, assessor, at=AFTER_CLOSE)
    assert not ReviewScope(assessor, AFTER_CLOSE).undecided().exists()


def test_what_waits_with_the_unit_stands_on_its_page_from_the_first_day_with_its_count(client, names):
    top, _below = factories_activities.activity(names.head), factories_activities.activity(names.ana)
    assessor, other = factories.assessor(names.agency), factories.assessor(names.other)

    (line,) = unit_lines(ReviewScope(assessor, NEXT_MONDAY))
    said = words(page(client, assessor, "unit"))

    assert (line.month, line.week, line.rows, line.since) == (top.month, WEEK, 1, top.reported_at)
    assert "Dinas Contoh, pekan 9 Mar – 15 Mar 1 kegiatan, menunggu sejak" in said
    assert "Menunggu unit 1 menunggu" in said
    assert unit_lines(ReviewScope(other, NEXT_MONDAY)) == []
