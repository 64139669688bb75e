"""The nominative list of one agency as CSV: comma, quoted text, decimal point, UTF-8 with its mark.

Text that a spreadsheet would run as a formula gets an apostrophe before it, numbers never. NIP and account
carry one always, so that no program reads them as numbers.
"""

import csv
from io import StringIO

from django.utils import translation

from bonuses.papers.rows import CODE, COLUMNS, TEXT, rows_of

MARK = "\ufeff"
RUNS_AS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def text(run, agency):
    """Return the whole file as text."""
    with translation.override("id"):
        file = StringIO()
        writer = csv.writer(file, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
        writer.writerow([str(column.heading) for column in COLUMNS])
        for row in rows_of(run, agency):
            writer.writerow([cell(row[column.key], column.kind) for column in COLUMNS])
        return MARK + file.getvalue()


def cell(value, kind):
    if kind == CODE and value:
        return f"'{value}"
    if kind == TEXT:
        return harmless(value)
    return "" if value is None else value


def harmless(value):
    return f"'{value}" if value.startswith(RUNS_AS_FORMULA) else value
