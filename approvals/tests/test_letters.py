"""Who decides by an acting letter: from its first day to 24.00 of its last, and never their own work."""

from datetime import date

import pytest

from approvals.models import Decision
from approvals.queue import ReviewScope
from records.refusals import NotAllowed
from tests import factories
from tests.factories_activities import activity
from tests.factories_approvals import city, decide, page

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2026, 3, 9), date(2026, 3, 13)
LAST_MINUTE, MIDNIGHT = factories.at(2026, 3, 13, 23, 59), factories.at(2026, 3, 14, 0)


@pytest.fixture
def names():
    """P, a colleague of Ana, is Plh for their supervisor S from 9 to 13 March."""
    found = city()
    found.p, found.s = found.budi, found.supervisor
    found.letter = factories.letter(found.supervisor_post, found.p, first=FIRST, last=LAST, capacity="plh")
    return found


def waits_for(who, when):
    return set(ReviewScope(who, when).waiting().values_list("pk", flat=True))


def test_d19_a_plh_decides_to_the_last_minute_of_the_letter_and_not_at_midnight(names):
    first, second = activity(names.ana, FIRST), activity(names.ana, LAST)

    decision = decide(first, names.p, at=LAST_MINUTE)
    with pytest.raises(NotAllowed):
        decide(second, names.p, at=MIDNIGHT)

    assert (first.status, decision.capacity) == ("approved", "plh")
    second.refresh_from_db()
    assert (second.status, Decision.objects.count()) == ("reported", 1)
    assert (waits_for(names.p, LAST_MINUTE), waits_for(names.p, MIDNIGHT)) == ({second.pk}, set())


def test_d19_the_trail_shows_who_acted_and_for_whose_post(client, names):
    row = activity(names.ana, FIRST)
    decision = decide(row, names.p, at=LAST_MINUTE)

    trail = page(client, names.ana, "decisions", row.pk).content.decode()

    assert (decision.by, decision.letter, decision.for_post) == (names.p, names.letter, names.supervisor_post)
    assert names.p.name in trail and "Plh" in trail and names.supervisor_post.title in trail


def test_d19_a_plh_does_not_decide_their_own_work(names):
    own = activity(names.p, FIRST)

    with pytest.raises(NotAllowed):
        decide(own, names.p, at=LAST_MINUTE)

    assert own.pk not in waits_for(names.p, LAST_MINUTE)
    assert decide(own, names.s, at=LAST_MINUTE).capacity == "holder"
