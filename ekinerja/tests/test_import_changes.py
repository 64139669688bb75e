"""What a list says otherwise of people who are recorded: left so, unless two HR persons sign."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from ekinerja.demo.people import build_units
from organization.models import Placement, Promotion, Rank, Role, Transfer, User
from tests import factories, lists
from tests.factories import at

NIP = lists.ONE["NIP"]
pytestmark = pytest.mark.django_db
LATER = lists.row() | {
    "NAMA": "Cempaka Uji, S.E.",
    "GOLONGAN": "III/b",
    "TMT GOLONGAN": "01-04-2026",
    "JABATAN": "Penelaah",
    "KELAS JABATAN": 8,
    "TMT JABATAN": "01-04-2026",
}


@pytest.fixture
def take(tmp_path, time_machine):
    time_machine.move_to(at(2026, 5, 4), tick=False)
    call_command("reference", stdout=StringIO())
    build_units()

    def take(*rows, by=None):
        file, said = tmp_path / "daftar.xlsx", StringIO()
        file.write_bytes(lists.workbook(*rows))
        signed = {"by": by[0].nip, "approved_by": by[1].nip} if by else {}
        call_command("import", "people", file, "--json", **signed, stdout=said, stderr=StringIO())
        return json.loads(said.getvalue())

    return take


@pytest.fixture
def two():
    return factories.with_role(Role.HR), factories.with_role(Role.HR, name="HR kedua")


def told(said):
    return [(one["row"], one["column"]) for one in said]


def stands():
    person = User.objects.get(nip=NIP)
    places = Placement.objects.filter(person=person).order_by("starts_on")
    return [
        person.name,
        [rank.rank.code for rank in person.ranks.order_by("starts_on")],
        [(place.post.title, place.starts_on) for place in places],
    ]


BEFORE = ["Cempaka Uji", ["III/a"], [("Pengolah Data", date(2023, 2, 15))]]


def test_without_two_what_a_list_says_otherwise_is_told_and_left(take):
    take(lists.row())

    found = take(LATER)

    assert (found["imported"], found["unchanged"], found["rejected"]) == (0, 1, [])
    assert told(found["warned"]) == [(2, "B"), (2, "D"), (2, "F")]
    assert stands() == BEFORE


def test_two_store_a_new_name_a_promotion_and_a_transfer_once(take, two):
    take(lists.row())

    found, again = take(LATER, by=two), take(LATER, by=two)

    assert (found["imported"], again["imported"], again["unchanged"]) == (1, 0, 1)
    assert stands() == [
        "Cempaka Uji, S.E.",
        ["III/a", "III/b"],
        [("Pengolah Data", date(2023, 2, 15)), ("Penelaah", date(2026, 4, 1))],
    ]
    steps = (Promotion.objects.get(), Transfer.objects.get())
    signed = [(step.requested_by, step.decided_by, step.decree) for step in steps]
    assert signed == [(*two, "daftar.xlsx")] * 2


def test_what_begins_no_later_than_what_is_recorded_is_left_also_by_two(take, two):
    take(lists.row())

    same_days = {"TMT GOLONGAN": "01-04-2024", "TMT JABATAN": "15-02-2023"}
    found = take(LATER | same_days | {"NAMA": "Cempaka Uji"}, by=two)

    assert (found["imported"], found["unchanged"], told(found["warned"])) == (0, 1, [(2, "D"), (2, "F")])
    assert stands() == BEFORE


def test_what_was_missing_is_filled_in_by_two(take, two):
    take(lists.row() | {"STATUS": "", "GOLONGAN": "", "JABATAN": "", "NO. REKENING": ""})

    found = take(lists.row(), by=two)

    assert found["imported"] == 1 and stands() == BEFORE
    person = User.objects.get(nip=NIP)
    assert (person.statuses.get().kind, person.account.number) == ("PNS", "0012345678")


def test_a_change_that_is_refused_rejects_its_row_whole(take, two):
    take(lists.row())
    waiting = Promotion.objects.request(
        by=two[0],
        person=User.objects.get(nip=NIP),
        rank=Rank.objects.get(code="III/b"),
        starts_on=date(2026, 4, 1),
        decree="SK 1",
    )

    found = take(LATER, by=two)

    assert (found["imported"], len(found["rejected"]), waiting.is_waiting) == (0, 1, True)
    assert stands() == BEFORE


def test_nobody_signs_for_a_change_of_their_own(take, two):
    take(lists.row())
    own = factories.grant(User.objects.get(nip=NIP), Role.HR).person

    found = take(LATER, by=(two[0], own))

    assert (found["imported"], told(found["rejected"])) == (0, [(2, "A")])
    assert stands() == BEFORE


def test_two_different_hr_persons_of_the_city_sign(take, two):
    of_agency = factories.with_role(Role.HR, factories.agency())
    for pair in ((two[0], two[0]), (two[0], of_agency), (two[0], factories.person())):
        with pytest.raises(CommandError, match="two different people"):
            take(LATER, by=pair)
    assert not User.objects.filter(nip=NIP).exists()
