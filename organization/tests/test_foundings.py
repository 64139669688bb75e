"""New units and posts by two. Today is Monday 9 March 2026."""

import pytest
from django.core.exceptions import ValidationError

from organization.models import JobClass, NewPost, NewUnit, OwnRequest, Post, Role, Unit
from tests import factories

pytestmark = pytest.mark.django_db
NOW = factories.at(2026, 3, 9)


@pytest.fixture
def city(time_machine):
    time_machine.move_to(NOW, tick=False)
    found = factories.city()
    found.hr, found.second = factories.with_role(Role.HR), factories.with_role(Role.HR, name="HR kedua")
    return found


def unit(city, **terms):
    values = {"code": "4.01", "name": "Dinas Baru", "short_name": "Disbar", "parent": None}
    return NewUnit.objects.request(by=city.hr, decree="Perda 3/2026", **values | terms)


def post(city, **terms):
    number = terms.pop("number", 7)
    known = JobClass.objects.get_or_create(number=number, defaults={"level": "staff"})[0]
    values = {"title": "Pengolah Data", "unit": city.agency, "superior": city.supervisor_post}
    return NewPost.objects.request(by=city.hr, decree="SK 4", job_class=known, **values | terms)


def test_an_agency_is_its_own_top_once_a_second_person_approved_it(city):
    asked = unit(city)
    before = Unit.objects.filter(code="4.01").exists()
    with pytest.raises(OwnRequest):
        asked.approve(by=city.hr, at=NOW)
    asked.approve(by=city.second, at=NOW)

    made = Unit.objects.get(code="4.01")
    assert (before, asked.made, made.agency, made.kind) == (False, made, made, "agency")


def test_a_part_belongs_to_the_agency_of_its_unit(city):
    asked = unit(city, code="9.01.01", parent=city.agency, pattern="6")
    asked.approve(by=city.second, at=NOW)

    assert (asked.made.agency, asked.made.parent, asked.made.pattern) == (city.agency, city.agency, "6")


def test_a_code_is_taken_once(city):
    unit(city)
    said = []
    for code in ("4.01", city.agency.code):
        with pytest.raises(ValidationError) as refused:
            unit(city, code=code)
        said += refused.value.messages

    assert said == [
        "Usulan seperti ini sudah menunggu admin kepegawaian kedua.",
        "Kode ini sudah dipakai unit kerja lain.",
    ]


def test_a_post_takes_the_level_that_its_class_proposes(city):
    asked = post(city, several=True, families=["kepegawaian"])
    asked.approve(by=city.second, at=NOW)

    made = Post.objects.get(title="Pengolah Data")
    assert (made.terms.get().superior, made.terms.get().level, made.sole) == (
        city.supervisor_post,
        "staff",
        False,
    )
    assert (made.families, made.terms.get().job_class.number) == (["kepegawaian"], 7)


def test_a_post_that_leads_has_one_holder(city):
    with pytest.raises(ValidationError) as refused:
        post(city, several=True, level="supervisor")

    assert refused.value.messages == ["Jabatan yang memimpin hanya untuk satu orang pada satu waktu."]


def test_hr_of_an_agency_decides_what_belongs_to_it_alone(city):
    agency_hr = factories.with_role(Role.HR, city.agency)
    own, foreign = post(city), post(city, unit=city.other, superior=None)
    top, part = unit(city), unit(city, code="9.9", parent=city.agency)

    on = NOW.date()
    assert set(NewPost.objects.decidable_by(agency_hr, on=on)) == {own}
    assert set(NewUnit.objects.decidable_by(agency_hr, on=on)) == {part}
    assert set(NewPost.objects.decidable_by(city.second, on=on)) == {own, foreign}
    assert set(NewUnit.objects.decidable_by(city.second, on=on)) == {top, part}
