"""The cluster that test runs share is never older than the schema."""

import os
import subprocess
from contextlib import closing

import psycopg2
import pytest
from django.db import connection

from devtools import template
from devtools.embedded import Services

FILES = {
    "rooms/__init__.py": "",
    "rooms/migrations/0001_initial.py": "from grounds.schema import Together\nimport rooms.locks\n",
    "rooms/migrations/old/view.sql": "SELECT 1",
    "rooms/locks.py": "def name():\n    from . import keys\n",
    "rooms/keys.py": "",
    "rooms/views.py": "",
    "grounds/schema.py": "",
} | {name: "" for name in template.FIXED}


@pytest.fixture
def project(tmp_path):
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path


@pytest.mark.parametrize("name", sorted({*FILES} - {"rooms/views.py"}))
def test_what_the_schema_is_made_from_changes_the_key(project, name):
    before = template.key(project)
    with (project / name).open("a") as file:
        file.write("# changed\n")

    assert template.key(project) != before


def test_a_new_migration_changes_the_key(project):
    before = template.key(project)
    (project / "rooms/migrations/0002_more.py").write_text("")

    assert template.key(project) != before


def test_a_page_does_not_change_the_key(project):
    before = template.key(project)
    (project / "rooms/views.py").write_text("# changed\n")

    assert template.key(project) == before


def test_other_packages_another_postgresql_and_another_account_change_the_key(project, monkeypatch):
    keys = [template.key(project)]
    (project / "site/django").mkdir(parents=True)
    (project / "bin").mkdir()
    (project / "bin/postgres").touch()

    monkeypatch.setattr(template, "package_folder", lambda name: project / "site" / name)
    keys.append(template.key(project))
    (project / "site/Django-6.0.dist-info").touch()
    keys.append(template.key(project))
    monkeypatch.setattr(template, "binaries", lambda: project / "bin")
    keys.append(template.key(project))
    os.utime(project / "bin/postgres", (1, 1))
    keys.append(template.key(project))
    monkeypatch.setattr(template.os, "geteuid", lambda: 12345)
    keys.append(template.key(project))

    assert len(set(keys)) == 6


def test_the_key_of_this_project_knows_its_migrations_and_what_they_import():
    names = {path.relative_to(template.ROOT).as_posix() for path in template.files(template.ROOT)}

    assert {"organization/migrations/0001_initial.py", "records/schema.py", "records/__init__.py"} <= names


@pytest.fixture
def services(monkeypatch, tmp_path):
    """Throw-away services that start in a moment, on a folder for clusters that is empty."""
    monkeypatch.setattr(template, "FOLDER", tmp_path / "all")
    for name in ("DATABASE_URL", "REDIS_URL"):
        monkeypatch.delenv(name, raising=False)
    services = Services()
    yield services
    services.stop()


BROKEN = subprocess.CalledProcessError(1, "a program")


@pytest.mark.parametrize(
    ("name", "fault"), [("take", PermissionError("no right")), ("migrate", BROKEN), ("keep", BROKEN)]
)
def test_where_no_cluster_can_be_kept_plain_services_start(services, monkeypatch, name, fault):
    def fails(*arguments):
        raise fault

    monkeypatch.setattr(template, "migrate", lambda urls: None)
    monkeypatch.setattr(template, name, fails)

    assert set(template.start(services)) == {"DATABASE_URL", "REDIS_URL"}


def test_the_second_start_takes_what_the_first_one_made(services, monkeypatch, db):
    first = template.start(services)
    services.stop_servers()
    monkeypatch.setattr(template, "migrate", lambda urls: pytest.fail("migrates again"))
    second = template.start(services)

    assert (first["EKINERJA_TEST_TEMPLATE"], second["EKINERJA_TEST_TEMPLATE"]) == ("migrated", "migrated")
    with closing(psycopg2.connect(second["DATABASE_URL"].removesuffix("/postgres") + "/migrated")) as copied:
        tables = schema(copied)
    assert all(tables)
    assert tables == schema(connection)


COLUMNS = """
    SELECT table_name, column_name, data_type, is_nullable, column_default FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name !~ '^pg_' ORDER BY 1, 2
"""
GUARDS = """
    SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace AND contype IN ('c', 'f', 'u', 'p', 'x')
    UNION ALL SELECT tgrelid::regclass::text, tgname, pg_get_functiondef(tgfoid) FROM pg_trigger
    WHERE NOT tgisinternal ORDER BY 1, 2
"""


def schema(database):
    """Return what COLUMNS and GUARDS find."""
    found = []
    with database.cursor() as cursor:
        for query in (COLUMNS, GUARDS):
            cursor.execute(query)
            found.append(cursor.fetchall())
    return found


def test_a_cluster_that_was_not_kept_whole_is_not_taken(tmp_path):
    (tmp_path / "kept" / "data").mkdir(parents=True)

    assert template.take(tmp_path / "kept", tmp_path / "run") is False


def test_only_the_clusters_used_last_are_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(template, "FOLDER", tmp_path / "all")
    (tmp_path / "run").mkdir()
    (tmp_path / "all").mkdir()
    for number in range(template.KEPT_AT_MOST + 2):
        template.keep(tmp_path / "run", tmp_path / "all" / str(number))

    assert sorted(path.name for path in (tmp_path / "all").iterdir()) == ["2", "3", "4"]
