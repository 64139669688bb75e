"""What has to hold before a run is released, each condition with what was found."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bonuses.models.moves import RELEASE
from organization.templatetags.display import daymonth, number
from records.checks import Check, CheckState
from records.sentences import ended, named

NAMED = 5


def conditions(run, shares, lines, *, people, reader):
    """The three conditions of `run` as `reader` sees them; `people` counts its `lines`."""
    return [_months(shares), _accounts(lines, people=people), _persons(run, lines, reader=reader)]


def _months(shares):
    found = [f"{share.month.agency} {daymonth(share.month.finalised_at)}" for share in shares]
    return Check("final", _("Every month is final"), ", ".join(found), CheckState.of(True, of_any=found))


def _accounts(lines, *, people):
    """Who cannot be paid by the bank; the first five by name."""
    missing = lines.without_account()
    count, first = missing.count(), missing.select_related("person")[:NAMED]
    names = [line.person.name for line in first]
    if not count:
        found = _("%(people)s of %(people)s") % {"people": number(people)} if people else _("there is none")
        state = CheckState.of(True, of_any=people)
        return Check("accounts", _("Every line has an account"), found, state)
    title = ngettext("%(people)s person has no account", "%(people)s persons have no account", count)
    who = ended(named(names, at_most=NAMED, count=count))
    sentence = _("It does not hold the release back; they cannot be paid by the bank.")
    return Check("accounts", title % {"people": count}, f"{who} {sentence}", CheckState.LOOK)


def _persons(run, lines, *, reader):
    """The three persons of the run; until it is released, whether the reader may be the third is said."""
    said = [_("Made by %(maker)s") % {"maker": run.made_by.name}]
    if run.checked_by:
        said.append(_("checked by %(checker)s") % {"checker": run.checked_by.name})
    if run.released_by:
        said.append(_("released by %(releaser)s") % {"releaser": run.released_by.name})
    found = ended(", ".join(said))
    obstacle = "" if run.released_by else RELEASE.obstacle(run, by=reader)
    if obstacle:
        found = f"{found} {obstacle}"
    if lines.filter(person=reader).exists():
        found = f"{found} {_('Your own line is among them; its figure does not change.')}"
    title = _("Maker, checker and releaser are three persons")
    return Check("persons", title, found, CheckState.of(True, of_any=run.released_by))
