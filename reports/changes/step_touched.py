"""What a step of a person touches: told before it is asked for, and again before it is approved."""

from dataclasses import replace
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities.models import Activity, undecided_from, undecided_since
from calendars.weeks import ONE_DAY, MonthKey
from organization.models import Placement, Post, Unit
from organization.templatetags.display import monthname
from records.sentences import woven
from reports.changes.touched import Touched, agencies_of

REACH = timedelta(days=366)  # nothing is dated later


def touched_by_joining(joining):
    """By a first post: days until today that it makes working days."""
    today = joining.requested_by.today() if joining.requested_by_id else joining.starts_on
    agency = Unit.objects.filter(pk=joining.post.term_on(joining.starts_on).unit.agency_id)
    return _until_today(agency, joining.starts_on, today)


def touched_by_transfer(transfer):
    """By a transfer: the months of both offices, and the work that goes to the new reviewer."""
    who, today = transfer.person, transfer.person.today()
    former, place = who.posting_on(transfer.starts_on - ONE_DAY), transfer.post.term_on(transfer.starts_on)
    offices = {place.unit.agency_id} | ({former.unit.agency_id} if former else set())
    found = _until_today(Unit.objects.filter(pk__in=offices), transfer.starts_on, today)
    notes, rows = [], undecided_from(who, transfer.starts_on).count()
    if rows:
        sentence = ngettext(
            "%(rows)s activity that nobody has decided goes to the reviewer of the new post: %(post)s",
            "%(rows)s activities that nobody has decided go to the reviewer of the new post: %(post)s",
            rows,
        )
        notes.append(sentence % {"rows": rows, "post": transfer.post.name_on(transfer.starts_on)})
    if len(offices) > 1:
        notes.append(
            woven(
                _("The score of %(month)s is given by the new agency: %(agency)s"),
                month=monthname(transfer.starts_on),
                agency=place.unit.agency,
            )
        )
    return replace(found, notes=tuple(notes))


def touched_by_leaving(leaving):
    """By an end of service: days after it that were worked, and posts that lose their superior."""
    who, today, notes = leaving.person, leaving.person.today(), []
    agencies = agencies_of(who, leaving.last_day, leaving.last_day)
    after = Activity.objects.of(who).filter(performed_on__gt=leaving.last_day).filling_the_day().count()
    if after:
        sentence = ngettext(
            "%(rows)s activity after the last day counts nothing any more.",
            "%(rows)s activities after the last day count nothing any more.",
            after,
        )
        notes.append(sentence % {"rows": after})
    posting = who.posting_on(leaving.last_day)
    below = Post.objects.below(posting.post, on=leaving.starts_on).count() if posting else 0
    if below:
        sentence = ngettext(
            "%(posts)s post reports to theirs: the next superior reviews it until it is held again.",
            "%(posts)s posts report to theirs: the next superior reviews them until it is held again.",
            below,
        )
        notes.append(sentence % {"posts": below})
    return replace(_until_today(agencies, leaving.starts_on, today), notes=tuple(notes))


def touched_by_promotion(promotion):
    """By a rank: tax of the months from its own on."""
    first, today = MonthKey.of(promotion.starts_on).first_day, promotion.person.today()
    last = max(today, promotion.starts_on)
    return Touched.by_pay(agencies_of(promotion.person, first, last), first, last)


def touched_by_suspension(suspension):
    """By a suspension: days until today that ask for nothing, and minutes on them that count nothing."""
    who, today = suspension.person, suspension.person.today()
    last = min(filter(None, [suspension.ends_on, today]))
    return replace(
        _until_today(agencies_of(who, suspension.starts_on, last), suspension.starts_on, last),
        notes=tuple(_lost(who, suspension.starts_on, suspension.ends_on)),
    )


def _lost(who, first, last):
    rows = Activity.objects.of(who).filter(performed_on__gte=first).filling_the_day()
    found = (rows.filter(performed_on__lte=last) if last else rows).count()
    if found:
        sentence = ngettext(
            "%(rows)s activity of these days counts nothing.",
            "%(rows)s activities of these days count nothing.",
            found,
        )
        yield sentence % {"rows": found}


def touched_by_reinstatement(reinstatement):
    """By a return to service: days until today that ask for reports again."""
    who, today = reinstatement.person, reinstatement.person.today()
    return _until_today(agencies_of(who, reinstatement.starts_on, today), reinstatement.starts_on, today)


def touched_by_post_change(change):
    """By another post from a day on: its holders, their months until today, and the work that moves."""
    today = timezone.localdate()
    held = Placement.objects.filter(post=change.post).overlapping(change.starts_on, change.starts_on + REACH)
    people = set(held.values_list("person", flat=True))
    offices = {change.unit.agency_id, *held.values_list("unit__agency", flat=True)}
    rows = undecided_since(people, change.starts_on).count()
    notes = []
    if people:
        sentence = ngettext(
            "%(people)s employee holds this post; %(rows)s undecided activities go with it.",
            "%(people)s employees hold this post; %(rows)s undecided activities go with it.",
            len(people),
        )
        notes.append(sentence % {"people": len(people), "rows": rows})
    found = _until_today(Unit.objects.filter(pk__in=offices), change.starts_on, today)
    return replace(found, notes=tuple(notes))


def touched_by_undoing(asked):
    """By a step taken back: what the step touched."""
    return TOUCHES[type(asked.step).__name__](asked.step)


def _until_today(agencies, first, today):
    return Touched.by_days(agencies, first, today) if first <= today else Touched(())


TOUCHES = {
    "Transfer": touched_by_transfer,
    "Leaving": touched_by_leaving,
    "Suspension": touched_by_suspension,
}
