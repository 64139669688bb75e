"""A bonus run of all agencies through the task of the worker, against INSERT … SELECT of the same lines."""

import resource
import statistics
import time

from django.db.models import Sum
from django.utils import timezone

from bonuses.models import Line, Run
from bonuses.tasks import compute_share
from tests.bench import floors
from tests.bench.city import UNPAID
from tests.bench.place import Place, Role
from tests.bench.report import Measure
from tests.bench.seed_months import months_of
from tests.bench.short import TIMES

CEILING, MORE_MEGABYTES = "8", 110
LATER_ATTEMPT = 1000


def measure(name="bonus_run"):
    """The floor copies the lines of the attempt before, while the list is requested: only then it may."""
    place = Place()
    run = Run.objects.make(months_of(UNPAID), by=place.role(Role.MAKER), at=timezone.now())
    idle, taken, floor = megabytes(), [], []
    for repeat in range(TIMES + 1):
        if repeat:
            refuse(run, place)
        run.request(by=place.role(Role.MAKER), at=timezone.now())
        if repeat:
            floor.append(timed(lambda: floors.copy_lines(run, run.attempt - 1, LATER_ATTEMPT + run.attempt)))
        taken.append(timed(lambda: compute(run)))
        run.refresh_from_db()
    memory = megabytes()
    if not written(run, run.attempt)[0]:
        raise LookupError("the list holds no line, so there is nothing to measure")
    measured = Measure.of(
        name,
        statistics.median(taken) * 1000,
        statistics.median(floor) * 1000,
        CEILING,
        done=written(run, run.attempt),
        expected=written(run, LATER_ATTEMPT + run.attempt),
    )
    give_back(run, place)
    more = Measure.limit(f"{name}_memory", memory - idle, MORE_MEGABYTES, unit="MB more than idle")
    return [measured, more]


def compute(run):
    for share in run.shares.values_list("pk", flat=True):
        compute_share.apply(args=[share], throw=True)


def refuse(run, place):
    run.refuse(by=place.role(Role.CHECKER), at=timezone.now(), reason="Dihitung ulang untuk diukur.")


def give_back(run, place):
    """Leave the months free for another list."""
    run.refresh_from_db()
    run.cancel(by=place.role(Role.MAKER), at=timezone.now(), reason="Daftar ini hanya untuk diukur.")


def written(run, attempt):
    lines = Line.objects.filter(share__run=run, attempt=attempt)
    return lines.count(), int(lines.aggregate(net=Sum("net"))["net"] or 0)


def timed(work):
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def megabytes():
    """The most that this process has held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
