"""A released list is closed for every path, also for SQL by the role that serves the product."""

import psycopg2
import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection
from django.utils import timezone

from bonuses.models import Line, NoLine, Run, Share
from tests import factories_bonuses as build

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return build.final_city()


def line_of(share):
    """A row like those of the share, for somebody who has none there."""
    row = Line.objects.filter(share=share).values().first()
    return Line(**{name: value for name, value in row.items() if name != "id"} | {"attempt": 7})


@pytest.mark.parametrize("status", ["computed", "checked", "released"])
def test_d110_no_line_is_added_to_a_list_that_was_computed(city, status):
    share = build.run_in(status, city=city).shares.get()

    with pytest.raises(IntegrityError, match="list_is_closed"):
        Line.objects.bulk_create([line_of(share)])


@pytest.mark.parametrize("status", ["draft", "computed", "released", "cancelled"])
def test_nobody_is_listed_without_a_line_in_a_list_that_is_not_being_computed(city, status):
    share = build.run_in(status, city=city).shares.get()

    with pytest.raises(IntegrityError, match="list_is_closed"):
        NoLine.objects.bulk_create([NoLine(share=share, attempt=1, person=city.zul, reason="zero")])


@pytest.mark.parametrize(
    "change", [{"is_live": False}, {"computed_at": None}, {"failure": "x"}, {"started_at": None}]
)
def test_d110_the_share_of_a_released_list_stays_as_it_is(city, change):
    run = build.run_in("released", city=city)

    with pytest.raises(IntegrityError, match="list_is_closed"):
        Share.objects.filter(run=run).update(**change)


def test_a_share_is_let_go_by_cancelling_its_list_alone(city):
    run = build.run_in("draft", city=city)

    with pytest.raises(IntegrityError, match="list_is_closed"):
        Share.objects.filter(run=run).update(is_live=False)


def test_a_share_let_go_never_comes_back(city):
    run = build.run_in("cancelled", city=city)

    with pytest.raises(IntegrityError, match="list_is_closed"):
        Share.objects.filter(run=run).update(is_live=True)


@pytest.mark.parametrize("table", [Run, Share])
def test_lists_and_shares_are_never_removed(city, table):
    build.run_in("draft", city=city)

    with connection.cursor() as cursor, pytest.raises(IntegrityError, match="list_is_closed"):
        cursor.execute(f"DELETE FROM {table._meta.db_table}")


ROLE, PASSWORD = "ekinerja_role_of_a_test", "kata-sandi-uji"
ADD = (
    "INSERT INTO bonuses_noline (share_id, attempt, person_id, reason, detail)"
    " VALUES (%(share)s, 1, %(person)s, 'zero', '')"
)
DENIED = "permission denied|must be owner"


@pytest.fixture
def as_role(transactional_db, monkeypatch):
    """A function that runs one statement as the application's role, on a connection of its own."""
    name = f"{ROLE}_{connection.settings_dict['NAME']}"
    monkeypatch.setenv("APPLICATION_PASSWORD", PASSWORD)
    call_command("application_role", name)

    def run(statement, **values):
        at = connection.settings_dict
        with (
            psycopg2.connect(
                host=at["HOST"], port=at["PORT"], dbname=at["NAME"], user=name, password=PASSWORD
            ) as own,
            own.cursor() as cursor,
        ):
            cursor.execute(statement, values)
            return cursor.fetchall() if cursor.description else cursor.rowcount

    yield run
    with connection.cursor() as cursor:
        cursor.execute(f'DROP OWNED BY "{name}"; DROP ROLE "{name}"')


@pytest.mark.parametrize(
    ("statement", "refused"),
    [
        (ADD, "list_is_closed"),
        ("UPDATE bonuses_run SET status = 'draft' WHERE id = %(run)s", "list_is_closed"),
        ("UPDATE bonuses_share SET is_live = false WHERE id = %(share)s", "list_is_closed"),
        ("TRUNCATE bonuses_line CASCADE", DENIED),
        ("TRUNCATE bonuses_runevent", DENIED),
        ("ALTER TABLE bonuses_line DISABLE TRIGGER ALL", DENIED),
        ("DROP TABLE bonuses_line CASCADE", DENIED),
        ("SET session_replication_role = replica", "permission denied"),
        ("CREATE TABLE own_copy (id int)", "permission denied"),
    ],
)
def test_d110_the_applications_role_is_refused(as_role, statement, refused):
    city = build.final_city()
    run = build.run_in("released", city=city)
    before = list(Line.objects.values()), Run.objects.values().get(), Share.objects.values().get()

    with pytest.raises(psycopg2.Error, match=refused):
        as_role(statement, share=run.shares.get().pk, run=run.pk, person=city.zul.pk)

    assert (list(Line.objects.values()), Run.objects.values().get(), Share.objects.values().get()) == before


def test_the_applications_role_is_no_superuser_and_may_work(as_role):
    city = build.final_city()

    assert as_role("SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user") == [
        (False,)
    ]
    assert as_role("UPDATE organization_user SET name = 'Nama Lain' WHERE id = %(pk)s", pk=city.ana.pk) == 1


def test_made_twice_the_role_has_the_newer_password(as_role, monkeypatch):
    assert as_role("SELECT 1") == [(1,)]
    call_command("application_role", f"{ROLE}_{connection.settings_dict['NAME']}")

    assert as_role("SELECT 1") == [(1,)]


def test_a_run_is_still_computed_refused_and_computed_again(city):
    run = build.run_in("computed", city=city)
    run.refuse(by=city.checker, at=timezone.now(), reason="angka pajak keliru")
    run.request(by=city.maker, at=timezone.now())

    assert build.compute(run).status == Run.Status.COMPUTED
