"""How figures, days and moments are written on screen, in Indonesian and in English.

Formatting only: nothing is rounded but to the digits shown, and a float never comes in.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from django import template
from django.utils import dateformat, timezone
from django.utils.html import format_html
from django.utils.translation import get_language, pgettext

from records import sentences
from records.rounding import CENT, half_up

register = template.Library()

NOTHING = "–"
MINUS = "−"


@register.filter
def rupiah(amount: int | None) -> str:
    """Write whole rupiah: Rp1.234.567, −Rp5.000; in English Rp1,234,567."""
    if amount is None:
        return NOTHING
    return f"{MINUS if amount < 0 else ''}Rp{_grouped(abs(_whole(amount)))}"


@register.filter
def number(value: int | None) -> str:
    """Write a whole number with groups of three: 1.300; in English 1,300."""
    if value is None:
        return NOTHING
    return f"{MINUS if value < 0 else ''}{_grouped(abs(_whole(value)))}"


@register.filter
def decimal2(value: Decimal | int | None) -> str:
    """Write a figure with two decimals, half up: 62,40; in English 62.40."""
    if value is None:
        return NOTHING
    if isinstance(value, float):
        raise TypeError("A figure is a Decimal, never a float.")
    rounded = half_up(value, to=CENT)
    whole, cents = f"{abs(rounded):f}".split(".")
    point = "." if is_english() else ","
    return f"{MINUS if rounded < 0 else ''}{_grouped(int(whole))}{point}{cents}"


@register.filter
def percent(value: Decimal | int | None) -> str:
    """Write a percentage without needless zeros: 95 %, 2,5 %; in English 95%, 2.5%."""
    if value is None:
        return NOTHING
    if isinstance(value, float):
        raise TypeError("A percentage is a Decimal, never a float.")
    text = f"{Decimal(value):f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return f"{text}%" if is_english() else f"{text.replace('.', ',')} %"


@register.filter
def term_on(post, day):
    """The terms of a post on the day: its unit, class, level and superior."""
    return post.term_on(day)


@register.filter
def name_on(post, day):
    """The title of a post with its office of the day."""
    return post.name_on(day)


@register.filter
def shortdate(day: date | None) -> str:
    """Write a day: Sen, 9 Mar 2026."""
    return _written(day, "D, j M Y")


@register.filter
def daymonth(day: date | None) -> str:
    """Write a day without its year: 9 Mar."""
    return _written(day, "j M")


@register.filter
def weekday(day: date | None) -> str:
    """Write the day of the week in three letters: Sen."""
    return _written(day, "D")


@register.filter
def monthname(day: date | None) -> str:
    """Write the month a day lies in: Maret 2026."""
    return _written(day, "F Y")


@register.filter
def clock(at: datetime | None) -> str:
    """Write the time of day in the active zone, on the office's 24-hour clock: 16.05 WIB."""
    if at is None:
        return NOTHING
    local = timezone.localtime(at)
    return f"{local:%H.%M} {local.tzname()}"


@register.filter
def moment(at: datetime | None) -> str:
    """Write a moment in the active zone: Sen, 9 Mar 2026 16.05 WIB."""
    if at is None:
        return NOTHING
    return f"{shortdate(timezone.localtime(at).date())} {clock(at)}"


@register.filter
def deadline(at: datetime | None) -> str:
    """Write a last moment in the active zone; midnight is the 24th hour of the day before.

    Rab, 11 Mar 24.00 WIB, and never Kam, 12 Mar 00.00 WIB, which people read a day late.
    """
    if at is None:
        return NOTHING
    local = timezone.localtime(at)
    if (local.hour, local.minute, local.second, local.microsecond) != (0, 0, 0, 0):
        return f"{_written(local.date(), 'D, j M')} {clock(at)}"
    return f"{_written(local.date() - timedelta(days=1), 'D, j M')} 24.00 {local.tzname()}"


@register.filter
def due(at: datetime | None, still_waited_for: bool = True) -> str:
    """Write the last moment of what is waited for on a page: once it has passed, in amber with “lewat”.

    Everything with such a moment is shown by it; `deadline` is for what is over, and for sentences.
    """
    if not still_waited_for or at is None or at > timezone.now():
        return deadline(at)
    return format_html(
        '<span class="ek-is-need">{} <b>({})</b></span>', deadline(at), pgettext("deadline", "passed")
    )


@register.filter
def named(things: list, at_most: int) -> str:
    """Write the first names of a list, and how many more there are."""
    return sentences.named(things, at_most=at_most)


@register.filter
def ended(text: str) -> str:
    """End a sentence in one full stop, also where its last word is “S.E.”."""
    return sentences.ended(text)


@register.filter
def record_number(pk: int | None) -> str:
    """Write the number people quote for an activity: K-10422."""
    return NOTHING if pk is None else f"K-{pk}"


def is_english() -> bool:
    """Whether the page is shown in English."""
    return (get_language() or "").startswith("en")


def _whole(value: int) -> int:
    if not isinstance(value, int):
        raise TypeError(f"A whole number is expected, not {type(value).__name__}.")
    return value


def _grouped(value: int) -> str:
    text = f"{value:,}"
    return text if is_english() else text.replace(",", ".")


def _written(day: date | None, pattern: str) -> str:
    return NOTHING if day is None else dateformat.format(day, pattern)
