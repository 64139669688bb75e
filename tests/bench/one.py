"""`python -m tests.bench.one NAME`: take one measure and print its lines; exit 1 where one is not ok."""

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.settings")
django.setup()

from tests.bench import bulk, cutoff, imports, months, pages, runs, saves  # noqa: E402 (the settings come first)

MEASURES = dict.fromkeys(pages.PAGES, pages.measure) | {
    "save": saves.measure,
    "months": months.measure,
    "bulk": bulk.measure,
    "bonus_run": runs.measure,
    "cutoff": cutoff.measure,
    "import": imports.measure,
}


def main(name):
    found = MEASURES[name](name)
    for measure in found:
        measure.print()
    return 0 if all(measure.ok for measure in found) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
