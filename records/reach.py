"""How far a date that somebody types may lie: beyond, it was typed wrong. Source: domain.md, section 3."""

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

YEARS_AHEAD, YEARS_BACK = 1, 10


def within_reach(day):
    """Validator of a date: at most a year ahead, at most ten years back. Raises ValidationError."""
    today = timezone.localdate()
    if day > moved(today, YEARS_AHEAD):
        raise ValidationError(_("This lies more than a year ahead. Check the year."), code="far_ahead")
    if day < moved(today, -YEARS_BACK):
        raise ValidationError(_("This lies more than ten years back. Check the year."), code="far_back")


def moved(day, years):
    """The same day `years` later; 28 February where that year has no 29th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
