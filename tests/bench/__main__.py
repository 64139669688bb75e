"""`python3 dev.py bench [NAME …]`: one line of JSON per measure; exit 1 where one is over its ceiling."""

import json
import os
import sys
from datetime import UTC, datetime
from types import SimpleNamespace

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ekinerja.settings")
django.setup()

import time_machine  # noqa: E402 (the settings come first)

from tests.bench import measures, seed  # noqa: E402

NOW = datetime(2026, 3, 30, 3, tzinfo=UTC)


def world():
    """The seeded month, a supervisor of twenty people and one of them, and who makes the run."""
    from organization.models import Posting, User

    month = seed.seed()
    lead = Posting.objects.filter(post__level="supervisor").order_by("pk").first()
    one = Posting.objects.filter(post__superior=lead.post).order_by("pk").first()
    maker, checker = User.objects.order_by("-pk")[:2]
    place = SimpleNamespace(month=month, supervisor=lead.person, staff=one.person)
    place.maker, place.checker, place.now = maker, checker, NOW
    place.run = lambda: run_of(place)
    return place


def run_of(place):
    from bonuses.models import Run

    seed.finalise(place.month)
    return Run.objects.make([place.month], by=place.maker, at=NOW)


def main(names):
    unknown = [name for name in names if name not in measures.MEASURES]
    if unknown:
        sys.exit(f"no such measure: {', '.join(unknown)}; there are {', '.join(measures.MEASURES)}")
    with time_machine.travel(NOW, tick=True):
        place = world()
        found = [
            line
            for name, take in measures.MEASURES.items()
            if not names or name in names
            for line in take(place)
        ]
    for measure in found:
        print(json.dumps(measure.line()), flush=True)
    return 0 if all(measure.ok for measure in found) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
