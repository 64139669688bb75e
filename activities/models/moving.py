"""What is not decided yet follows its owner to the post of its day. Source: domain.md, section 2."""

from django.db.models import F, Max

from activities.models.activity import Activity
from calendars.models import Month
from calendars.weeks import MonthKey, months_back
from organization.models import Placement

PLACE = ("unit__agency",)
UNDECIDED = (Activity.Status.DRAFT, Activity.Status.REPORTED, Activity.Status.RETURNED)


def undecided_from(person, day):
    """Their rows of `day` and later that nobody has decided, in months that are open."""
    return Activity.objects.of(person).filter(
        performed_on__gte=day, status__in=UNDECIDED, month__status=Month.Status.OPEN
    )


def follow_postings(person, *, since):
    """Give the undecided rows of `since` and later the post, superior post and month of their day.

    A row whose new month is not open stays, as does one of a day without a post. Returns how many moved; a
    page that shows an older version of one is told.
    """
    rows, moved = undecided_from(person, since), 0
    last = rows.aggregate(last=Max("performed_on"))["last"] or since
    for posting in Placement.objects.filter(person=person).overlapping(since, last).select_related(*PLACE):
        first_day = max(since, posting.starts_on)
        last_day = min(last, posting.ends_on or last)
        for key in months_back(MonthKey.of(last_day), MonthKey.of(first_day)):
            days = (max(first_day, key.first_day), min(last_day, key.last_day))
            moved += _move(rows.filter(performed_on__range=days), posting, key)
    return moved


def _move(rows, place, key):
    if not rows.exists():
        return 0
    month = Month.objects.of(place.unit.agency, key)
    if month.status != Month.Status.OPEN:
        return 0
    fitting = rows.filter(term=place.term_id, month=month)
    return rows.exclude(pk__in=fitting.values("pk")).update(
        post=place.post_id,
        term=place.term_id,
        reviewing_post=place.superior_id,
        month=month,
        version=F("version") + 1,
    )
