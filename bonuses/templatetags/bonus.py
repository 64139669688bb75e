"""How the figures of a bonus are written: days, changes, and amounts that are taken away."""

from datetime import date
from decimal import Decimal

from django import template
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from organization.templatetags.display import MINUS, NOTHING, decimal2, is_english, number, rupiah
from records.rounding import half_up
from records.templatetags.looks import cells

register = template.Library()
TENTH = Decimal("0.1")
ROW = """<tr>
  <td class="ek-wide">{}</td>
  <th scope="row"><a class="d-inline-block py-1" href="{}">{}</a></th>
  {}{}
</tr>"""


@register.filter
def plain(value: Decimal | int | None) -> str:
    """Write a Decimal without needless zeros: 16, 25,5; in English 25.5."""
    if value is None:
        return NOTHING
    text = f"{Decimal(value):f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text if is_english() else text.replace(".", ",")


@register.filter
def taken(amount: int) -> str:
    """Write what is taken away: −Rp18.000; nothing taken is Rp0."""
    return rupiah(-amount)


@register.filter
def amount_or_dash(amount: int) -> str:
    """Write an amount of a table without Rp; a dash where there is nothing."""
    return number(amount) if amount else NOTHING


@register.simple_tag
def amounts(line) -> SafeString:
    """Draw the amounts of one Line of a list, or of its sums, a dict."""
    amounts, net = line if isinstance(line, dict) else vars(line), _("Net")
    figures = [
        (_("Earned"), amount_or_dash(amounts["earned"])),
        (_("+ Floor"), amount_or_dash(amounts["floor_top_up"])),
        (_("Leave days"), amount_or_dash(amounts["excused_base"])),
        (_("Gross"), number(amounts["gross"])),
        (_("Health"), number(amounts["health_employee"])),
        (_("Tax"), number(amounts["tax"])),
        (net, number(amounts["net"])),
    ]
    return cells(figures, bold=net)


@register.simple_tag
def line_rows(page) -> SafeString:
    """Draw the rows of a page of lines: the place of each, who it is for with a link, and the figures."""
    cell = (_("Class"), _("Score"))
    rows = (
        (
            number_of_row,
            reverse("bonuses:line", args=[line.pk]),
            line.person.name,
            cells(zip(cell, (str(line.class_number), decimal2(line.score)), strict=True)),
            amounts(line),
        )
        for number_of_row, line in enumerate(page, start=page.start_index())
    )
    return format_html_join("", ROW, rows)


@register.filter
def change(value: int) -> str:
    """Write a difference with its sign: +3, −1, 0."""
    return f"+{number(value)}" if value > 0 else number(value)


@register.filter
def millions(amount: int) -> str:
    """Write rupiah in millions with one decimal, half up: 427,1; in English 427.1."""
    tenths = half_up(Decimal(amount).scaleb(-6), to=TENTH)
    text = f"{abs(tenths):f}"
    return (MINUS if tenths < 0 else "") + (text if is_english() else text.replace(".", ","))


@register.filter
def millions_change(amount: int) -> str:
    """The same with its sign: +5,9."""
    return f"+{millions(amount)}" if amount > 0 else millions(amount)


@register.filter
def status_name(kind: str) -> str:
    """Name a status as people write it: PNS, CPNS, PPPK."""
    return {"NON_ASN": "non-ASN"}.get(kind, kind.replace("_", " "))


@register.filter
def isodate(text: str) -> date:
    """Read a date that JSON keeps as text."""
    return date.fromisoformat(text)
