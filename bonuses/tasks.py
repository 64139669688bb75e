from celery import shared_task
from django.db import OperationalError, transaction
from django.utils import timezone

from bonuses.models import Share


def ask_for(shares):
    """Hand shares to the job queue once the surrounding transaction is committed.

    A queue that does not answer is logged; the watchdog asks again for what the rows say is wanted.
    """
    for share in shares:
        transaction.on_commit(lambda pk=share.pk: compute_share.delay(pk), robust=True)


@shared_task(acks_late=True, autoretry_for=(OperationalError,), retry_backoff=True, max_retries=5)
def compute_share(share_id: int) -> None:
    """Compute one agency's share of a run. Safe to deliver twice: Share.compute() does the work once."""
    Share(pk=share_id).compute()  # which reads it under its lock


@shared_task
def resume_requested_runs() -> None:
    """Ask again for what was requested and is not computed; beat calls it every few minutes."""
    ask_for(Share.objects.stuck(at=timezone.now()))
