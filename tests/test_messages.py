from pathlib import Path

import polib
import pytest

from devtools import messages


def test_the_indonesian_catalogue_is_complete():
    assert messages.faults(polib.pofile(str(messages.PO)), messages.wanted()) == []


def test_the_compiled_catalogue_is_that_of_the_text():
    assert messages.stale_files() == []


def test_python_and_templates_are_read(tmp_path: Path):
    folder = tmp_path / "templates"
    folder.mkdir()
    (tmp_path / "code.py").write_text(
        '_("One " "whole")\nngettext("%d day", "%d days", n)\npgettext("verb", "Run")\n'
    )
    (folder / "page.html").write_text(
        "{% load i18n %}{% translate \"It's\" %}{{ _('Two') }}"
        "{% blocktranslate trimmed count n=n %}\n  {{ n }} row\n{% plural %}"
        "{{ n }} rows{% endblocktranslate %}"
    )

    found = messages.collect(messages.sources(tmp_path), tmp_path)

    assert found == {
        (None, "One whole"): [(None, "code.py")],
        (None, "%d day"): [("%d days", "code.py")],
        ("verb", "Run"): [(None, "code.py")],
        (None, "It's"): [(None, "templates/page.html")],
        (None, "Two"): [(None, "templates/page.html")],
        (None, "%(n)s row"): [("%(n)s rows", "templates/page.html")],
    }


@pytest.mark.parametrize(
    ("text", "translated", "fault"),
    [
        ("Save", "Simpan", None),
        ("Bonus", "Bonus", None),
        ("Save", "", "not translated"),
        ("Save", "Save", "same as the English"),
        ("Save %(number)s", "Simpan", "other placeholders"),
        ("Save %(number)s", "Simpan %(nomor)s", "other placeholders"),
        ("Save %(number)s", "Simpan %(number)s", None),
    ],
)
def test_a_wording_is_checked(text, translated, fault):
    found = messages.faults_of(polib.POEntry(msgid=text, msgstr=translated))

    assert [line.split(":")[0] for line in found] == ([fault] if fault else [])


def test_what_is_said_no_more_is_a_fault_until_it_is_pruned():
    uses = {messages.Message(None, "Save"): [messages.Use(None, "a.py")]}
    known = {messages.Message(None, "Save"): "Simpan", messages.Message(None, "Old"): "Lama"}

    assert messages.faults(messages.catalogue(uses, known), uses) == ["not used: 'Old'"]
    assert messages.faults(messages.catalogue(uses, known, prune=True), uses) == []


def test_the_catalogue_is_the_same_whatever_the_order_it_was_collected_in():
    uses = {messages.Message(None, name): [messages.Use(None, "a.py")] for name in ("B", "A")}
    turned = dict(reversed(uses.items()))

    assert str(messages.catalogue(uses, {})) == str(messages.catalogue(turned, {}))
