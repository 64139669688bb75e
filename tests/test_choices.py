"""A select in which nothing is chosen says so in one way; only a choice that means something differs."""

import re
from pathlib import Path

import pytest
from django import forms
from django.test import Client
from django.utils import translation

from organization.models import Role
from records.templatetags.fields import control
from tests import access_world, factories, factories_reports
from tests.browser.test_axe import CITY_HR, opened, url_of
from tests.test_architecture import own_code

EMPTY = re.compile(r'<option value=""[^>]*>([^<]*)</option>')
MEANT = {"seluruh kota"}  # of a holiday
OWN_LABEL = re.compile(r"""\(\s*(?:""|None)\s*,\s*(?:_\(|gettext\(|gettext_lazy\(|"[^"])""")


@pytest.mark.django_db
def test_w21_each_page_of_the_table_names_the_empty_choice_in_one_way(monkeypatch):
    world = access_world.build()
    factories.grant(world.actors["leadership"], Role.HR)
    factories_reports.freeze(monkeypatch, *access_world.NOW)
    found = {}
    for name, role, relation in [*opened(), *CITY_HR]:
        client = Client()
        client.force_login(world.actors[role])
        page = client.get(url_of(world, name, role, relation)).content.decode()
        for label in EMPTY.findall(page):
            found.setdefault(label, set()).add(name)

    assert set(found) == {"Pilih…"} | MEANT
    assert len(found["Pilih…"]) >= 4
    assert found["seluruh kota"] == {"changes:holiday_create", "changes:holiday_edit"}


@pytest.mark.parametrize("label", ["", "-", "–", "---------"])
def test_a_select_without_a_name_for_nothing_gets_the_one_name(label):
    class Sample(forms.Form):
        kind = forms.ChoiceField(choices=[("", label), ("a", "A")])

    with translation.override("id"):
        assert EMPTY.findall(control(Sample()["kind"])) == ["Pilih…"]


def test_no_form_writes_a_name_of_its_own_for_nothing():
    found = [
        str(path)
        for path in own_code()
        if ("forms" in path.parts or path.name == "forms.py") and OWN_LABEL.search(Path(path).read_text())
    ]

    assert found == []
