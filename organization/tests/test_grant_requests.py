"""Roles by two: asked for, granted, ended. Today is Monday 9 March 2026."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from organization.models import Grant, GrantEnding, GrantRequest, OwnRequest, Role
from records.refusals import OwnRecord
from tests import factories

pytestmark = pytest.mark.django_db
MONDAY, FRIDAY = date(2026, 3, 9), date(2026, 3, 13)
NOW = factories.at(2026, 3, 9)


@pytest.fixture
def city(time_machine):
    time_machine.move_to(NOW, tick=False)
    found = factories.city()
    found.hr, found.second = factories.with_role(Role.HR), factories.with_role(Role.HR, name="HR kedua")
    return found


def ask(city, person=None, role="maker", *, by=None, unit=None, first=MONDAY, last=None):
    terms = {"unit": unit, "starts_on": first, "ends_on": last}
    return GrantRequest.objects.request(person=person or city.ana, role=role, by=by or city.hr, **terms)


def test_d31_a_role_is_held_once_a_second_hr_person_approved_it(city):
    asked = ask(city, unit=city.agency, last=FRIDAY)
    before = city.ana.grants.count()
    with pytest.raises(OwnRequest):
        asked.approve(by=city.hr, at=NOW)
    asked.approve(by=city.second, at=NOW)

    grant = Grant.objects.get(person=city.ana)
    assert before == 0
    assert (grant.role, grant.unit, grant.starts_on, grant.ends_on) == ("maker", city.agency, MONDAY, FRIDAY)
    assert (grant.requested_by, grant.approved_by) == (city.hr, city.second)


def test_nobody_asks_for_or_approves_a_role_of_their_own(city):
    with pytest.raises(OwnRecord):
        ask(city, city.hr)
    asked = ask(city, city.second)
    with pytest.raises(OwnRecord):
        asked.approve(by=city.second, at=NOW)
    assert not city.second.grants.filter(role=Role.MAKER).exists()


@pytest.mark.parametrize(
    ("held", "asked", "sentence"),
    [
        (Role.ASSESSOR, "maker", "Anggota unit penilai tidak memegang peran keuangan atau kepegawaian."),
        (Role.HR, "head", "Anggota unit penilai tidak memegang peran keuangan atau kepegawaian."),
        (Role.AUDITOR, "leadership", "Auditor tidak memegang peran lain."),
        (Role.IT, "auditor", "Auditor tidak memegang peran lain."),
        (Role.MAKER, "maker", "Pegawai ini sudah memegang peran ini."),
    ],
)
def test_d118_roles_that_exclude_each_other_are_refused_in_a_sentence(city, held, asked, sentence):
    factories.grant(city.ana, held)

    with pytest.raises(ValidationError) as refused:
        ask(city, role=asked)

    assert (refused.value.messages, GrantRequest.objects.count()) == ([sentence], 0)


def test_what_excludes_each_other_by_the_time_of_the_approval_stays_waiting(city):
    asked = ask(city)
    factories.grant(city.ana, Role.AUDITOR)

    with pytest.raises(ValidationError):
        asked.approve(by=city.second, at=NOW)
    asked.refresh_from_db()
    assert (asked.is_waiting, city.ana.grants.count()) == (True, 1)


def test_hr_of_an_agency_sees_what_concerns_its_people_and_parts_alone(city):
    agency_hr = factories.with_role(Role.HR, city.agency)
    own, citywide = ask(city, unit=city.agency), ask(city, city.budi)
    foreign = ask(city, city.zul, unit=city.other)

    found = GrantRequest.objects.decidable_by(agency_hr, on=MONDAY)
    assert set(found) == {own}
    assert set(GrantRequest.objects.decidable_by(city.second, on=MONDAY)) == {own, citywide, foreign}


def test_a_role_ends_by_two_today_at_the_earliest(city):
    grant = factories.grant(city.ana, Role.MAKER)
    with pytest.raises(ValidationError) as early:
        GrantEnding.objects.request(grant=grant, person=city.ana, ends_on=date(2026, 3, 8), by=city.hr)
    asked = GrantEnding.objects.request(grant=grant, person=city.ana, ends_on=FRIDAY, by=city.hr)
    asked.approve(by=city.second, at=NOW)
    grant.refresh_from_db()

    assert early.value.messages == ["Peran berakhir paling cepat hari ini."]
    assert grant.ends_on == FRIDAY
    with pytest.raises(ValidationError) as later:
        GrantEnding.objects.request(grant=grant, person=city.ana, ends_on=FRIDAY, by=city.hr)
    assert later.value.messages == ["Peran ini memang sudah berakhir sebelum hari itu."]


def test_an_ending_approved_late_ends_the_role_on_that_day(city):
    grant = factories.grant(city.ana, Role.MAKER)
    asked = GrantEnding.objects.request(grant=grant, person=city.ana, ends_on=MONDAY, by=city.hr)
    asked.approve(by=city.second, at=factories.at(2026, 3, 13))
    grant.refresh_from_db()

    assert grant.ends_on == FRIDAY


def test_a_role_that_begins_in_the_past_needs_a_reason(city):
    with pytest.raises(ValidationError) as refused:
        ask(city, first=date(2026, 3, 6))
    assert refused.value.message_dict == {"reason": ["Peran yang mulai pada hari yang lewat perlu alasan."]}

    terms = {"unit": None, "starts_on": date(2026, 3, 6), "reason": "Keputusan terlambat diterima."}
    asked = GrantRequest.objects.request(person=city.ana, role="maker", by=city.hr, **terms)

    assert asked.is_waiting


def test_a_role_may_wait_for_two_units_and_once_for_each(city):
    ask(city, unit=city.agency)
    ask(city, unit=city.other)

    for unit in (city.agency, None, None):
        try:
            ask(city, unit=unit)
        except ValidationError as refused:
            assert "sudah menunggu" in str(refused)
    assert GrantRequest.objects.waiting().count() == 3
