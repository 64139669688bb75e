"""The nominative list of one agency as CSV, in two forms.

For people: what an office spreadsheet set to Indonesian opens by itself, with semicolons, decimal commas and
the mark of UTF-8. For machines: commas, decimal points, quoted text, no mark. In both, text that a
spreadsheet would run as a formula gets an apostrophe before it, numbers never; for people NIP and account
carry one always, so that no program reads them as numbers.
"""

import csv
from decimal import Decimal
from io import StringIO

from django.utils import translation

from bonuses.papers.rows import CODE, COLUMNS, TEXT, rows_of

MARK = "\ufeff"
RUNS_AS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def text(run, agency):
    """Return the whole file for people as text."""
    return MARK + written(run, agency, for_people, delimiter=";", quoting=csv.QUOTE_MINIMAL)


def data(run, agency):
    """Return the whole file for machines as text."""
    return written(run, agency, for_machines, delimiter=",", quoting=csv.QUOTE_NONNUMERIC)


def written(run, agency, cell, **dialect):
    with translation.override("id"):
        file = StringIO()
        writer = csv.writer(file, lineterminator="\r\n", **dialect)
        writer.writerow([str(column.heading) for column in COLUMNS])
        for row in rows_of(run, agency):
            writer.writerow([cell(row[column.key], column.kind) for column in COLUMNS])
        return file.getvalue()


def for_people(value, kind):
    if kind == CODE and value:
        return f"'{value}"
    return str(value).replace(".", ",") if isinstance(value, Decimal) else for_machines(value, kind)


def for_machines(value, kind):
    if kind in (TEXT, CODE):
        return harmless(value)
    return "" if value is None else value


def harmless(value):
    return f"'{value}" if value.startswith(RUNS_AS_FORMULA) else value
