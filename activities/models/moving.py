"""What is not decided yet follows its owner to the post of its day. Source: domain.md, section 2."""

from datetime import timedelta

from django.db.models import F, Max

from activities.models.activity import Activity
from calendars.models import Month
from calendars.weeks import MonthKey, months_back
from organization.models import Placement, User

PLACE = ("unit__agency",)
REACH = timedelta(days=366)  # nothing is dated later
UNDECIDED = (Activity.Status.DRAFT, Activity.Status.REPORTED, Activity.Status.RETURNED)


def undecided_from(person, day):
    """Their rows of `day` and later that nobody has decided, in months that are open."""
    return undecided_since([person.pk], day)


def undecided_since(people, day):
    """The same of several, by ids."""
    return Activity.objects.filter(
        person__in=people, performed_on__gte=day, status__in=UNDECIDED, month__status=Month.Status.OPEN
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


def follow_post(post, *, since):
    """The same for everybody who holds `post` on that day or later."""
    held = Placement.objects.filter(post=post).overlapping(since, since + REACH)
    people = User.objects.filter(pk__in=held.values("person")).order_by("pk")
    return sum(follow_postings(person, since=since) for person in people)


def _move(rows, place, key):
    if not rows.exists():
        return 0
    month = Month.objects.of(place.unit.agency, key)
    if month.status != Month.Status.OPEN:
        return 0
    fitting = rows.filter(term=place.term_id, reviewing_post=place.superior_id, month=month)
    return rows.exclude(pk__in=fitting.values("pk")).update(
        post=place.post_id,
        term=place.term_id,
        reviewing_post=place.superior_id,
        month=month,
        version=F("version") + 1,
    )
