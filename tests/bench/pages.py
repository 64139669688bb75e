"""Pages over HTTP against the bare page: one client in turn with the floor, then eight clients."""

import statistics
from collections.abc import Callable
from dataclasses import dataclass

from django.core.cache import cache

from tests.bench.city import PAID, WEEK
from tests.bench.client import Browser, together
from tests.bench.place import Place, Role, address, waiting_of
from tests.bench.report import Measure
from tests.bench.server import web
from tests.bench.short import CLIENTS, IN_TURN, SECONDS

BARE = "/bench/bare/"
SERVED = "0.8"  # of what a page under its ceiling would serve to eight clients
MOST_QUERIES = 12


@dataclass
class Page:
    """A page, who looks at it, and words that must stand on it; `prepare` is done before each look."""

    path: Callable[[Place], str]
    people: Callable[[Place], list]
    ceiling: str
    shows: Callable[[Place], list] = lambda place: []
    prepare: Callable[[], None] | None = None
    headers: Callable[[Browser, str], dict] = lambda browser, path: {}
    status: int = 200


def one(role):
    return lambda place: [place.role(role)] * CLIENTS


def names(people):
    return [person.name for person in people]


def forget_the_board():
    """Drop what the last viewer left, so that the next one is the first again."""
    store = cache._cache.get_client(None, write=True)
    for key in store.scan_iter("*board*"):
        store.delete(key)


def unchanged(browser, path):
    """The headers with which a viewer asks again."""
    seen = browser.get(path, **{"HX-Request": "true"})
    again = {"If-None-Match": seen.headers["ETag"]} if "ETag" in seen.headers else {}
    return {"HX-Request": "true"} | again


def described(place):
    """The descriptions of the week's rows of the first of the team."""
    return list(waiting_of(place.lead).of(place.team[0]).values_list("description", flat=True))


PAGES = {
    "home": Page(lambda p: address("reports:home"), lambda p: p.team, "2"),
    "my_week": Page(lambda p: address("activities:week", WEEK), lambda p: p.team, "2"),
    "my_bonus": Page(lambda p: address("bonuses:mine_month", PAID), lambda p: p.team, "2"),
    "people_list": Page(lambda p: address("organization:people"), one(Role.HR), "2"),
    "entry_form": Page(lambda p: address("activities:create"), lambda p: p.team, "2.5"),
    "weekly_queue": Page(
        lambda p: address("approvals:week", WEEK),
        lambda p: [p.lead] * CLIENTS,
        "3",
        shows=lambda p: names(p.team),
    ),
    "person_week": Page(
        lambda p: address("approvals:person", WEEK, p.team[0].pk),
        lambda p: [p.lead] * CLIENTS,
        "3",
        shows=described,
    ),
    "month_board": Page(lambda p: address("assessment:month", p.month.pk), one(Role.HEAD), "3"),
    "marks": Page(lambda p: address("assessment:people", p.month.pk), one(Role.ASSESSOR), "3"),
    "workbench": Page(
        lambda p: address("assessment:row", p.drawn.pk),
        one(Role.ASSESSOR),
        "3",
        shows=lambda p: [p.drawn.activity.description],
    ),
    "run_page": Page(lambda p: address("bonuses:run", p.run.pk), one(Role.CHECKER), "3"),
    "board": Page(lambda p: address("reports:board"), one(Role.LEADERSHIP), "3", prepare=forget_the_board),
    "board_poll": Page(
        lambda p: address("reports:board"), one(Role.LEADERSHIP), "0.4", headers=unchanged, status=304
    ),
}


def measure(name):
    page, place = PAGES[name], Place()
    with web() as port:
        browsers = [Browser(port, person) for person in page.people(place)[:CLIENTS]]
        path = page.path(place)
        first = browsers[0].get(path)
        missing = [text for text in page.shows(place) if text not in first.text]
        headers = page.headers(browsers[0], path)
        well = first.status == 200 and not missing
        alone = in_turn(name, page, browsers[0], path, headers)
        alone[0].ok = alone[0].ok and well
        return [*alone, at_once(name, page, browsers, path, headers)]


def in_turn(name, page, browser, path, headers):
    """The median of looks at the page and at the bare page, one after the other."""
    taken, floor = [], []
    for _look in range(IN_TURN):
        if page.prepare:
            page.prepare()
        answer = browser.get(path, **headers)
        taken.append(answer)
        floor.append(browser.get(BARE))
    wanted, found = page.status, sum(answer.status == page.status for answer in taken[3:])
    value, least = (
        statistics.median(answer.seconds for answer in looks[3:]) * 1000 for looks in (taken, floor)
    )
    expected = (len(taken) - 3, 0)
    measured = Measure.of(name, value, least, page.ceiling, done=(found, 0), expected=expected)
    measured.value += f", {taken[-1].queries} queries, {len(taken[-1].text) / 1000:.1f} kB"
    if wanted != taken[-1].status:
        measured.value += f", status {taken[-1].status} where {wanted} is due"
    asked = Measure.limit(f"{name}_queries", taken[-1].queries, MOST_QUERIES, unit="queries")
    return [measured, asked]


def at_once(name, page, browsers, path, headers):
    """Requests a second of eight clients, against those of the bare page."""
    floor = together([lambda b=b: b.get(BARE).status == 200 for b in browsers], SECONDS)
    statuses = {200, page.status}
    acts = [lambda b=b: b.get(path, **headers).status in statuses for b in browsers]
    return rate(name, together(acts, SECONDS), floor, page.ceiling)


def rate(name, tally, floor, ceiling):
    least = round(float(SERVED) / float(ceiling), 2)
    return Measure.of(
        f"{name}_{CLIENTS}_clients",
        tally.rate,
        floor.rate,
        str(least),
        unit="requests/s",
        at_least=True,
        done=(tally.errors, floor.errors),
    )
