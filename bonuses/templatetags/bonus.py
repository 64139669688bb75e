"""How the figures of a bonus are written: days, changes, and amounts that are taken away."""

from datetime import date
from decimal import Decimal

from django import template
from django.utils.translation import get_language

from organization.templatetags.display import NOTHING, number, rupiah

register = template.Library()


@register.filter
def plain(value: Decimal | int | None) -> str:
    """Write a Decimal without needless zeros: 16, 25,5; in English 25.5."""
    if value is None:
        return NOTHING
    text = f"{Decimal(value):f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text if (get_language() or "").startswith("en") else text.replace(".", ",")


@register.filter
def taken(amount: int) -> str:
    """Write what is taken away: −Rp18.000; nothing taken is Rp0."""
    return rupiah(-amount)


@register.filter
def amount_or_dash(amount: int) -> str:
    """Write an amount of a table without Rp; a dash where there is nothing."""
    return number(amount) if amount else NOTHING


@register.filter
def change(value: int) -> str:
    """Write a difference with its sign: +3, −1, 0."""
    return f"+{number(value)}" if value > 0 else number(value)


@register.filter
def status_name(kind: str) -> str:
    """Name a status as people write it: PNS, CPNS, PPPK."""
    return {"NON_ASN": "non-ASN"}.get(kind, kind.replace("_", " "))


@register.filter
def isodate(text: str) -> date:
    """Read a date that JSON keeps as text."""
    return date.fromisoformat(text)
