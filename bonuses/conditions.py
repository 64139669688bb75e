"""What has to hold before a run is released, each condition with what was found."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bonuses.models.moves import RELEASE
from organization.templatetags.display import daymonth, number
from records.checks import Check, CheckState
from records.sentences import ended, named

NAMED = 5


def conditions(run, shares, lines, *, totals, reader):
    """The three conditions of `run` as `reader` sees them; `totals` are those of its `lines` for them."""
    accounts = _accounts(lines, people=totals["people"], count=totals["unpayable"])
    return [_months(shares), accounts, _persons(run, reader=reader, is_paid=bool(totals["own"]))]


def _months(shares):
    found = [f"{share.month.agency} {daymonth(share.month.finalised_at)}" for share in shares]
    return Check("final", _("Every month is final"), ", ".join(found), CheckState.of(True, of_any=found))


def _accounts(lines, *, people, count):
    """Who of the `people` cannot be paid by the bank, `count` of them; the first five by name."""
    if not count:
        found = _("%(people)s of %(people)s") % {"people": number(people)} if people else _("there is none")
        state = CheckState.of(True, of_any=people)
        return Check("accounts", _("Every line has an account"), found, state)
    names = [line.person.name for line in lines.without_account().select_related("person")[:NAMED]]
    title = ngettext("%(people)s person has no account", "%(people)s persons have no account", count)
    who = ended(named(names, at_most=NAMED, count=count))
    sentence = _("It does not hold the release back; they cannot be paid by the bank.")
    return Check("accounts", title % {"people": count}, f"{who} {sentence}", CheckState.LOOK)


def _persons(run, *, reader, is_paid):
    """The three persons of the run; until it is released, whether the reader may be the third is said.

    `is_paid`: whether a line of the reader stands in it.
    """
    said = [_("Made by %(maker)s") % {"maker": run.made_by.name}]
    if run.checked_by:
        said.append(_("checked by %(checker)s") % {"checker": run.checked_by.name})
    if run.released_by:
        said.append(_("released by %(releaser)s") % {"releaser": run.released_by.name})
    found = ended(", ".join(said))
    obstacle = "" if run.released_by else RELEASE.obstacle(run, by=reader)
    if obstacle:
        found = f"{found} {obstacle}"
    if is_paid:
        found = f"{found} {_('Your own line is among them; its figure does not change.')}"
    title = _("Maker, checker and releaser are three persons")
    return Check("persons", title, found, CheckState.of(True, of_any=run.released_by))
