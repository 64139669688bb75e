"""Every status of the project: its word in Indonesian, its shape and its tone."""

import re
from pathlib import Path

import pytest
from django.db import models
from django.template import Context, Template
from django.urls import get_resolver
from django.utils import translation

from activities.models import Activity
from records.looks import GOOD, NEEDED, PLAIN, REFUSED, ShownChoices

SPRITE = Path(__file__).parent.parent / "static" / "ekinerja" / "img" / "icons.svg"
TABLE = {
    "activities Activity.Status": [
        ("draft", "draf", "s-draf", PLAIN),
        ("reported", "dilaporkan", "s-dilaporkan", PLAIN),
        ("returned", "dikembalikan", "s-dikembalikan", NEEDED),
        ("approved", "disetujui", "s-disetujui", GOOD),
        ("rejected", "ditolak", "s-ditolak", REFUSED),
        ("voided", "dibatalkan penilai", "s-dibatalkan", REFUSED),
    ],
    "approvals Decision.Verdict": [
        ("approved", "disetujui", "s-disetujui", GOOD),
        ("returned", "dikembalikan", "s-dikembalikan", NEEDED),
        ("rejected", "ditolak", "s-ditolak", REFUSED),
        ("recalled", "keputusan ditarik", "s-dikembalikan", NEEDED),
    ],
    "approvals DueState": [
        ("overdue", "lewat jatuh tempo sejak %(at)s", "awas", NEEDED),
        ("due", "jatuh tempo %(at)s", "jam", NEEDED),
        ("done", "tidak ada yang menunggu", "centang", GOOD),
    ],
    "approvals RowState": [
        ("elsewhere", "menunggu, tetapi bukan pada Anda lagi", "s-tunggu", PLAIN),
    ],
    "approvals WeekState": [
        ("clean", "bersih", "s-disetujui", GOOD),
        ("done", "tidak ada yang menunggu", "centang", GOOD),
        ("not_required", "tidak wajib", "centang", GOOD),
        ("silent", "belum ada laporan", "s-draf", PLAIN),
    ],
    "assessment State": [
        ("waiting", "belum bernilai mutu", "s-tunggu", PLAIN),
        ("changed", "data berubah, konfirmasi ulang", "jam", NEEDED),
        ("confirmed", "terkonfirmasi", "s-disetujui", GOOD),
        ("unassessed", "tidak dinilai", "s-draf", PLAIN),
    ],
    "assessment Verdict.Outcome": [
        ("accepted", "diterima", "s-disetujui", GOOD),
        ("fewer", "menit dikurangi", "s-dilaporkan", NEEDED),
        ("void", "dibatalkan", "s-dibatalkan", REFUSED),
    ],
    "bonuses RunStatus": [
        ("draft", "draf", "s-draf", PLAIN),
        ("requested", "diminta", "s-tunggu", PLAIN),
        ("computed", "dihitung", "s-terbit", PLAIN),
        ("checked", "diperiksa", "s-diperiksa", GOOD),
        ("released", "dirilis", "s-disetujui", GOOD),
        ("paid", "dibayar", "centang", GOOD),
        ("cancelled", "dibatalkan", "s-ditolak", REFUSED),
    ],
    "bonuses ShareState": [
        ("waiting", "diminta, belum mulai", "s-tunggu", PLAIN),
        ("computing", "sedang dihitung", "s-tunggu", PLAIN),
        ("interrupted", "terputus; minta lagi untuk melanjutkan", "awas", NEEDED),
        ("failed", "tidak terhitung", "awas", NEEDED),
        ("done", "dihitung", "centang", GOOD),
    ],
    "calendars Month.Status": [
        ("open", "masih dibuka", "s-draf", PLAIN),
        ("verifying", "sedang diverifikasi", "s-dilaporkan", PLAIN),
        ("published", "terbit, sementara", "s-terbit", GOOD),
        ("final", "final", "s-disetujui", GOOD),
    ],
    "records DatedRule.Status": [
        ("draft", "draf", "s-draf", PLAIN),
        ("approved", "disetujui", "s-disetujui", GOOD),
    ],
    "reports RuleState": [
        ("coming", "belum berlaku", "s-tunggu", PLAIN),
    ],
}


@pytest.fixture(autouse=True)
def every_room():
    """The pages of every room are imported, and with them what only they show."""
    assert get_resolver().url_patterns


def name_of(kind):
    return f"{kind.__module__.split('.')[0]} {kind.__qualname__}"


def test_each_status_is_shown_by_this_word_shape_and_tone():
    with translation.override("id"):
        found = {
            name_of(kind): [(each.value, str(each.label), each.shape, each.tone) for each in kind]
            for kind in ShownChoices.__subclasses__()
        }

    assert found == TABLE


def test_whatever_is_called_a_status_is_shown_by_a_shape():
    named = [
        kind for kind in models.TextChoices.__subclasses__() if re.search("Status$|State$", kind.__name__)
    ]

    assert [name_of(kind) for kind in named] == []


def test_each_shape_stands_in_the_sprite():
    shapes = {shape for rows in TABLE.values() for _value, _word, shape, _tone in rows}

    assert shapes <= set(re.findall(r'id="([^"]+)"', SPRITE.read_text()))


def test_the_value_alone_is_what_the_database_keeps():
    assert Activity.Status.RETURNED == "returned"
    assert f"{Activity.Status.RETURNED}" == "returned"
    assert Activity(status="returned").shown_status is Activity.Status.RETURNED


def test_a_status_is_drawn_as_a_shape_and_a_word():
    page = Template('{% include "components/_status.html" with status=status label=label only %}')
    with translation.override("id"):
        html = page.render(Context({"status": Activity.Status.RETURNED}))
        other = page.render(Context({"status": Activity.Status.RETURNED, "label": "besok"}))

    assert "#s-dikembalikan" in html
    assert 'aria-hidden="true"' in html
    assert f'class="ek-status {NEEDED}"' in html
    assert "</svg>dikembalikan</span>" in html
    assert "</svg>besok</span>" in other
