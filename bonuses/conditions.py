"""What has to hold before a run is released, each condition with what was found."""

from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bonuses.models.moves import RELEASE
from organization.templatetags.display import daymonth, number

NAMED = 5


class Condition(NamedTuple):
    title: str
    holds: bool
    found: str


def conditions(run, shares, lines, *, people, reader):
    """The three conditions of `run` as `reader` sees them; `people` counts its `lines`."""
    return [_months(shares), _accounts(lines, people=people), _persons(run, lines, reader=reader)]


def _months(shares):
    found = [f"{share.month.agency} {daymonth(share.month.finalised_at)}" for share in shares]
    return Condition(_("Every month is final"), True, ", ".join(found))


def _accounts(lines, *, people):
    """Who cannot be paid by the bank; the first five by name."""
    missing = lines.without_account()
    count, first = missing.count(), missing.select_related("person")[:NAMED]
    names = [line.person.name for line in first]
    if not count:
        found = _("%(people)s of %(people)s") % {"people": number(people)}
        return Condition(_("Every line has an account"), True, found)
    title = ngettext("%(people)s person has no account", "%(people)s persons have no account", count)
    named = ", ".join([*names, "…"] if count > NAMED else names)
    sentence = _("It does not hold the release back; they cannot be paid by the bank.")
    return Condition(title % {"people": count}, False, f"{named}. {sentence}")


def _persons(run, lines, *, reader):
    """Whether the reader may be the third of the three persons, and who the others are."""
    said = [_("Made by %(maker)s") % {"maker": run.made_by.name}]
    if run.checked_by:
        said.append(_("checked by %(checker)s") % {"checker": run.checked_by.name})
    if run.released_by:
        said.append(_("released by %(releaser)s") % {"releaser": run.released_by.name})
    found = f"{', '.join(said)}."
    if lines.filter(person=reader).exists():
        found = f"{found} {_('Your own line is among them; its figure does not change.')}"
    title = _("Maker, checker and releaser are three persons")
    return Condition(title, not RELEASE.obstacle(run, by=reader), found)
