from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from organization.models import Acting, EmploymentStatus, Grant, Post, Posting, Role, Sanction, Unit, User
from organization.reviewers import reviewer
from tests import factories, factories_bonuses

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 9)


def refused(name, make):
    with pytest.raises(IntegrityError) as found, transaction.atomic():
        make()
    assert name in str(found.value)


def test_an_agency_is_its_own_top_and_parts_know_it():
    agency = factories.agency()
    part = Unit.objects.establish(code="9.99", parent=agency, name="Bidang", short_name="Bidang")

    assert (agency.agency, part.agency) == (agency, agency)
    assert list(Unit.objects.agencies()) == [agency]


@pytest.mark.parametrize("nip", ["12345678901234567", "19000101200001300a", "190001012000013001"])
def test_a_nip_that_is_not_18_digits_with_a_sex_is_refused(nip):
    refused("nip_has_18_digits", lambda: User.objects.create(nip=nip, name="X"))


def test_d31_a_person_is_never_deleted_but_deactivated_by_date():
    who = factories.person("Ani")

    with pytest.raises(DatabaseError, match="people_are_never_deleted"), transaction.atomic():
        who.delete()
    who.deactivated_on = date(2020, 1, 1)
    who.save(update_fields=["deactivated_on"])

    assert User.objects.get(pk=who.pk).is_active is False


def test_d50_a_person_has_at_most_one_posting_a_day():
    city = factories.city()
    where = factories.post(city.other)

    refused(
        "postings_of_a_person_do_not_overlap",
        lambda: Posting.objects.create(person=city.ana, post=where, starts_on=date(2026, 3, 16)),
    )
    with pytest.raises(ValidationError, match="already has a posting|sudah"):
        Posting.objects.appoint(city.ana, where, starts_on=date(2026, 3, 16))


def test_a_sole_post_has_one_holder_and_a_staff_post_many():
    city = factories.city()
    newcomer = factories.person()

    with pytest.raises(ValidationError):
        Posting.objects.appoint(newcomer, city.supervisor_post, starts_on=DAY)
    factories.posted(newcomer, city.staff_post)

    assert city.staff_post.postings.on(DAY).count() == 3


def test_reversed_dates_are_an_error_beside_the_field_not_a_crash():
    city = factories.city()

    with pytest.raises(ValidationError) as found:
        Posting.objects.appoint(factories.person(), city.staff_post, starts_on=DAY, ends_on=date(2026, 3, 1))

    assert list(found.value.message_dict) == ["ends_on"]


def test_statuses_of_a_person_do_not_overlap():
    city = factories.city()

    refused(
        "statuses_of_a_person_do_not_overlap",
        lambda: EmploymentStatus.objects.create(person=city.ana, kind="CPNS", starts_on=DAY),
    )


def test_a_role_is_granted_by_two_others():
    holder, one = factories.person(), factories.person()

    for requested_by, approved_by in [(one, one), (holder, one), (one, holder)]:
        refused(
            "a_role_is_granted_by_two_others",
            lambda r=requested_by, a=approved_by: Grant.objects.create(
                person=holder, role=Role.HR, starts_on=DAY, requested_by=r, approved_by=a
            ),
        )


@pytest.mark.parametrize("second", [Role.MAKER, Role.CHECKER, Role.RELEASER, Role.HR])
def test_an_assessor_holds_no_role_of_finance_or_hr(second):
    who = factories.with_role(Role.ASSESSOR)

    refused("assessors_hold_no_finance_or_hr_role", lambda: factories.grant(who, second))


@pytest.mark.parametrize("second", [role for role in Role if role not in (Role.AUDITOR, Role.SUPERVISOR)])
def test_an_auditor_holds_no_other_role(second):
    who = factories.with_role(Role.AUDITOR)

    refused("an_auditor_holds_no_other_role", lambda: factories.grant(who, second))


def test_supervisor_is_never_granted():
    refused("a_supervisor_is_one_by_their_post", lambda: factories.with_role(Role.SUPERVISOR))


def test_roles_add_up_and_a_supervisor_is_one_by_their_post():
    city = factories.city()
    factories.grant(city.supervisor, Role.LEADERSHIP)

    assert city.supervisor.roles_on(DAY) == {"leadership", "supervisor"}
    assert city.ana.roles_on(DAY) == frozenset()


def test_an_assessor_never_has_their_own_agency():
    city = factories.city()
    factories.grant(city.ana, Role.ASSESSOR)
    narrow = factories.assessor(city.agency)

    assert list(city.ana.agencies(Role.ASSESSOR, on=DAY)) == [city.other]
    assert list(narrow.agencies(Role.ASSESSOR, on=DAY)) == [city.agency]
    assert list(city.budi.agencies(Role.ASSESSOR, on=DAY)) == []


def test_the_holder_of_the_superior_post_reviews_and_never_the_owner():
    city = factories.city()

    assert reviewer(city.supervisor_post, owner=city.ana, on=DAY) == city.supervisor
    assert reviewer(city.supervisor_post, owner=city.supervisor, on=DAY) == city.head
    acting = Acting.objects.acting_for(city.supervisor_post, owner=city.supervisor, day=DAY)
    assert [row.person for row in acting] == [city.head]


def test_d17_at_the_top_and_with_an_empty_superior_it_is_the_assessors():
    city = factories.city()

    for post in (city.head_post, None):
        assert not Acting.objects.acting_for(post, owner=city.head, day=DAY).exists()
        assert reviewer(post, owner=city.head, on=DAY) is None


def test_a_vacant_post_is_acted_for_by_whoever_acts_for_its_superior_post():
    city = factories.city()
    city.supervisor.deactivated_on = date(2026, 3, 1)
    city.supervisor.save(update_fields=["deactivated_on"])

    assert reviewer(city.supervisor_post, owner=city.ana, on=DAY) == city.head
    assert set(Post.objects.acted_for_by(city.head, on=DAY)) == {city.head_post, city.supervisor_post}
    assert set(Post.objects.acted_for_by(city.supervisor, on=DAY)) == set()


def test_passed_over_is_anybody_in_whose_superior_line_the_owner_stands():
    city = factories.city()

    assert reviewer(city.supervisor_post, owner=city.head, on=DAY) is None


def test_a_line_of_superiors_that_comes_back_is_refused():
    city = factories.city()
    term = city.head_post.terms.get()
    term.superior = city.staff_post

    with pytest.raises(ValidationError):
        term.full_clean()


def test_a_sanction_runs_for_whole_months_and_is_found_by_month():
    city = factories.city()
    first = date(2026, 3, 1)
    refused(
        "sanction_runs_for_whole_months",
        lambda: factories_bonuses.sanction(city.ana, first=DAY, last=DAY),
    )
    row = factories_bonuses.sanction(city.ana, first=first, last=first)

    assert list(Sanction.objects.in_month(first)) == [row]
    assert list(Sanction.objects.in_month(date(2026, 4, 1))) == []


def test_history_keeps_every_version_also_of_bulk_and_raw_sql():
    who = factories.person("Satu")
    User.objects.filter(pk=who.pk).update(name="Dua")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE organization_user SET name = 'Tiga' WHERE id = %s", [who.pk])

    labels = list(who.events.order_by("pgh_id").values_list("pgh_label", "name"))
    assert labels == [("insert", "Satu"), ("update", "Dua"), ("update", "Tiga")]


def test_the_levels_told_without_asking_are_those_of_the_database():
    city, day = factories.city(), DAY
    auditor = factories.with_role(Role.AUDITOR, office=city.agency)
    vacant = factories.post(city.agency, "Kepala Seksi", superior=city.staff_post, level="supervisor")
    people = [city.ana, city.budi, city.supervisor, city.head, city.zul, auditor, factories.person()]
    told = {}
    for who in people:
        fresh = User.objects.get(pk=who.pk)
        told[who.pk] = fresh.levels_on(day)
        assert [sorted(level) for level in told[who.pk]] == [
            sorted(level) for level in Post.objects.levels_below(fresh, on=day)
        ]
    assert (vacant.pk in told[city.ana.pk][0], told[auditor.pk]) == (True, [[], [], []])


def test_nothing_is_asked_of_posts_for_who_leads_nobody():
    city, day = factories.city(), DAY
    who = User.objects.get(pk=city.zul.pk)
    who.posting_on(day), who.grants_on(day)

    with CaptureQueriesContext(connection) as queries:
        assert who.levels_on(day) == [[who.posting_on(day).post_id], [], []]
        assert not who.holds(Role.SUPERVISOR, on=day)
    assert len(queries) == 0
