"""Lists of posts, leave, holidays, work and tariffs: new rows are stored once, wrong cells named."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from activities.models import CatalogItem
from calendars.models import Holiday, Leave
from ekinerja.management.commands.reference import FOLDER
from organization.models import Placement, Post, PostTerm, Role, Tariff
from tests import factories, factories_activities
from tests.factories import at

pytestmark = pytest.mark.django_db


@pytest.fixture
def city(time_machine):
    time_machine.move_to(at(2026, 3, 9), tick=False)
    return factories.city()


@pytest.fixture
def take(tmp_path):
    def take(kind, *lines, by=None):
        file, said = tmp_path / "list.csv", StringIO()
        if len(lines) > 1:
            file.write_text("\n".join(lines), encoding="utf-8")
        else:
            file = lines[0]
        signed = {"by": by[0].nip, "approved_by": by[1].nip} if by else {}
        call_command("import", kind, file, "--json", **signed, stdout=said, stderr=StringIO())
        return json.loads(said.getvalue())

    return take


def told(said):
    return [(one["row"], one["column"]) for one in said]


def counts(found):
    return found["read"], found["imported"], found["unchanged"], told(found["rejected"])


POSTS = "JABATAN;OPD;UNIT KERJA;KELAS JABATAN;JENJANG;BEBERAPA PEMANGKU;JABATAN ATASAN;UNIT ATASAN"


def test_posts_are_made_below_their_superiors_in_any_order_and_once(city, take):
    lines = (
        POSTS,
        "Analis;Badan Lain;;5;;ya;Kepala Bagian;",
        "Kepala Bagian;Badan Lain;;9;;;Kepala Badan;Badan Lain",
    )
    assert counts(take("posts", *lines)) == (2, 2, 0, [])

    made = PostTerm.objects.get(post__title="Analis")
    assert (made.superior.title, made.level, made.post.sole) == ("Kepala Bagian", "staff", False)
    head = PostTerm.objects.get(post__title="Kepala Bagian")
    assert (head.superior.title, head.level, head.post.sole) == ("Kepala Badan", "supervisor", True)
    assert counts(take("posts", *lines)) == (2, 0, 2, [])


@pytest.mark.parametrize(
    ("line", "column"),
    [
        (";Badan Lain;;5;;;;", "A"),
        ("Analis;Badan Apa;;5;;;;", "B"),
        ("Analis;Badan Lain;;18;;;;", "D"),
        ("Analis;Badan Lain;;5;raja;;;", "E"),
        ("Analis;Badan Lain;;9;;ya;;", "F"),
        ("Analis;Badan Lain;;5;;mungkin;;", "F"),
        ("Analis;Badan Lain;;5;;;Kepala Apa;", "G"),
        ("Analis;Badan Lain;;5;;;Analis;", "G"),
    ],
)
def test_a_wrong_cell_of_a_post_is_named_and_nothing_is_stored(city, take, line, column):
    before = Post.objects.count()

    found = take("posts", POSTS, line)

    assert (found["imported"], told(found["rejected"]), Post.objects.count()) == (0, [(2, column)], before)


def test_a_post_that_is_there_is_found_by_the_list_of_people(city, take):
    take("posts", POSTS, "Analis;Badan Lain;;5;;;;")
    take(
        "people",
        "NIP;NAMA;OPD;JABATAN;TMT JABATAN",
        "190001012020011001;Cempaka;Badan Lain;Analis;01-02-2024",
    )

    assert Placement.objects.get(person__nip="190001012020011001").post.title == "Analis"


LEAVES = "NIP;JENIS CUTI;TANGGAL MULAI;TANGGAL SELESAI;BAGIAN HARI;NOMOR SURAT"


def test_leave_is_added_once_and_what_overlaps_is_refused(city, take):
    line = f"{city.ana.nip};CT;2026-03-16;2026-03-18;;SC 1"

    first, again = take("leaves", LEAVES, line), take("leaves", LEAVES, line)
    over = take("leaves", LEAVES, f"{city.ana.nip};CT;18-03-2026;19-03-2026;;SC 2")

    assert [counts(found) for found in (first, again, over)] == [
        (1, 1, 0, []),
        (1, 0, 1, []),
        (1, 0, 0, [(2, "C")]),
    ]
    leave = Leave.objects.get()
    assert (leave.person, leave.starts_on, leave.ends_on) == (city.ana, date(2026, 3, 16), date(2026, 3, 18))


def test_leave_of_a_list_marks_the_work_of_its_days_as_on_the_page(city, take):
    rows = [factories_activities.activity(city.ana, date(2026, 3, day)) for day in (4, 5)]

    take("leaves", LEAVES, f"{city.ana.nip};CT;2026-03-05;2026-03-06;;SC 1")

    for row in rows:
        row.refresh_from_db()
    assert [row.flagged for row in rows] == [False, True]


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ("{nip};XX;2026-03-16;2026-03-16;;SC", "B"),
        ("{nip};CT;;2026-03-16;;SC", "C"),
        ("{nip};CT;2026-03-16;2026-03-15;;SC", "D"),
        ("{nip};CT;2026-03-16;2026-03-16;malam;SC", "E"),
        ("{nip};CT;2026-03-16;2026-03-16;;", "F"),
        ("190001012020011009;CT;2026-03-16;2026-03-16;;SC", "A"),
    ],
)
def test_a_wrong_cell_of_leave_is_named_and_nothing_is_stored(city, take, cells, column):
    found = take("leaves", LEAVES, cells.format(nip=city.ana.nip))

    assert (found["imported"], told(found["rejected"]), Leave.objects.count()) == (0, [(2, column)], 0)


def test_nobody_brings_leave_of_their_own(city, take):
    two = factories.with_role(Role.HR), factories.with_role(Role.HR, name="HR kedua")

    found = take("leaves", LEAVES, f"{two[0].nip};CT;2026-03-16;2026-03-16;;SC", by=two)

    assert counts(found) == (1, 0, 0, [(2, "A")])


def test_the_catalogue_of_the_product_is_a_list_too(take):
    first, again = (take("catalogue", FOLDER / "activity_catalogue.csv") for _time in range(2))

    assert (counts(first), counts(again)) == ((200, 200, 0, []), (200, 0, 200, []))
    assert CatalogItem.objects.count() == 200


def test_a_wrong_cell_of_the_catalogue_is_named(take):
    heading = "KODE;RUMPUN TUGAS;URAIAN TUGAS;SATUAN OUTPUT;NORMA WAKTU;JENIS"

    found = take(
        "catalogue",
        heading,
        "A-1;umum;Mengetik;surat;0;",
        "A-2;umum;Mengetik;;5;",
        "A-3;umum;Mengetik;surat;lima;",
    )

    assert (found["imported"], told(found["rejected"])) == (0, [(2, "E"), (3, "D"), (4, "E")])


def test_holidays_are_added_once_and_other_names_are_told(city, take):
    heading = "TANGGAL;NAMA;JENIS;KEPUTUSAN"
    line = "2026-05-01;Hari Buruh;libur nasional;SKB"

    first, again = (
        take("holidays", heading, line),
        take("holidays", heading, line.replace("Buruh", "Pekerja")),
    )
    wrong = take("holidays", heading, "2026-06-01;Pancasila;apa;SKB", "00/00/0000;Pancasila;cuti bersama;SKB")

    assert (counts(first), counts(again), told(again["warned"])) == ((1, 1, 0, []), (1, 0, 1, []), [(2, "B")])
    assert told(wrong["rejected"]) == [(2, "C"), (3, "A")]
    assert Holiday.objects.filter(date=date(2026, 5, 1)).count() == 1


TARIFFS = "KELAS JABATAN;PAGU;BERLAKU SEJAK;PERATURAN;PASAL;ALASAN"


def test_tariffs_are_rules_of_two_people_of_finance(city, take):
    two = factories.with_role(Role.MAKER), factories.with_role(Role.CHECKER)
    line = "7;2550000;2026-04-01;Perwali 3/2026;pasal 2;"

    first, again = take("tariffs", TARIFFS, line, by=two), take("tariffs", TARIFFS, line, by=two)
    late = take("tariffs", TARIFFS, line.replace("04-01", "03-01"), by=two)

    assert (counts(first), counts(again), counts(late)) == (
        (1, 1, 0, []),
        (1, 0, 1, []),
        (1, 0, 0, [(2, "F")]),
    )
    tariff = Tariff.objects.get(valid_from=date(2026, 4, 1))
    assert (tariff.ceiling_rupiah, tariff.drafted_by, tariff.approved_by) == (2_550_000, *two)


def test_tariffs_of_nobody_or_of_hr_are_refused(city, take):
    two = factories.with_role(Role.HR), factories.with_role(Role.HR, name="HR kedua")
    for by in (None, two):
        with pytest.raises(CommandError):
            take("tariffs", TARIFFS, "7;2550000;2026-04-01;Perwali 3/2026;pasal 2;", by=by)
    assert not Tariff.objects.filter(valid_from=date(2026, 4, 1)).exists()
