"""Shapes and states, drawn without a template of their own: hundreds of them stand in a page."""

from functools import lru_cache

from django import template
from django.templatetags.static import static
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
CELL = '<td class="ek-num{}" data-l="{}">{}</td>'


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw one icon of the sprite, silent beside a word."""
    return _icon(name)


@register.simple_tag
def status(shown, label: str = "") -> SafeString:
    """Draw a shown choice as a shape and a word; `label` are other words than its own."""
    tone = f" {shown.tone}" if shown.tone else ""
    return format_html('<span class="ek-status{}">{}{}</span>', tone, icon(shown.shape), label or shown.label)


def cells(figures, *, bold="") -> SafeString:
    """Draw the cells of a row of a table from its (label, text) pairs; `bold` is a label.

    A phone shows the label beside the text.
    """
    drawn = [
        CELL.format(" fw-bold" if label == bold else "", escape(label), escape(text))
        for label, text in figures
    ]
    return mark_safe("".join(drawn))  # noqa: S308 (escaped)


@lru_cache(maxsize=256)
def _icon(name):
    return format_html(
        '<svg class="ek-i" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        static("ekinerja/img/icons.svg"),
        name,
    )
