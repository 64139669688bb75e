"""Lists of people from files: what each sample gives, what is wrong is named, nothing is guessed."""

import csv
import json
import time
import zipfile
from datetime import date
from io import BytesIO, StringIO

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from ekinerja.demo.people import build_units
from organization.models import EmploymentStatus, PayeeAccount, Placement, Post, Posting, RankHolding, User
from tests import lists
from tests.test_architecture import ROOT

SAMPLES = ROOT / "tests" / "data"
NIP = lists.ONE["NIP"]


@pytest.fixture
def city(db):
    call_command("reference", stdout=StringIO())
    return build_units()


@pytest.fixture
def take(city, tmp_path):
    """Import bytes, or a sample by its name; returns what the command printed."""

    def take(content, *options, kind="people"):
        said = StringIO()
        file = SAMPLES / content if isinstance(content, str) else tmp_path / "list"
        if not isinstance(content, str):
            file.write_bytes(content)
        call_command("import", kind, str(file), "--json", *options, stdout=said, stderr=StringIO())
        return json.loads(said.getvalue())

    return take


def told(said):
    return [(one["row"], one["column"]) for one in said]


def stored():
    tables = (User, Post, Posting, EmploymentStatus, RankHolding, PayeeAccount)
    return [(table.__name__, table.objects.count()) for table in tables]


def test_the_list_of_a_city_gives_what_its_readme_states(take):
    found = take("pegawai_simpeg.xlsx")

    assert (found["read"], found["imported"], found["unchanged"]) == (61, 58, 0)
    assert told(found["rejected"]) == [(16, "C"), (48, "O"), (68, "C")]
    assert told(found["warned"]) == [(33, "Q"), (37, "S")]
    assert "digit yang hilang" in found["rejected"][0]["sentence"]
    assert "Dinas Penanaman Kelapa Rakyat" in found["rejected"][1]["sentence"]
    assert {"30", "68"} <= set(found["rejected"][2]["sentence"].replace(".", "").split())
    assert User.objects.count() == Posting.objects.count() == 58
    assert EmploymentStatus.objects.filter(kind="PPPK").count() == 8


def test_the_posts_of_a_list_stand_below_those_of_the_named_superiors(take):
    take("pegawai_simpeg.xlsx")

    cemara, others = Placement.objects.get(person__nip="190008042022061005"), Placement.objects
    above = others.get(post=cemara.superior).person
    assert (cemara.starts_on, cemara.post.title, str(cemara.job_class), cemara.level) == (
        date(2023, 2, 15),
        "Pengolah Data dan Informasi",
        "7",
        "staff",
    )
    assert (above.nip, above.name) == ("190012282018021006", "Teratai Singgalang, S.Sos., M.Si.")
    assert sorted(others.filter(superior=None).values_list("post__title", flat=True)) == [
        "Camat", "Kepala Badan", "Kepala Dinas", "Kepala Dinas", "Kepala Puskesmas (Dokter Ahli Muda)",
        "Kepala Satuan", "Pengemudi",
    ]  # fmt: skip


def test_the_same_list_again_writes_nothing(take, django_assert_max_num_queries):
    take("pegawai_simpeg.xlsx")
    before = stored()

    with django_assert_max_num_queries(20):
        found = take("pegawai_simpeg.xlsx")

    assert (found["read"], found["imported"], found["unchanged"], stored()) == (61, 0, 58, before)


def test_a_dry_run_says_the_same_and_stores_nothing(take):
    dry = take("pegawai_simpeg.xlsx", "--dry-run")

    assert stored() == [(name, 0) for name, _count in stored()]
    assert dry == take("pegawai_simpeg.xlsx")


def test_d99_what_is_not_certain_in_a_small_list_is_not_guessed(take):
    found = take("pegawai_kecil.csv")

    assert (found["read"], found["imported"]) == (4, 1)
    assert told(found["rejected"]) == [(3, "B"), (4, "B"), (5, "B")]
    assert told(found["warned"]) == [(2, "D")]
    person = User.objects.get()
    assert (person.nip, person.name, person.birth_date, person.account.number) == (
        "190008042022061005",
        "CEMARA UJI, S.E.",
        date(1900, 8, 4),
        "0012345678",
    )
    assert not Posting.objects.exists() and not RankHolding.objects.exists()


def test_d78_an_account_that_lost_its_zeros_is_refused_and_makes_nobody(take):
    take(lists.workbook(lists.row()))

    found = take(lists.text(lists.row() | {"NO. REKENING": "12345678"}))

    assert (found["imported"], found["unchanged"], told(found["rejected"])) == (0, 0, [(2, "M")])
    assert found["rejected"][0]["sentence"].startswith("12345678 tidak dikenal")
    assert User.objects.get().account.number == "0012345678"


def test_d77_two_numbers_that_differ_in_the_last_digit_stay_two(take):
    first, second = "190001011999011001", "190001011999011002"
    content = lists.workbook(lists.row(NIP=first), lists.row(NIP=second))

    assert take(content)["imported"] == 2
    assert set(User.objects.values_list("nip", flat=True)) == {first, second}

    as_numbers = take(lists.workbook(lists.row(NIP=int(first)), lists.row(NIP=int(second))))
    assert told(as_numbers["rejected"]) == [(2, "A"), (3, "A")]


def test_columns_stand_in_any_order_under_the_headings_of_the_national_system(take):
    headings = ("NAMA", "UNOR NAMA", "SATUAN KERJA KERJA NAMA", "GELAR BELAKANG", "NIP BARU", "TANGGAL LAHIR",
                "JENIS PEGAWAI NAMA", "STATUS CPNS PNS", "GOL AKHIR NAMA", "TMT GOLONGAN", "JABATAN NAMA",
                "TMT JABATAN", "KEDUDUKAN HUKUM ID")  # fmt: skip
    said = ("CEMARA GEURUTEE",
            "Bidang Mutasi dan Promosi", "BKPSDM", "S.E.", "'190008042022061005", "04-08-1900",
            "PNS Daerah", "C", "III/a", "2025-04-01T00:00:00", "Analis", "15-02-2023", "01")  # fmt: skip

    found = take(lists.text(dict(zip(headings, said, strict=True)), headings=headings, delimiter=","))

    assert (found["imported"], found["rejected"], found["warned"]) == (1, [], [])
    person = User.objects.get()
    assert (person.name, person.statuses.get().kind) == ("CEMARA GEURUTEE, S.E.", "CPNS")
    assert person.ranks.get().starts_on == date(2025, 4, 1)


def test_the_whole_list_of_the_national_system_is_read_by_its_headings(take):
    with (SAMPLES / "siasn.csv").open(encoding="utf-8", newline="") as file:
        columns = {column["header"]: column["example"] for column in csv.DictReader(file)}

    found = take(lists.text(columns, headings=list(columns)))

    assert (found["read"], found["imported"], found["rejected"], found["warned"]) == (1, 1, [], [])
    person = User.objects.get(nip="190008042022061005")
    assert (person.name, person.statuses.get().kind) == ("CEMARA GEURUTEE, S.E.", "PNS")
    assert (person.ranks.get().rank.code, person.ranks.get().starts_on) == ("III/a", date(2025, 4, 1))


@pytest.mark.parametrize(
    ("cell", "value", "word"),
    [
        ("NIP", '="190001012020011001"', "rumus"),
        ("TMT JABATAN", 45000, "bukan tanggal"),
        ("TMT JABATAN", "31-02-2023", "bukan tanggal"),
        ("TMT JABATAN", "01-01-2090", "satu tahun"),
        ("STATUS", "Honorer", "bukan status"),
        ("GOLONGAN", "VI/z", "bukan golongan"),
        ("GOLONGAN", "IX", "tidak sesuai"),
        ("KELAS JABATAN", 18, "1 sampai 17"),
        ("OPD", "", "belum diisi"),
        ("NAMA", "", "belum diisi"),
        ("NIP ATASAN LANGSUNG", NIP, "kembali"),
    ],
)
def test_a_wrong_cell_is_named_and_its_row_is_not_stored(take, cell, value, word):
    found = take(lists.workbook(lists.row() | {cell: value}))

    letter = openpyxl.utils.get_column_letter(lists.HEADINGS.index(cell) + 1)
    assert (found["imported"], told(found["rejected"])) == (0, [(2, letter)])
    assert word in found["rejected"][0]["sentence"]
    assert stored() == [(name, 0) for name, _count in stored()]


def test_merged_cells_are_refused_by_row(take):
    content = lists.workbook(
        lists.row(),
        lists.row(NIP="190001012020011002"),
        lists.row(NIP="190001012020011003"),
        change=lambda sheet: sheet.merge_cells("J3:J4"),
    )

    found = take(content)

    assert (found["imported"], told(found["rejected"])) == (1, [(3, "J"), (4, "J")])


def test_an_ambiguous_day_leaves_the_post_open_with_a_warning(take):
    found = take(lists.text(lists.row() | {"TMT JABATAN": "05/06/2023"}))

    assert (found["imported"], told(found["warned"])) == (1, [(2, "I")])
    assert not Posting.objects.exists()


def bomb():
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/sharedStrings.xml", b"0" * (64 * 1024 * 1024))
    return content.getvalue()


def with_macros():
    content = BytesIO(lists.workbook(lists.row()))
    with zipfile.ZipFile(content, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macros")
    return content.getvalue()


def of_many_rows():
    return b"NIP;NAMA;OPD\n" + b"190001012020011001;Cempaka;BKPSDM\n" * 100_000


def changed(part, *pairs):
    """A workbook of one row in which a part says something else."""
    content = BytesIO()
    with zipfile.ZipFile(BytesIO(lists.workbook(lists.row()))) as old, zipfile.ZipFile(content, "w") as new:
        for name in old.namelist():
            found = old.read(name)
            for before, after in pairs if name == part else ():
                found = found.replace(before, after)
            new.writestr(name, found)
    return content.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
LAUGHS = b'<!DOCTYPE l [<!ENTITY a "%s">' % (b"a" * 40) + b"".join(
    b'<!ENTITY %c "%s">' % (98 + number, b"&%c;" % (97 + number) * 20) for number in range(9)
)


def test_a_row_far_below_the_others_costs_no_time(take):
    begun = time.perf_counter()

    found = take(changed(SHEET, (b'<row r="2"', b'<row r="1048576"')))

    assert (found["read"], time.perf_counter() - begun < 20) == (1, True)


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (lambda: b"", "kosong"),
        (lambda: OLD, "XLS"),
        (lambda: OLD + "EncryptedPackage".encode("utf-16-le"), "sandi"),
        (with_macros, "makro"),
        (bomb, "jauh lebih besar"),
        (of_many_rows, "lebih dari 20.000 baris"),
        (
            lambda: changed(SHEET, (b"<worksheet", LAUGHS + b"]><worksheet"), (b"Cempaka Uji", b"&j;")),
            "rusak",
        ),
        (lambda: lists.workbook(lists.row())[:900], "rusak"),
        (lambda: b"%PDF-1.7\0", "bukan tabel"),
        (lambda: b"apa;ini\n1;2\n", "NIP, NAMA"),
        (lambda: b"NIP;NAMA\n190001012020011001;Cempaka\n", "OPD"),
    ],
    ids="empty old password macros bomb rows laughs cut pdf headings unit".split(),
)
def test_a_file_that_is_no_list_is_refused_with_a_sentence(take, content, word):
    with pytest.raises(CommandError, match=word) as refused:
        take(content())

    assert refused.value.returncode == 2
    assert stored() == [(name, 0) for name, _count in stored()]


def test_a_file_that_is_not_there_ends_with_2(city):
    with pytest.raises(CommandError) as refused:
        call_command("import", "people", "nowhere.xlsx")
    assert refused.value.returncode == 2
