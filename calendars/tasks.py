from celery import shared_task
from django.utils import timezone

from calendars.models import Month


@shared_task(acks_late=True)
def close_due_months() -> None:
    """Close the review of months whose moment has come. Hourly; safe to run at any time, twice."""
    Month.objects.close_due(timezone.now())
