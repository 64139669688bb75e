"""Lists of units from files."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from ekinerja.demo.people import FILES
from organization.models import Unit

pytestmark = pytest.mark.django_db
HEADINGS = "KODE;NAMA;NAMA SINGKAT;KODE INDUK;JENIS;HARI KERJA;ZONA WAKTU"


def take(tmp_path, *lines, headings=HEADINGS):
    file = tmp_path / "units.csv"
    file.write_text("\n".join([headings, *lines]), encoding="utf-8")
    return taken(file)


def taken(file):
    said = StringIO()
    call_command("import", "units", str(file), "--json", stdout=said, stderr=StringIO())
    return json.loads(said.getvalue())


def told(said):
    return [(one["row"], one["column"]) for one in said]


def test_the_units_of_a_city_are_made_once_with_their_parts():
    found = taken(FILES / "units.csv")

    assert found == {"read": 97, "imported": 97, "unchanged": 0, "rejected": [], "warned": []}
    centre = Unit.objects.select_related("parent", "agency").get(code="2.02.06")
    assert (centre.parent.code, centre.agency.code, centre.pattern, centre.kind) == (
        "2.02",
        "2.02",
        "6",
        "health_centre",
    )
    assert taken(FILES / "units.csv") | {"unchanged": 0} == found | {"imported": 0}


def test_parts_may_stand_above_their_parents_and_take_week_and_zone_from_them(tmp_path):
    found = take(tmp_path, "9.01.1;Bidang;Bidang;9.01;;;", "9.01;Dinas;Dinas;;;6;WIT")

    assert found["imported"] == 2
    part = Unit.objects.get(code="9.01.1")
    assert (part.agency.code, part.pattern, part.get_zone_display()) == ("9.01", "6", "WIT")


@pytest.mark.parametrize(
    ("line", "column"),
    [
        (";Dinas;Dinas;;;5;", "A"),
        ("9.01;;Dinas;;;5;", "B"),
        ("9.01;Dinas;Dinas;;;7;", "F"),
        ("9.01;Dinas;Dinas;;;;", "F"),
        ("9.01;Dinas;Dinas;;;5;GMT", "G"),
        ("9.01;Dinas;Dinas;8;;5;", "D"),
        ("9.01;Dinas;Dinas;9.01;;5;", "D"),
        (f"9.01;{'Dinas ' * 20};;;;5;", "C"),
    ],
)
def test_a_wrong_cell_of_a_unit_is_named_and_nothing_is_stored(tmp_path, line, column):
    found = take(tmp_path, line)

    assert (found["imported"], told(found["rejected"])) == (0, [(2, column)])
    assert not Unit.objects.exists()


def test_a_code_twice_and_a_unit_recorded_otherwise_are_told(tmp_path):
    take(tmp_path, "9.01;Dinas;Dinas;;;5;")

    found = take(tmp_path, "9.01;Dinas Baru;Dinas;;;5;", "9.01;Dinas;Dinas;;;5;")

    assert (found["imported"], found["unchanged"]) == (0, 1)
    assert (told(found["rejected"]), told(found["warned"])) == ([(3, "A")], [(2, "B")])
    assert Unit.objects.get().name == "Dinas"


def test_a_part_of_a_unit_that_was_not_taken_is_rejected_with_it(tmp_path):
    found = take(tmp_path, "9.01;Dinas;Dinas;;;;", "9.01.1;Bidang;Bidang;9.01;;5;")

    assert (found["imported"], told(found["rejected"])) == (0, [(2, "F"), (3, "D")])
