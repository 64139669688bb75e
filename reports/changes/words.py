"""Each kind of request in words: what is asked, of what, and the decree or letter that it stands on."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from organization.models import Level
from organization.templatetags.display import monthname, percent, shortdate
from reports.changes.lists import LISTS


class Words(NamedTuple):
    """A request in words: what is asked, of what, and the decree or letter that this stands on."""

    act: str
    subject: str
    basis: str
    reason: str = ""


def acts():
    return {
        "sanctions": _("Sanction"),
        "sanction-cancellations": _("Cancel a sanction"),
        "leave-changes": _("Cancel or end leave"),
        "holiday-cancellations": _("Cancel a holiday"),
        "letters": _("Acting letter"),
        "letter-endings": _("Cancel or end an acting letter"),
        "joinings": _("New employee"),
        "transfers": _("Transfer"),
        "transfer-cancellations": _("Undo a transfer"),
        "promotions": _("Promotion"),
        "leavings": _("End of service"),
        "suspensions": _("Suspension"),
        "suspension-cancellations": _("Cancel a suspension"),
        "reinstatements": _("Return to service"),
        "post-changes": _("Change of a post"),
        "leaving-cancellations": _("Undo an end of service"),
        "units": _("New unit"),
        "posts": _("New post"),
        "imports": _("List from a file"),
        "addresses": _("E-mail address"),
        "grants": _("Role"),
        "grant-endings": _("End of a role"),
    }


def sanction_words(sanction, _titles):
    return Words(acts()["sanctions"], period_of(sanction), sanction.decree)


def cancellation_words(asked, _titles):
    return Words(
        acts()["sanction-cancellations"], period_of(asked.sanction), asked.sanction.decree, asked.reason
    )


def leave_words(asked, titles):
    leave = asked.leave
    title = titles.get(leave.code, leave.code)
    facts = {"type": title, "first": shortdate(leave.starts_on), "last": shortdate(leave.ends_on)}
    subject = _("%(type)s, %(first)s to %(last)s") % facts
    if asked.ends_on is None:
        return Words(_("Cancel leave or duty"), subject, leave.letter, asked.reason)
    act = _("End leave or duty on %(day)s") % {"day": shortdate(asked.ends_on)}
    return Words(act, subject, leave.letter, asked.reason)


def holiday_words(asked, _titles):
    holiday = asked.holiday
    where = holiday.unit.name if holiday.unit else _("the whole city")
    subject = f"{holiday.title}, {shortdate(holiday.date)}, {where}"
    return Words(acts()["holiday-cancellations"], subject, holiday.decree, asked.reason)


def letter_words(letter, _titles):
    return Words(acts()["letters"], about_letter(letter), letter.letter)


def letter_ending_words(asked, _titles):
    act = _("Cancel an acting letter")
    if asked.ends_on is not None:
        act = _("End an acting letter on %(day)s") % {"day": shortdate(asked.ends_on)}
    return Words(act, about_letter(asked.letter), asked.letter.letter, asked.reason)


def about_letter(letter):
    """Plh Kepala Bidang, Dinas Contoh, Sen, 9 Mar 2026 – Jum, 13 Mar 2026."""
    days = f"{shortdate(letter.starts_on)} – {shortdate(letter.ends_on)}"
    return f"{letter.get_capacity_display()} {letter.post.name_on(letter.starts_on)}, {days}"


def period_of(sanction):
    """The percent and the months of a sanction: 25 %, Maret 2026 – April 2026."""
    months = [monthname(sanction.first_month)]
    months += [] if sanction.is_of_one_month else [monthname(sanction.last_month)]
    return f"{percent(sanction.percent)}, {' – '.join(months)}"


def joining_words(joining, _titles):
    facts = [
        f"{joining.name}, NIP {joining.nip}",
        joining.get_kind_display(),
        joining.post.name_on(joining.starts_on),
    ]
    facts += [str(joining.rank)] if joining.rank else []
    return Words(acts()["joinings"], ", ".join([*facts, since(joining.starts_on)]), joining.decree)


def transfer_words(transfer, _titles):
    return Words(acts()["transfers"], about_transfer(transfer), transfer.decree)


def transfer_undoing_words(asked, _titles):
    act = acts()["transfer-cancellations"]
    return Words(act, about_transfer(asked.step), asked.step.decree, asked.reason)


def about_transfer(transfer):
    return f"{transfer.post.name_on(transfer.starts_on)}, {since(transfer.starts_on)}"


def promotion_words(promotion, _titles):
    subject = f"{promotion.rank} {promotion.rank.name}, {since(promotion.starts_on)}"
    return Words(acts()["promotions"], subject, promotion.decree)


def leaving_words(leaving, _titles):
    return Words(acts()["leavings"], about_leaving(leaving), leaving.decree)


def leaving_undoing_words(asked, _titles):
    act = acts()["leaving-cancellations"]
    return Words(act, about_leaving(asked.step), asked.step.decree, asked.reason)


def about_leaving(leaving):
    last = _("last day %(day)s") % {"day": shortdate(leaving.last_day)}
    return f"{leaving.get_cause_display()}, {last}"


def since(day):
    return _("from %(day)s") % {"day": shortdate(day)}


def grant_words(asked, _titles):
    days = f"{shortdate(asked.starts_on)} – " + (
        shortdate(asked.ends_on) if asked.ends_on else _("until further notice")
    )
    return Words(acts()["grants"], f"{about_role(asked)}, {days}", "", asked.reason)


def address_words(asked, _titles):
    return Words(acts()["addresses"], asked.address, "")


def grant_ending_words(asked, _titles):
    last = _("last day %(day)s") % {"day": shortdate(asked.ends_on)}
    return Words(acts()["grant-endings"], f"{about_role(asked.grant)}, {last}", "")


def about_role(row):
    """Penilai, Dinas Contoh; of a grant or a request of one."""
    where = row.unit.name if row.unit else _("the whole city")
    return f"{row.get_role_display()}, {where}"


def unit_words(asked, _titles):
    place = [asked.parent.name] if asked.parent else []
    return Words(acts()["units"], ", ".join([str(asked), *place]), asked.decree)


def list_words(row, _titles):
    subject = f"{LISTS[row.kind].title}: {row.file_name}"
    if row.shown is None:
        return Words(acts()["imports"], subject, "")
    said = _("%(read)s rows read, %(imported)s new, %(rejected)s rejected, %(warned)s with a warning")
    facts = {"read": row.shown["read"], "imported": row.shown["imported"]}
    facts |= {sort: row.shown[f"{sort}_rows"] for sort in ("rejected", "warned")}
    return Words(acts()["imports"], f"{subject}; {said % facts}", "")


def post_words(asked, _titles):
    facts = [str(asked), _("class %(class)s") % {"class": asked.job_class}]
    if asked.superior:
        facts.append(_("below %(post)s") % {"post": asked.superior})
    return Words(acts()["posts"], ", ".join(facts), asked.decree)


def suspension_words(suspension, _titles):
    return Words(acts()["suspensions"], about_suspension(suspension), suspension.decree)


def suspension_undoing_words(asked, _titles):
    act = acts()["suspension-cancellations"]
    return Words(act, about_suspension(asked.step), asked.step.decree, asked.reason)


def about_suspension(suspension):
    if suspension.ends_on is None:
        return since(suspension.starts_on)
    return f"{shortdate(suspension.starts_on)} – {shortdate(suspension.ends_on)}"


def reinstatement_words(asked, _titles):
    return Words(acts()["reinstatements"], since(asked.starts_on), asked.decree)


def post_change_words(asked, _titles):
    """What the post is to be, in full: post, unit, class, level and superior."""
    facts = [str(asked), _("class %(class)s") % {"class": asked.job_class}]
    facts.append(Level(asked.terms["level"]).label)
    if asked.superior:
        facts.append(_("below %(post)s") % {"post": asked.superior})
    facts.append(since(asked.starts_on))
    return Words(acts()["post-changes"], ", ".join(map(str, facts)), asked.decree)
