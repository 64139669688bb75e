from datetime import timedelta

from celery import shared_task
from django.db import OperationalError, transaction
from django.utils import timezone

from approvals.models import BulkAct, BulkSet

KEPT_UNSENT = timedelta(days=2)


def ask_for(acts):
    """Hand sets that were sent to the job queue once the surrounding transaction is committed.

    A queue that does not answer is logged; the watchdog asks again for what the rows say is wanted.
    """
    for act in acts:
        transaction.on_commit(lambda pk=act.pk: decide_set.delay(pk), robust=True)


@shared_task(acks_late=True, autoretry_for=(OperationalError,), retry_backoff=True, max_retries=5)
def decide_set(act_id: int) -> None:
    """Decide a set to its end. Safe to deliver twice: BulkAct.decide_next() decides each block once."""
    act = BulkAct.objects.get(pk=act_id)
    while act.decide_next(at=timezone.now()):
        continue


@shared_task
def resume_bulk_acts() -> None:
    """Ask again for what was sent and is not decided; forget what was never sent."""
    BulkSet.objects.forget_unsent(before=timezone.now() - KEPT_UNSENT)
    ask_for(BulkAct.objects.unfinished())
