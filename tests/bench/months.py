"""The same pages with one month of rows and with all of them, measured in turn."""

import os
import statistics

from tests.bench.client import Browser
from tests.bench.pages import PAGES
from tests.bench.place import Place
from tests.bench.report import Measure
from tests.bench.server import web
from tests.bench.short import IN_TURN

CEILING = "1.25"
# Those of the month being verified have no rows at all in the city of one month.
ALIKE = [name for name in PAGES if name not in ("month_board", "marks", "workbench")]


def measure(name="months"):
    place, found = Place(), []
    with web() as whole, web(DATABASE_URL=os.environ["BENCH_ONE_MONTH_URL"]) as short:
        for name in ALIKE:
            page = PAGES[name]
            path, person = page.path(place), page.people(place)[0]
            browsers = [Browser(whole, person), Browser(short, person)]
            found += compared(name, page, path, browsers)
    return found


def compared(name, page, path, browsers):
    """The median of looks at the same page in both cities, and its queries."""
    taken = [[], []]
    headers = [page.headers(browser, path) for browser in browsers]
    for _look in range(IN_TURN):
        for answers, browser, own in zip(taken, browsers, headers, strict=True):
            if page.prepare:
                page.prepare()
            answers.append(browser.get(path, **own))
    value, floor = (statistics.median(a.seconds for a in answers[3:]) * 1000 for answers in taken)
    many, few = (answers[-1] for answers in taken)
    alike = [(answer.status, 0) for answer in (many, few)]
    return [
        Measure.of(f"months_{name}", value, floor, CEILING, done=alike[0], expected=alike[1]),
        Measure.of(f"months_{name}_queries", many.queries, few.queries, "1", unit="queries"),
    ]
