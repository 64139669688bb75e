"""What a step of a person touches: told before it is asked for, and again before it is approved."""

from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities.models import Activity, undecided_from
from calendars.weeks import ONE_DAY, MonthKey
from organization.models import Post, Unit
from organization.templatetags.display import monthname
from records.sentences import woven
from reports.changes.touched import Touched, agencies_of


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


def touched_by_undoing(asked):
    """By a step taken back: what the step touched."""
    return TOUCHES[type(asked.step).__name__](asked.step)


def _until_today(agencies, first, today):
    return Touched.by_days(agencies, first, today) if first <= today else Touched(())


TOUCHES = {"Transfer": touched_by_transfer, "Leaving": touched_by_leaving}
