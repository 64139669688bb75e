"""`python -m tests.bench.seed NAME`: write the city NAME into the migrated database of the environment."""

import os
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.settings")
django.setup()

from django.db import connection  # noqa: E402 (the settings come first)

from tests.bench import seed_months, seed_people, seed_work  # noqa: E402
from tests.bench.city import CITIES, TEAM  # noqa: E402


def main(name):
    city = CITIES[name]
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
        # Rows that the product would never refuse are written without asking its triggers one by one.
        cursor.execute("SET session_replication_role = replica")
        told("people", lambda: seed_people.seed_people(cursor, city, TEAM))
        told("months", lambda: seed_months.seed_months(city))
        told("work", lambda: seed_work.seed_work(cursor, city, seed_months.keys_of(city)))
        told("analyse", lambda: cursor.execute("VACUUM ANALYZE"))
        told("scores", lambda: seed_months.seed_scores(city))
        cursor.execute("SET session_replication_role = origin")
        told("draws", seed_months.seed_draws)
        told("list", seed_months.seed_list)
        told("analyse", lambda: cursor.execute("VACUUM ANALYZE"))
        told("checkpoint", lambda: cursor.execute("CHECKPOINT"))


def told(what, work):
    begun = time.perf_counter()
    work()
    print(f"[bench] {what}: {time.perf_counter() - begun:.1f} s", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
