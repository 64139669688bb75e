from celery import shared_task
from django.utils import timezone

from calendars.models import Heartbeat


@shared_task(acks_late=True)
def beat() -> None:
    """Note that the product runs: beat asked, a worker took it, the database wrote."""
    Heartbeat.objects.beat(timezone.now())
