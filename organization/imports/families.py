"""The job families that a title proposes for a post: whose items of the catalogue its holders choose from."""

import csv
from functools import cache
from pathlib import Path

LIST = Path(__file__).with_name("post_families.csv")
OPEN_TO_ALL = ["administrasi umum"]


@cache
def _lines():
    with LIST.open(encoding="utf-8", newline="") as file:
        return [(row["title_contains"], row["job_families"].split("|")) for row in csv.DictReader(file)]


def families_of(title):
    """The job families of every line whose part stands in the title."""
    found = {name for part, names in _lines() if part in title.lower() for name in names}
    return sorted(found) or OPEN_TO_ALL
