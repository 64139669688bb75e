"""The nominative list: the same figures as the lines, text that stays text, the same bytes twice."""

import csv
from datetime import date
from io import BytesIO, StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from bonuses.models import Line, Run
from bonuses.papers import csv_list
from bonuses.papers.nominative import workbook
from bonuses.papers.rows import COLUMNS, row_of, rows_of, seen, sums_of
from organization.models import Posting
from tests import factories
from tests import factories_bonuses as build

pytestmark = pytest.mark.django_db
Status = Run.Status
HEADINGS = [
    "No.",
    "Nama",
    "NIP",
    "Golongan",
    "Jabatan",
    "Kelas",
    "Pagu",
    "Hari kerja",
    "Hari cuti dibayar",
    "Nilai",
    "Diperoleh",
    "Ditambah sampai batas bawah",
    "Untuk hari cuti",
    "Hukuman disiplin",
    "Tambahan Plt",
    "Bruto",
    "Iuran kesehatan pegawai",
    "Pajak penghasilan",
    "Bersih",
    "Bank",
    "Rekening",
    "Keterangan",
]


@pytest.fixture
def city():
    return build.final_city("43.20")


def sheet_of(run, agency):
    return load_workbook(BytesIO(workbook(run, agency))).active


def table(sheet):
    """The rows under the headings, up to the sums."""
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=6, max_col=len(COLUMNS))]


def test_the_sheet_has_the_figures_of_the_lines_their_sums_and_the_signatures(city):
    run = build.run_in(Status.RELEASED, city=city)

    rows = table(sheet_of(run, city.agency))

    assert rows[0] == HEADINGS
    assert rows[1] == [
        *[1, "Ana Pegawai", city.ana.nip, "II/c", "Pengadministrasi", 5, 1_500_000, 22, 0, 43.2],
        *[648_000, 552_000, 0, 0, 0, 1_200_000, 15_000, 0, 1_185_000, "Bank Contoh", "0012345678", ""],
    ]
    assert (rows[3][1], rows[3][15], rows[3][18]) == ("Jumlah 2", 2_400_000, 2_370_000)
    signed = [value for row in rows[4:] for value in row if value]
    assert signed == [
        "Kepala Dinas",
        "Bendahara",
        "Pembuat daftar",
        "Kartika Kepala",
        "Keuangan releaser",
        "Keuangan maker",
        f"NIP {city.head.nip}",
        f"NIP {city.releaser.nip}",
        f"NIP {city.maker.nip}",
    ]


def test_d77_nip_and_account_are_text_cells_that_stay_different(city):
    run = build.run_in(Status.COMPUTED, city=city)
    sheet = sheet_of(run, city.agency)

    cells = [sheet.cell(row=row, column=column) for row in (7, 8) for column in (3, 21)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.value for cell in cells] == [city.ana.nip, "0012345678", city.budi.nip, "0012345678"]


@pytest.mark.parametrize("name", ["=1+1", "+62812", "-rapat", "@x", "=\u00a01"])
def test_d79_text_that_looks_like_a_formula_stays_text_and_numbers_stay_numbers(city, name):
    type(city.ana).objects.filter(pk=city.ana.pk).update(name=name)
    run = build.run_in(Status.COMPUTED, city=city)

    sheet = sheet_of(run, city.agency)
    names = [sheet.cell(row=row, column=2) for row in (7, 8)]
    assert [cell.value for cell in names if cell.value == name and cell.data_type == "s"] == [name]

    for content, delimiter in (
        (csv_list.text(run, city.agency), ";"),
        (csv_list.data(run, city.agency), ","),
    ):
        rows = list(csv.reader(StringIO(content.removeprefix(csv_list.MARK)), delimiter=delimiter))
        assert f"'{name}" in [row[1] for row in rows]
    assert csv_list.for_people(-150_000, "rupiah") == -150_000


def test_d100_the_csv_for_people_opens_in_an_indonesian_spreadsheet(city):
    run = build.run_in(Status.COMPUTED, city=city)

    content = csv_list.text(run, city.agency)

    assert content.startswith(csv_list.MARK)
    rows = [line.split(";") for line in content.removeprefix(csv_list.MARK).split("\r\n")]
    assert rows[0] == HEADINGS
    assert rows[1] == [
        *["1", "Ana Pegawai", f"'{city.ana.nip}", "II/c", "Pengadministrasi", "5", "1500000"],
        *["22,00", "0,00", "43,20", "648000", "552000", "0", "0", "0", "1200000", "15000", "0", "1185000"],
        *["Bank Contoh", "'0012345678", ""],
    ]


def test_d113_no_control_character_leaves_in_a_file(city):
    run = build.run_in(Status.COMPUTED, city=city)
    line = Line.objects.of_run(run).first()
    row = {"name": "Ana\x0b Pegawai\x00", "post": "Satu\tdua\nbaris", "net": 5}

    assert seen(row) == {"name": "Ana Pegawai", "post": "Satu dua baris", "net": 5}
    assert all(seen(row_of(line, 1))[key] == value for key, value in row_of(line, 1).items())


@pytest.mark.parametrize("name", ["nominative", "csv", "data"])
def test_d113_a_quote_and_a_slash_in_the_unit_s_code_make_a_safe_name(client, city, name):
    city.agency.code = '1.03"B/2'
    city.agency.save(update_fields=["code"])
    run = build.run_in(Status.COMPUTED, city=city)
    client.force_login(city.checker)

    answer = client.get(reverse(f"bonuses:{name}", args=[run.pk, city.agency.pk]))

    ending = {"nominative": "xlsx", "csv": "csv", "data": "data.csv"}[name]
    assert answer.headers["Content-Disposition"] == (
        f'attachment; filename="daftar-nominatif-2026-03-{run.pk:02}-1.03B-2.{ending}"'
    )
    assert len(answer.content) > 100


def test_d78_the_csv_keeps_zeros_in_front_and_every_digit(city):
    run = build.run_in(Status.COMPUTED, city=city)

    content = csv_list.data(run, city.agency)

    rows = list(csv.reader(StringIO(content)))
    assert rows[0] == HEADINGS
    assert rows[1] == [
        *["1", "Ana Pegawai", city.ana.nip, "II/c", "Pengadministrasi", "5", "1500000"],
        *["22.00", "0.00", "43.20", "648000", "552000", "0", "0", "0", "1200000", "15000", "0", "1185000"],
        *["Bank Contoh", "0012345678", ""],
    ]
    assert '"Ana Pegawai"' in content and ',1185000,"Bank Contoh"' in content


def test_the_same_list_gives_the_same_bytes(city):
    run = build.run_in(Status.RELEASED, city=city)

    assert workbook(run, city.agency) == workbook(Run.objects.get(pk=run.pk), city.agency)


def test_several_postings_and_a_missing_account_stand_in_the_remark(city):
    month = factories.month(city.other)
    Posting.objects.filter(person=city.zul).update(ends_on=date(2026, 3, 10))
    factories.posted(city.zul, factories.post(city.other, "Pengelola", number=6), date(2026, 3, 11))
    build.scored(build.ranked(city.zul), month)
    city.month = build.finalised(month)

    run = build.run_in(Status.COMPUTED, city=city)

    assert table(sheet_of(run, city.other))[1][-1] == (
        "rekening belum ada; Pengadministrasi, 1 Mar s.d. 10 Mar, pagu 1.500.000; "
        "Pengelola, 11 Mar s.d. 31 Mar, pagu 1.800.000"
    )


def test_the_sums_are_those_of_the_run(city):
    run = build.run_in(Status.COMPUTED, city=city)

    sums, totals = sums_of(rows_of(run, city.agency)), Line.objects.of_run(run).totals()

    assert sums == {key: totals[key] for key in sums}


@pytest.mark.parametrize(
    ("name", "kind"), [("nominative", "spreadsheetml"), ("csv", "text/csv"), ("data", "text/csv")]
)
def test_finance_downloads_a_named_file_and_nothing_changes(client, city, name, kind):
    run = build.run_in(Status.COMPUTED, city=city)
    client.force_login(city.checker)

    answer = client.get(reverse(f"bonuses:{name}", args=[run.pk, city.agency.pk]))

    assert (answer.status_code, kind in answer.headers["Content-Type"]) == (200, True)
    assert answer.headers["Content-Disposition"].startswith(
        f'attachment; filename="daftar-nominatif-2026-03-{run.pk:02}-'
    )
    assert Run.objects.get(pk=run.pk).version == run.version


@pytest.mark.parametrize("name", ["nominative", "csv", "data"])
def test_a_file_is_for_finance_only_and_of_whole_runs_and_their_agencies(client, city, name):
    run = build.run_in(Status.REQUESTED, city=city)
    here, elsewhere = ([run.pk, unit.pk] for unit in (city.agency, city.other))

    client.force_login(city.ana)
    assert client.get(reverse(f"bonuses:{name}", args=here)).status_code == 403
    client.force_login(city.checker)
    assert client.get(reverse(f"bonuses:{name}", args=here)).status_code == 404
    build.compute(run)
    assert client.get(reverse(f"bonuses:{name}", args=here)).status_code == 200
    assert client.get(reverse(f"bonuses:{name}", args=elsewhere)).status_code == 404


def test_a_file_costs_the_same_queries_for_two_lines_and_for_six(city):
    few = queries(build.run_in(Status.COMPUTED, city=city), city.agency)
    month = factories.month(city.other)
    for _ in range(6):
        build.scored(build.ranked(factories.staff(factories.post(city.other))), month)
    city.month = build.finalised(month)

    assert queries(build.run_in(Status.COMPUTED, city=city), city.other) == few <= 6


def queries(run, agency):
    with CaptureQueriesContext(connection) as captured:
        workbook(run, agency)
    return len(captured)
