"""The list of a whole city stored, against reading the same file with openpyxl alone; nothing of it stays."""

import statistics
from io import BytesIO

import openpyxl
import xlsxwriter
from django.db import transaction

from organization.models import Posting, User
from records.sheets.outcome import ListOutcome
from records.sheets.reading import read_sheets
from reports.changes.lists import LISTS
from tests.bench.report import Measure
from tests.bench.runs import megabytes, timed
from tests.bench.short import IMPORTED, TIMES

CEILING, MOST_SECONDS, MORE_MEGABYTES = "20", 60, 60
HEADINGS = ["NIP", "NAMA", "STATUS", "TMT GOLONGAN", "JABATAN", "KELAS", "TMT JABATAN", "OPD", "NIP ATASAN"]
TEAM = 16


def measure(name="import"):
    content = city_list(IMPORTED)
    floor = [timed(lambda: read_alone(content)) for _time in range(TIMES)]
    alone, taken, done = megabytes(), [], []
    for _time in range(TIMES):
        taken.append(timed(lambda: done.append(store(content))))
    measured = Measure.of(
        name,
        statistics.median(taken) * 1000,
        statistics.median(floor) * 1000,
        CEILING,
        done=done[-1],
        expected=(IMPORTED, IMPORTED),
    )
    slowest = max(taken)
    unit = f"s, {IMPORTED / slowest:.0f} rows a second"
    return [
        measured,
        Measure.limit(f"{name}_seconds", slowest, MOST_SECONDS, unit=unit),
        Measure.limit(f"{name}_memory", megabytes() - alone, MORE_MEGABYTES, unit="MB more than openpyxl"),
    ]


def city_list(size):
    """A workbook of `size` people in teams of one agency, each team below its lead."""
    file = BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEADINGS)
    for number in range(size):
        sheet.write_row(number + 1, 0, row(number))
    book.close()
    return file.getvalue()


def row(number):
    lead = number - number % TEAM
    said = ["PNS", "01-04-2024", f"Pengolah {lead}", 7, "15-02-2023", "8.01", nip(lead)]
    if number == lead:
        said[2:4], said[-1] = [f"Kepala {lead}", 9], ""
    return [nip(number), f"Pegawai Impor {number}", *said]


def nip(number):
    return f"19000101{1980 + number // 900:04d}011{number % 900 + 1:03d}"


def read_alone(content):
    book = openpyxl.load_workbook(BytesIO(content), read_only=True)
    return sum(1 for _row in book.active.iter_rows(values_only=True))


def store(content):
    """Store the list and take it back; (people, postings) that it stored."""
    before = counted()
    with transaction.atomic():
        LISTS["people"].take(read_sheets(content), ListOutcome(), store=True)
        after = counted()
        transaction.set_rollback(True)
    return after[0] - before[0], after[1] - before[1]


def counted():
    return User.objects.count(), Posting.objects.count()
