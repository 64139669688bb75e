"""The last minutes of a window: many people save at once, boards are polled, and a run is computed."""

import threading
import time
from contextlib import contextmanager

from django.db import connection
from django.utils import timezone

from activities.models import Activity
from bonuses.models import Run
from bonuses.tasks import ask_for
from tests.bench.city import TODAY, UNPAID
from tests.bench.client import Browser, together
from tests.bench.pages import BARE
from tests.bench.place import Place, Role, address
from tests.bench.report import Measure
from tests.bench.runs import give_back, refuse
from tests.bench.saves import save
from tests.bench.seed_months import months_of
from tests.bench.server import web, worker
from tests.bench.short import CLIENTS, PEAK_CLIENTS, PEAK_SECONDS, SECONDS

LEAST = "0.10"
POLLED_EVERY = 5.0


class Person:
    """One client: opens the form, sends it, looks at the day; each time for the next of its people."""

    def __init__(self, browsers):
        self.browsers, self.turn, self.receipts, self.taken = browsers, 0, 0, []

    def __call__(self):
        browser = self.browsers[self.turn % len(self.browsers)]
        self.turn += 1
        form = browser.get(address("activities:create"))
        saved = save(browser)
        self.taken.append(saved.seconds)
        self.receipts += saved.status == 302
        day = browser.get(address("activities:day", TODAY))
        return (form.status, saved.status, day.status) == (200, 302, 200)


def measure(name="cutoff"):
    place = Place()
    with web() as port, worker():
        bare = [Browser(port, person) for person in place.team[:CLIENTS]]
        floor = together([lambda b=b: b.get(BARE).status == 200 for b in bare], SECONDS)
        staff = [Browser(port, person) for person in place.staff[: 20 * PEAK_CLIENTS]]
        people = [Person(staff[n::PEAK_CLIENTS]) for n in range(PEAK_CLIENTS)]
        before, polled = newest(), []
        leader = Browser(port, place.role(Role.LEADERSHIP))
        with beside(lambda over: keep_computing(place, over), lambda over: poll(leader, over, polled)):
            tally = together(people, PEAK_SECONDS)
    return [line(name, tally, floor, people, before, polled)]


@contextmanager
def beside(*works):
    """Do `works` in threads of their own; each is told by an event when it is over."""
    over = threading.Event()
    threads = [threading.Thread(target=work, args=[over]) for work in works]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        over.set()
        for thread in threads:
            thread.join()


def line(name, tally, floor, people, before, polled):
    """Saves against the floor; every receipt is a row, and nothing went wrong."""
    receipts = sum(person.receipts for person in people)
    stored = Activity.objects.filter(pk__gt=before, performed_on=TODAY).count()
    errors = tally.errors + sum(status not in (200, 304) for status in polled)
    measured = Measure.of(
        name,
        receipts / tally.seconds,
        floor.rate,
        LEAST,
        unit="saves/s",
        at_least=True,
        done=(stored, errors),
        expected=(receipts, 0),
    )
    taken = sorted(seconds for person in people for seconds in person.taken)
    late = taken[int(len(taken) * 0.95)] * 1000
    measured.value += f", 95 of 100 within {late:.0f} ms, {len(polled)} boards"
    return measured


def newest():
    return Activity.objects.order_by("-pk").values_list("pk", flat=True).first()


def poll(browser, over, statuses):
    """Ask for the board as an open page does, with what it knows of the last answer."""
    headers = {"HX-Request": "true"}
    while not over.is_set():
        answer = browser.get(address("reports:board"), **headers)
        statuses.append(answer.status)
        if "ETag" in answer.headers:
            headers["If-None-Match"] = answer.headers["ETag"]
        over.wait(POLLED_EVERY)


def keep_computing(place, over):
    """Have one list computed by the worker, and the same again as soon as it is whole."""
    run = Run.objects.make(months_of(UNPAID), by=place.role(Role.MAKER), at=timezone.now())
    while not over.is_set():
        run.request(by=place.role(Role.MAKER), at=timezone.now())
        ask_for(list(run.shares.all()))
        while run.status == Run.Status.REQUESTED and not over.is_set():
            time.sleep(0.5)
            run.refresh_from_db()
        if run.status == Run.Status.COMPUTED:
            refuse(run, place)
    give_back(run, place)
    connection.close()
