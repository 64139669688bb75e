from datetime import date

import pytest

from calendars.models.obligations import person_calendar
from organization.models import PostTerm
from tests import factories

pytestmark = pytest.mark.django_db
FIRST, LAST, DAY = date(2026, 3, 1), date(2026, 3, 31), date(2026, 3, 16)


@pytest.mark.parametrize(
    ("changed", "cut"),
    [
        ({"job_class": 7}, [(FIRST, date(2026, 3, 15)), (DAY, LAST)]),
        ({"level": "supervisor"}, [(FIRST, date(2026, 3, 15)), (DAY, LAST)]),
        ({"superior": "other"}, [(FIRST, LAST)]),
    ],
)
def test_a_segment_is_cut_where_class_or_level_change_not_where_the_superior_does(changed, cut):
    city = factories.city()
    post = factories.post(city.agency)
    who = factories.staff(post)
    if "job_class" in changed:
        changed = {"job_class": factories.job_class(7)}
    if "superior" in changed:
        changed = {"superior": city.head_post}
    PostTerm.objects.change(post, starts_on=DAY, decree="SK 1", **changed)

    stays = person_calendar(who, first=FIRST, last=LAST).stays

    assert [(stay.first, stay.last) for stay in stays] == cut
