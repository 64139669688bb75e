from celery import shared_task
from django.utils import timezone

from calendars.models import Month


@shared_task(acks_late=True)
def close_due_months() -> None:
    """Make last month's rows where nobody reported, and close every review whose moment has come.

    Hourly; safe to run at any time, twice.
    """
    now = timezone.now()
    Month.objects.open_past(now)
    Month.objects.close_due(now)
