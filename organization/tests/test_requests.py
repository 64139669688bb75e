"""What one asks for and another decides: by two people, once, and never about oneself."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from organization.models import Role, Sanction, SanctionCancellation
from organization.models.requests import DecidedBefore, NotAsked, OwnRequest
from records.refusals import NotNow, OwnRecord
from tests import factories, factories_bonuses
from tests.at_once import at_once

pytestmark = pytest.mark.django_db
MARCH, NOW = date(2026, 3, 1), factories.at(2026, 3, 9)
FACTS = {"percent": 25, "first_month": MARCH, "last_month": MARCH, "decree": "SK 9/2026"}


def hr(name):
    return factories.with_role(Role.HR, name=name)


def asked(who, by=None, **facts):
    return Sanction.objects.request(who, by=by or hr("Satu"), **FACTS | facts)


def test_a_sanction_stands_from_the_approval_of_the_second_on():
    ana, second = factories.city().ana, hr("Dua")
    sanction = asked(ana)
    before = list(Sanction.objects.in_month(MARCH))

    sanction.approve(by=second, at=NOW)

    assert (before, list(Sanction.objects.in_month(MARCH))) == ([], [sanction])
    assert (sanction.outcome, sanction.decided_by, sanction.decided_at) == ("approved", second, NOW)


def test_a_refused_sanction_never_stands_and_the_right_one_can_be_asked_for():
    ana = factories.city().ana
    sanction = asked(ana)

    sanction.refuse(by=hr("Dua"), at=NOW, reason="orang yang keliru")

    assert list(Sanction.objects.in_month(MARCH)) == []
    assert asked(ana).is_waiting


def test_who_asks_does_not_decide():
    first = hr("Satu")
    sanction = asked(factories.city().ana, first)

    for act in (
        lambda: sanction.approve(by=first, at=NOW),
        lambda: sanction.refuse(by=first, at=NOW, reason="salah ketik nama"),
    ):
        with pytest.raises(OwnRequest):
            act()
    assert Sanction.objects.get().is_waiting


def test_nobody_decides_what_concerns_themselves():
    ana = factories.city().ana
    sanction = asked(ana)

    with pytest.raises(OwnRecord):
        sanction.approve(by=ana, at=NOW)


def test_a_refusal_without_a_reason_is_refused():
    sanction = asked(factories.city().ana)

    with pytest.raises(ValidationError):
        sanction.refuse(by=hr("Dua"), at=NOW, reason="  ")
    assert Sanction.objects.get().is_waiting


def test_the_second_of_two_deciders_reads_who_was_first():
    sanction, late = asked(factories.city().ana), hr("Tiga")
    Sanction.objects.get().approve(by=hr("Dua"), at=NOW)

    with pytest.raises(DecidedBefore, match="Dua"):
        sanction.refuse(by=late, at=NOW, reason="salah ketik nama")
    assert Sanction.objects.get().outcome == "approved"


def test_who_asked_takes_back_what_nobody_has_decided_and_the_row_stays():
    ana, first = factories.city().ana, hr("Satu")
    sanction = asked(ana, first)

    sanction.withdraw(by=first, at=NOW)
    Sanction.objects.get().withdraw(by=first, at=factories.at(2026, 3, 10))

    kept = Sanction.objects.get()
    assert (kept.outcome, kept.decided_by, kept.decided_at) == ("withdrawn", None, NOW)
    assert list(Sanction.objects.in_month(MARCH)) == []
    assert asked(ana, first).is_waiting


def test_nobody_else_takes_a_request_back():
    sanction = asked(factories.city().ana)

    for other in (hr("Dua"), sanction.person):
        with pytest.raises(NotAsked):
            sanction.withdraw(by=other, at=NOW)
    assert Sanction.objects.get().is_waiting


def test_what_is_decided_is_not_taken_back_and_what_is_taken_back_is_not_decided():
    ana, first, second = factories.city().ana, hr("Satu"), hr("Dua")
    decided, taken = asked(ana, first), asked(ana, first, decree="SK 10/2026")
    Sanction.objects.get(pk=decided.pk).approve(by=second, at=NOW)
    Sanction.objects.get(pk=taken.pk).withdraw(by=first, at=NOW)

    with pytest.raises(DecidedBefore, match="Dua"):
        decided.withdraw(by=first, at=NOW)
    with pytest.raises(DecidedBefore, match="Satu sudah menarik"):
        taken.approve(by=second, at=NOW)
    assert list(Sanction.objects.order_by("pk").values_list("outcome", flat=True)) == [
        "approved",
        "withdrawn",
    ]


@pytest.mark.django_db(transaction=True)
def test_of_one_who_takes_back_and_one_who_approves_at_once_one_succeeds_and_the_other_is_told():
    first, second = hr("Satu"), hr("Dua")
    sanction = asked(factories.city().ana, first)

    results = at_once(
        lambda: Sanction.objects.get(pk=sanction.pk).withdraw(by=first, at=NOW),
        lambda: Sanction.objects.get(pk=sanction.pk).approve(by=second, at=NOW),
    )

    told = [result for result in results if isinstance(result, DecidedBefore)]
    assert (results.count(None), len(told)) == (1, 1)
    by = {"approved": "Dua", "withdrawn": "Satu"}[Sanction.objects.get().outcome]
    assert by in str(told[0])


@pytest.mark.django_db(transaction=True)
def test_of_two_who_decide_at_the_same_moment_one_succeeds_and_the_other_reads_their_name():
    sanction, people = asked(factories.city().ana), [hr("Dua"), hr("Tiga")]

    results = at_once(
        lambda: Sanction.objects.get(pk=sanction.pk).approve(by=people[0], at=NOW),
        lambda: Sanction.objects.get(pk=sanction.pk).refuse(by=people[1], at=NOW, reason="salah ketik nama"),
    )

    first = Sanction.objects.get().decided_by
    told = [result for result in results if isinstance(result, DecidedBefore)]
    assert (results.count(None), len(told)) == (1, 1)
    assert first.name in str(told[0])


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("is_of_two_people", {"decided_by": "requester"}),
        ("is_never_about_oneself", {"decided_by": "person"}),
        ("decided_by_somebody", {"decided_by": None, "decided_at": None}),
        ("decided_by_somebody", {"outcome": "withdrawn"}),
        ("decided_by_somebody", {"outcome": "withdrawn", "decided_by": None, "decided_at": None}),
        ("is_refused_with_a_reason", {"outcome": "refused"}),
        ("is_refused_with_a_reason", {"refusal_reason": "x"}),
    ],
)
def test_the_database_keeps_two_people_apart(name, fields):
    row = factories_bonuses.sanction(factories.city().ana, first=MARCH, last=MARCH)
    people = {"requester": row.requested_by_id, "person": row.person_id}
    fields = {key: people.get(value, value) for key, value in fields.items()}

    with pytest.raises(IntegrityError) as found, transaction.atomic():
        Sanction.objects.filter(pk=row.pk).update(**fields)
    assert f"organization_sanction_{name}" in str(found.value)


def test_d96_a_sanction_of_the_wrong_person_is_cancelled_by_two_and_both_rows_stay():
    row = factories_bonuses.sanction(factories.city().ana, first=MARCH, last=MARCH)
    request = row.request_cancellation(by=hr("Satu"), reason="salah orang")
    while_waiting = list(Sanction.objects.in_month(MARCH))

    request.approve(by=hr("Dua"), at=NOW)

    row.refresh_from_db()
    assert (while_waiting, list(Sanction.objects.in_month(MARCH))) == ([row], [])
    assert (row.cancelled_at, row.cancellations.get().reason) == (NOW, "salah orang")
    assert [event.cancelled_at for event in row.events.order_by("pgh_id")] == [None, NOW]
    assert asked(row.person, decree=row.decree).is_waiting


def test_only_what_stands_is_cancelled_and_one_request_waits_at_a_time():
    ana, first = factories.city().ana, hr("Satu")
    waiting = asked(ana)
    row = factories_bonuses.sanction(ana, first=MARCH, last=MARCH)
    row.request_cancellation(by=first, reason="salah ketik nama")

    with pytest.raises(NotNow):
        waiting.request_cancellation(by=first, reason="salah ketik nama")
    with pytest.raises(ValidationError):
        row.request_cancellation(by=first, reason="sekali lagi")
    with pytest.raises(OwnRecord):
        row.request_cancellation(by=ana, reason="salah ketik nama")
    assert SanctionCancellation.objects.count() == 1


def test_a_cancellation_has_a_reason():
    row = factories_bonuses.sanction(factories.city().ana, first=MARCH, last=MARCH)

    with pytest.raises(ValidationError) as refused:
        row.request_cancellation(by=hr("Satu"), reason="")
    assert "reason" in refused.value.error_dict


def test_who_sees_and_who_may_decide_goes_by_scope_and_never_includes_oneself():
    city = factories.city()
    first, second = hr("Satu"), hr("Dua")
    of_agency, of_other = (factories.with_role(Role.HR, unit) for unit in (city.agency, city.other))
    factories.grant(city.ana, Role.HR)
    sanction, on = asked(city.ana, first), MARCH

    def seen(reader):
        rows = Sanction.objects
        return list(rows.shown_to(reader, on=on)), list(rows.decidable_by(reader, on=on))

    assert [seen(reader) for reader in (first, second, of_agency, of_other, city.ana)] == [
        ([sanction], []),
        ([sanction], [sanction]),
        ([sanction], [sanction]),
        ([], []),
        ([], []),
    ]
