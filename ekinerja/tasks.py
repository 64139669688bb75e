"""Jobs of the wiring alone; those of a room stand in the room."""

from celery import shared_task
from django.core.management import call_command


@shared_task
def clear_old_sessions():
    """Delete the rows of sessions that have ended. Safe twice."""
    call_command("clearsessions")
