"""The bonus by the name the city gives it (TPP, TKD): one rule, every sentence; without one it is “bonus”."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext, gettext_lazy, ngettext

from ekinerja.wording import in_force, renamed
from organization.models import BonusName, Role
from tests import access_world, factories, factories_reports
from tests.browser.test_axe import opened, url_of

SAID = re.compile(r'(?:aria-label|title|alt|placeholder|data-l|content)="([^"]*)"')


def seen(page):
    """What a person reads or is read: the text between the tags, and the words of attributes."""
    page = re.sub(r"(?s)<(script|style)\b.*?</\1>|<!--.*?-->", " ", page)
    return " ".join([*SAID.findall(page), re.sub(r"(?s)<[^>]*>", " ", page)])


@pytest.mark.parametrize(
    ("text", "name", "shown"),
    [
        ("Bonus saya", "TPP", "TPP saya"),
        ("bonus, langkah demi langkah", "TPP", "TPP, langkah demi langkah"),
        ("bonusnya dinaikkan", "TPP", "TPP-nya dinaikkan"),
        ("Bonus saya", "tunjangan kinerja", "Tunjangan kinerja saya"),
        ("daftar bonus", "tunjangan kinerja", "daftar tunjangan kinerja"),
        ("daftar bonusnya", "tunjangan kinerja", "daftar tunjangan kinerjanya"),
        ("all bonuses", "TKD", "all TKD"),
        ("pribonusan", "TPP", "pribonusan"),
    ],
)
def test_the_name_stands_for_the_word_alone_with_its_capital(text, name, shown):
    assert renamed(text, name) == shown


def test_sentences_pass_by_the_name_at_once_and_lazily_in_both_languages():
    lazy, found = gettext_lazy("My bonus"), {}
    in_force.keep("TPP")
    for language in ("id", "en"):
        with translation.override(language):
            found[language] = [gettext("My bonus"), str(lazy), ngettext("bonus line", "bonus lines", 2)]
    in_force.keep()

    assert found["id"][:2] == ["TPP saya", "TPP saya"]
    assert found["en"] == ["My TPP", "My TPP", "TPP lines"]
    with translation.override("id"):
        assert [gettext("My bonus"), str(lazy)] == ["Bonus saya", "Bonus saya"]


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["id", "en"])
def test_w_words_no_page_of_the_table_says_bonus_once_the_decree_says_tpp(monkeypatch, language):
    world = access_world.build()
    factories.signed(BonusName, called="TPP")
    factories_reports.freeze(monkeypatch, *access_world.NOW)
    in_force.until = 0
    found, named = {}, set()
    for name, role, relation in opened():
        client = Client()
        client.force_login(world.actors[role])
        client.cookies["django_language"] = language
        text = seen(client.get(url_of(world, name, role, relation)).content.decode())
        if "bonus" in text.lower():
            found[name] = re.findall(r"(?i).{20}bonus.{20}", text)
        if "TPP" in text:
            named.add(name)

    assert found == {}
    assert {"bonuses:mine_month", "bonuses:runs", "reports:home", "reports:rules"} <= named


@pytest.mark.django_db
def test_without_a_name_the_word_of_the_mission_stays(client):
    client.force_login(factories.city().ana)
    in_force.until = 0

    page = client.get(reverse("reports:home")).content.decode()

    assert ("Bonus saya" in page, in_force.name) == (True, "")


@pytest.mark.django_db
def test_the_name_holds_from_its_day_and_is_read_again_after_a_minute(monkeypatch):
    factories.signed(BonusName, called="TPP", valid_from=factories.at(2026, 3, 1, 9).date())
    named = []
    for moment in ((2026, 2, 28, 9), (2026, 3, 1, 9)):
        factories_reports.freeze(monkeypatch, *moment)
        in_force.until = 0
        in_force.refresh()
        named.append(in_force.name)

    assert named == ["", "TPP"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("called", "scope"), [("T", ""), ("TPP%s", ""), ("<b>TPP</b>", ""), ("TPP", "A"), (" TPP", "x")]
)
def test_a_name_is_words_and_of_the_whole_city(called, scope):
    rule = BonusName(
        called=called,
        scope=scope,
        valid_from=factories.LONG_AGO,
        decree="Perwali 1/2025 (contoh)",
        drafted_by=factories.person(),
    )

    with pytest.raises(ValidationError):
        rule.full_clean()


@pytest.mark.django_db
def test_who_drafted_the_name_does_not_approve_it():
    drafter = factories.with_role(Role.HR)
    rule = BonusName.objects.create(
        called="TPP",
        valid_from=factories.LONG_AGO,
        decree="Perwali 1/2025 (contoh)",
        reason="Nama menurut peraturan.",
        drafted_by=drafter,
    )

    with pytest.raises(ValidationError, match="merancang"):
        rule.approve(by=drafter)
