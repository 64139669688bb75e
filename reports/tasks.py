from celery import shared_task
from django.core.cache import cache
from django.db import OperationalError, transaction

from organization.models import ListImport
from reports.changes.lists import LISTS

KEPT = 3600  # seconds that the progress of a list is remembered


def ask_for(rows):
    """Hand lists to the job queue once the surrounding transaction is committed.

    A queue that does not answer is logged; the watchdog asks again for what the rows say is wanted.
    """
    for row in rows:
        transaction.on_commit(lambda pk=row.pk: take_list.delay(pk), robust=True)


@shared_task(acks_late=True, autoretry_for=(OperationalError,), retry_backoff=True, max_retries=5)
def take_list(list_id: int) -> None:
    """Read a list, or store it where it is approved. Safe to deliver twice: each is done once."""
    row = ListImport.objects.get(pk=list_id)
    take = LISTS[row.kind].take
    row.read(take)
    row.store(take, tell=lambda done, of: cache.set(progress_key(list_id), (done, of), KEPT))


def progress_key(list_id):
    return f"list-import-{list_id}"


@shared_task
def resume_lists() -> None:
    """Ask again for what was sent or approved and is not done; beat calls it every few minutes."""
    ask_for(ListImport.objects.unfinished())
