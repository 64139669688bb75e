from datetime import date
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.utils import translation

from calendars.models import Month
from calendars.weeks import MonthKey
from ekinerja import navigation
from organization.models import Role, User
from tests import factories, factories_reports
from tests.factories_activities import activity

pytestmark = pytest.mark.django_db
COUNT = 1  # one for each counted menu


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def frame_of(user, path="/"):
    request = RequestFactory().get(path)
    request.user, request.resolver_match = user, None
    return navigation.build(request)


def headings(user):
    return [str(section["label"]) for section in frame_of(user)["sections"]]


@pytest.mark.parametrize(
    ("role", "heading"),
    [
        (Role.ASSESSOR, "Assessment unit"),
        (Role.HEAD, "Assessment unit"),
        (Role.MAKER, "Finance"),
        (Role.CHECKER, "Finance"),
        (Role.RELEASER, "Finance"),
        (Role.HR, "Human resources"),
        (Role.LEADERSHIP, "Leadership"),
        (Role.AUDITOR, "Auditor"),
    ],
)
def test_a_role_has_its_heading(role, heading):
    office = factories.city().other
    assert headings(factories.with_role(role, office=office)) == [heading, "My work"]


def test_staff_have_their_own_work_alone():
    assert headings(factories.city().ana) == ["My work"]


def test_a_supervisor_is_one_by_their_post():
    assert headings(factories.city().supervisor) == ["Supervisor", "My work"]


def test_without_a_post_there_is_no_own_work():
    factories.city()
    assert headings(factories.with_role(Role.LEADERSHIP)) == ["Leadership"]


def test_the_bottom_bar_has_five_items_at_most_and_keeps_the_rest_within_reach():
    person = factories.with_role(Role.ASSESSOR, office=factories.city().other)
    factories.grant(person, Role.LEADERSHIP)

    frame = frame_of(person)

    links = [link.url for section in frame["sections"] for link in section["links"]]
    assert len(frame["quick"]) == navigation.QUICK_ITEMS - 1
    assert [link.url for link in frame["quick"] + frame["more"]] == links


def test_the_page_asked_for_is_marked():
    ana = factories.city().ana
    home = frame_of(ana)["sections"][0]["links"][0]

    marked = [link for link in frame_of(ana, home.url)["quick"] if link.current]

    assert [(link.url, link.current) for link in marked] == [(home.url, "page")]


def test_a_month_not_used_yet_is_open_and_a_used_one_says_its_state():
    city = factories.city()
    before = frame_of(city.ana)["month"]
    month = Month.objects.of(city.agency, MonthKey.of(city.ana.today()))
    month.move_to(Month.Status.VERIFYING)

    later = frame_of(User.objects.get(pk=city.ana.pk))["month"]

    assert (before["state"], later["state"]) == ("still open", "being verified")


def test_the_frame_costs_few_queries(django_assert_max_num_queries):
    person = factories.with_role(Role.ASSESSOR, office=factories.city().other)
    person.office_zone()  # the middleware has read the posting already

    with django_assert_max_num_queries(3 + COUNT):
        frame_of(person)


def test_the_menus_count_what_waits_for_whom(monkeypatch):
    city = factories_reports.city()
    factories_reports.freeze(monkeypatch, 2026, 3, 9, 16, 5)
    for who in (city.ana, city.budi, city.head):
        activity(who, date(2026, 3, 9))
    assessor = factories.assessor(city.agency)

    counts = {
        who: {link.url: link.count for section in frame_of(who)["sections"] for link in section["links"]}
        for who in (city.supervisor, assessor, city.ana)
    }

    assert (counts[city.supervisor]["/approvals/"], counts[assessor]["/approvals/unit/"]) == (2, 1)
    assert set(counts[city.ana].values()) == {0}


def test_one_who_is_head_and_assessor_has_one_heading_of_the_unit():
    person = factories.with_role(Role.HEAD, office=factories.city().other)
    factories.grant(person, Role.ASSESSOR)

    assert headings(person) == ["Assessment unit", "My work"]


def test_a_stranger_sees_no_menu(settings):
    settings.DEMO = False
    assert frame_of(AnonymousUser()) == {"demo_sign_ins": []}


def test_the_demo_shows_a_sign_in_per_role(settings):
    settings.DEMO = True
    assert len(frame_of(AnonymousUser())["demo_sign_ins"]) >= 10


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Rahmah Yuliani", "Rahmah Yuliani"),
        ("Pandan Lawu, S.E.", "Pandan Lawu"),
        ("Teratai Singgalang, S.Sos., M.Si.", "Teratai S."),
        ("Puspaningrumwidyawati", "Puspaningrumwidyawati"),
    ],
)
def test_a_long_name_is_shortened(name, short):
    assert navigation.short_name(name) == short


@pytest.mark.parametrize(
    ("name", "link"),
    [
        ("organization:person", "organization:people"),
        ("changes:steps", "organization:people"),
        ("changes:sanction_create", "organization:people"),
        ("organization:post", "organization:posts"),
        ("changes:join", "organization:posts"),
        ("changes:request", "changes:requests"),
        ("changes:grant_end", "changes:grants"),
    ],
)
def test_one_link_of_the_menu_is_that_of_the_page(name, link):
    links = [navigation.PEOPLE, navigation.POSTS, navigation.REQUESTS, navigation.GRANTS]
    request = SimpleNamespace(path="/", resolver_match=SimpleNamespace(view_name=name))

    assert [item.view for item in links if navigation.current(request, item.view, "/x/")] == [link]
