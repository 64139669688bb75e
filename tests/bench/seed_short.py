"""`python -m tests.bench.seed_short`: leave the rows of the present month alone in a copy of the city."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.settings")
django.setup()

from django.db import connection  # noqa: E402 (the settings come first)

from tests.bench.city import PRESENT  # noqa: E402

OLDER = "SELECT id FROM activities_activity WHERE performed_on < %s"
TABLES = ["activities_activity", "activities_activityevent", "approvals_decision"]
DELETIONS = [
    f"DELETE FROM assessment_drawnrow WHERE activity_id IN ({OLDER})",
    f"DELETE FROM approvals_decision WHERE activity_id IN ({OLDER})",
    "DELETE FROM activities_activityevent WHERE performed_on < %s",
    "DELETE FROM activities_activity WHERE performed_on < %s",
]


def main():
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
        cursor.execute("SET session_replication_role = replica")
        for statement in DELETIONS:
            cursor.execute(statement, [PRESENT.first_day])
        for table in TABLES:
            cursor.execute(f"VACUUM FULL {table}")
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("CHECKPOINT")


if __name__ == "__main__":
    main()
