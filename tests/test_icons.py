"""One icon for one thing: what each of the sprite means, and where those of the menus stand."""

import re
from collections import defaultdict
from pathlib import Path

from django.urls import get_resolver

from ekinerja import navigation
from records.looks import ShownChoices

ROOT = Path(__file__).parent.parent
SPRITE = ROOT / "static" / "ekinerja" / "img" / "icons.svg"
MEANS = {
    "merek": "the product",
    "rumah": "today",
    "kisi": "my week",
    "nilai": "my score",
    "uang": "my bonus",
    "tinjau": "the weekly review",
    "kotak": "what waits for the unit",
    "perisai": "the assessment",
    "daftar": "the lists of finance",
    "papan": "the live board",
    "pegawai": "people",
    "jabatan": "posts",
    "unit": "units",
    "gangguan": "outages",
    "benah": "what is missing",
    "kuasa": "who may do what",
    "berdua": "what a second person approves",
    "orang": "the person signed in",
    "bulan": "the calendar",
    "buku": "the rules",
    "sandi": "the password",
    "keluar": "sign out",
    "lain": "more of the menu",
    "bola": "the language",
    "lonceng": "news",
    "tambah": "something new",
    "ulang": "the same once more",
    "putar": "fetch it anew",
    "cari": "search",
    "unduh": "a file to keep",
    "klip": "evidence",
    "pena": "write",
    "dadu": "the sample",
    "kunci": "closed for good",
    "jam": "a moment that comes",
    "kanan": "opens, or leads on",
    "kiri": "leads back",
    "bawah": "more below",
    "centang": "done, or do it",
    "awas": "wrong, or late",
    "bendera": "look at it",
    "s-draf": "not begun",
    "s-dilaporkan": "on its way",
    "s-disetujui": "as it is to be",
    "s-dikembalikan": "goes back",
    "s-ditolak": "refused",
    "s-dibatalkan": "made void",
    "s-dikurangi": "less of it",
    "s-terbit": "to be seen, not final",
    "s-diperiksa": "checked",
    "s-tunggu": "waits",
    "s-kosong": "nothing there",
}
# Menu icons that stand in pages too, for the same thing.
ALSO_IN_PAGES = {
    "orang": {"components/_person_menu.html"},
    "pegawai": {"assessment/_pages.html"},
}


def in_menus():
    items = [*navigation.OWN, *(item for section in navigation.SECTIONS for item in section.items)]
    found = defaultdict(set)
    for item in items:
        found[item.icon].add(item.view)
    return found


def in_pages():
    found = defaultdict(set)
    for path in (ROOT / "templates").rglob("*.html"):
        for tag in re.findall(
            r'{% (?:icon|include "components/_(?:icon|receipt_text).html" with) [^%]*%}', path.read_text()
        ):
            for name in re.findall(r'(?:name=|icon=|% icon )"([^"]+)"', tag):
                found[name].add(str(path.relative_to(ROOT / "templates")))
    return found


def test_w21_each_icon_of_the_sprite_means_one_thing():
    assert set(re.findall(r'symbol id="([^"]+)"', SPRITE.read_text())) == set(MEANS)
    assert len(set(MEANS.values())) == len(MEANS)


def test_w21_each_icon_of_the_menus_leads_to_one_page():
    assert {icon: views for icon, views in in_menus().items() if len(views) > 1} == {}
    assert set(in_menus()) <= set(MEANS)


def test_w21_an_icon_of_the_menus_is_no_status_and_stands_in_pages_for_the_same_thing():
    assert get_resolver().url_patterns  # every room is imported
    menus = set(in_menus())
    shapes = {each.shape for kind in ShownChoices.__subclasses__() for each in kind}

    assert menus & shapes == set()
    assert {icon: pages for icon, pages in in_pages().items() if icon in menus} == ALSO_IN_PAGES


def test_every_icon_that_a_page_names_is_in_the_sprite():
    assert set(in_pages()) <= set(MEANS)
