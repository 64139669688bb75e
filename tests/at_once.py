"""Two people at the same moment, each on a thread and a connection of their own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection

PATIENCE = 30


def at_once(*calls):
    """What each call returned, or the error it raised, in their order; all are started together."""
    start = Barrier(len(calls))

    def run(call):
        start.wait(PATIENCE)
        try:
            return call()
        except Exception as error:  # noqa: BLE001 (told to the test)
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(run, calls, timeout=PATIENCE))
