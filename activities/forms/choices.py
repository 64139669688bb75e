"""What the form of an activity offers: its days as tiles, its items in groups."""

from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _

from organization.templatetags.display import deadline

OTHER = "other"
TILE = '<span><span class="ek-nowrap">{}</span><small class="d-block ek-muted">{}</small></span>'


def tiles(days, at):
    """(value, label) of each day, the label with its last moment."""
    for found in days:
        yield str(found.day), format_html(TILE, date_format(found.day, "D, j M"), until(found, at))


def until(found, at):
    """The last moment of an open day, shorter than its page says it."""
    if found.window and found.takes(at):
        return _("until %(moment)s") % {"moment": deadline(found.closes_at)}
    return found.until(at)


def items_in_groups(items, often):
    """The items in groups: those used often first, then by job family, then one's own words."""
    groups = {}
    for item in items:
        if item not in often:
            groups.setdefault(item.job_family, []).append(option(item))
    used = [(_("Often used"), [option(item) for item in often])] if often else []
    named = [(family[:1].upper() + family[1:], options) for family, options in sorted(groups.items())]
    return [("", ""), *used, *named, (OTHER, _("Other, in my own words"))]


def option(item):
    """(value, label) of one item, the label with its unit and its norm."""
    parts = [item.name, item.output_unit]
    if item.standard_minutes:
        parts.append(_("%(minutes)d minutes") % {"minutes": item.standard_minutes})
    return item.pk, " · ".join(parts)


def limit(days):
    """How many minutes a day holds, by the highest limit of `days`; "" where no rule gives one."""
    limits = sorted({found.rule.daily_minutes for found in days if found.rule})
    return _("At most %(limit)d minutes a day.") % {"limit": limits[-1]} if limits else ""
