"""A new activity, from the POST of its form until the 302."""

import statistics
from itertools import count
from uuid import uuid4

from django.utils import timezone

from tests.bench.city import TODAY
from tests.bench.client import Browser, together
from tests.bench.pages import BARE, rate
from tests.bench.place import Place, address
from tests.bench.report import Measure
from tests.bench.server import web
from tests.bench.short import CLIENTS, IN_TURN, SECONDS

CEILING = "3"
TYPED = {
    "performed_on": str(TODAY),
    "item": "other",
    "other_title": "Pekerjaan lain",
    "description": "Menyelesaikan berkas bersama rekan satu bidang.",
    "minutes": "1",
    "quantity": "1",
}


def save(browser):
    """Send a new form of this person; the answer leads to its row."""
    own = {
        "form_token": str(uuid4()),
        "person": str(browser.person.pk),
        "opened_at": timezone.now().isoformat(),
    }
    return browser.post(address("activities:create"), TYPED | own)


def measure(name="save"):
    """Each save is by the next of many people, so that nobody's day is full."""
    with web() as port:
        browsers = [Browser(port, person) for person in Place().staff[: 20 * CLIENTS]]
        taken, floor = [], []
        for look in range(IN_TURN):
            taken.append(save(browsers[look % len(browsers)]))
            floor.append(browsers[look % len(browsers)].get(BARE))
        value, least = (statistics.median(a.seconds for a in looks[3:]) * 1000 for looks in (taken, floor))
        done = (sum(answer.status == 302 for answer in taken), 0)
        alone = Measure.of(name, value, least, CEILING, done=done, expected=(len(taken), 0))
        alone.value += f", {taken[-1].queries} queries"
        bare = together([lambda b=b: b.get(BARE).status == 200 for b in browsers[:CLIENTS]], SECONDS)
        tally = together([saver(browsers[n::CLIENTS]) for n in range(CLIENTS)], SECONDS)
        return [alone, rate(name, tally, bare, CEILING)]


def saver(browsers):
    """An act of one client that saves for one of `browsers` after the other."""
    turn = count()
    return lambda: save(browsers[next(turn) % len(browsers)]).status == 302
