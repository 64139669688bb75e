"""The cluster that test runs share is never older than the schema."""

import pytest

from devtools import template

FILES = {
    "rooms/migrations/0001_initial.py": "from grounds.schema import Together\nimport rooms.locks\n",
    "rooms/locks.py": "NAME = 'lock'\n",
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


@pytest.mark.parametrize(
    "name", ["rooms/migrations/0001_initial.py", "rooms/locks.py", "grounds/schema.py", *template.FIXED]
)
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
