"""One approval of many rows against the same by set-based SQL, with every trigger on."""

import statistics
import time

from django.db import connection
from django.db.models import Sum
from django.utils import timezone

from activities.models import Activity
from approvals.models import Decision
from calendars.models import Month
from tests.bench import floors
from tests.bench.city import PRESENT, WEEK
from tests.bench.counting import Counter
from tests.bench.place import Place, Role, waiting_of
from tests.bench.report import Measure
from tests.bench.short import BULKS, TIMES

CEILING, MOST_STATEMENTS = "4", 30
TEAMS = 2 * 7  # at the end of the city: half of them for the product, half for the floor


def measure(name="bulk"):
    few, many = BULKS
    return [*by_supervisors(f"bulk_{few}", few), *after_close(f"bulk_{many}", many)]


def by_supervisors(name, size):
    """The week of one team, approved by its lead; the next team's by SQL; and so on."""
    leads = Place().leads[-min(TEAMS, 2 * TIMES) :]
    sets = [(lead, pairs_of(lead)[:size]) for lead in leads]
    return compared(name, sets, after_close=False)


def pairs_of(lead):
    """Ids and versions of what waits, person by person: of every team the same days and minutes."""
    return list(waiting_of(lead).order_by("person", "pk").values_list("pk", "version"))


def after_close(name, size):
    """What many agencies left undecided, approved by an assessor; as many rows by SQL."""
    assessor = Place().role(Role.ASSESSOR)
    present = Month.objects.filter(year=PRESENT.year, month=PRESENT.month).order_by("agency__code")
    rows, months = Activity.objects.filter(status="reported").in_week(WEEK).order_by("person", "pk"), []
    for month in present[1:]:
        months.append(month.pk)
        if rows.filter(month__in=months).count() >= 2 * size:
            break
    Month.objects.filter(pk__in=months).update(status=Month.Status.VERIFYING)
    pairs = list(rows.filter(month__in=months).values_list("pk", "version")[: 2 * size])
    return compared(name, [(assessor, pairs[:size]), (assessor, pairs[size:])], after_close=True)


def compared(name, sets, *, after_close):
    """The product decides every other set, SQL the ones between."""
    taken, floor, counters = [], [], []
    for place, (by, pairs) in enumerate(sets):
        begun, counter = time.perf_counter(), Counter()
        if place % 2:
            floors.approve([pk for pk, _version in pairs], by=by, at=timezone.now(), after_close=after_close)
            floor.append(time.perf_counter() - begun)
        else:
            with connection.execute_wrapper(counter):
                Decision.objects.record_many(pairs, verdict="approved", by=by, at=timezone.now())
            taken.append(time.perf_counter() - begun)
            counters.append(counter.statements)
    measured = Measure.of(
        name,
        statistics.median(taken) * 1000,
        statistics.median(floor) * 1000,
        CEILING,
        done=decided(sets[::2]),
        expected=decided(sets[1::2]),
    )
    return [measured, Measure.limit(f"{name}_statements", max(counters), MOST_STATEMENTS, unit="statements")]


def decided(sets):
    """How many rows of these sets are approved by a decision, and their minutes."""
    ids = [pk for _by, pairs in sets for pk, _version in pairs]
    found = Decision.objects.filter(activity__in=ids, activity__status="approved", verdict="approved")
    return found.count(), found.aggregate(minutes=Sum("activity__counted_minutes"))["minutes"] or 0
