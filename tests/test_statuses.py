"""Every status of the project: its word (the message that is translated), its shape and its tone."""

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
        ("draft", "draft", "s-draf", PLAIN),
        ("reported", "reported", "s-dilaporkan", PLAIN),
        ("returned", "returned", "s-dikembalikan", NEEDED),
        ("approved", "approved", "s-disetujui", GOOD),
        ("rejected", "rejected", "s-ditolak", REFUSED),
        ("voided", "voided by the assessor", "s-dibatalkan", REFUSED),
    ],
    "approvals Decision.Verdict": [
        ("approved", "approved", "s-disetujui", GOOD),
        ("returned", "returned", "s-dikembalikan", NEEDED),
        ("rejected", "rejected", "s-ditolak", REFUSED),
        ("recalled", "decision recalled", "s-dikembalikan", NEEDED),
    ],
    "approvals DueState": [
        ("overdue", "overdue since %(at)s", "awas", NEEDED),
        ("due", "due %(at)s", "jam", NEEDED),
        ("done", "nothing waits", "centang", GOOD),
    ],
    "approvals RowState": [
        ("elsewhere", "waits, but not for you any more", "s-tunggu", PLAIN),
    ],
    "approvals SetRowState": [
        ("waits", "waits for its turn", "s-tunggu", PLAIN),
        ("left", "left as it was", "awas", NEEDED),
    ],
    "approvals WeekState": [
        ("clean", "clean", "s-disetujui", GOOD),
        ("done", "nothing waits", "centang", GOOD),
        ("not_required", "not required", "centang", GOOD),
        ("silent", "nothing reported yet", "s-draf", PLAIN),
    ],
    "assessment State": [
        ("waiting", "no mark yet", "s-tunggu", PLAIN),
        ("changed", "facts changed, confirm again", "bendera", NEEDED),
        ("confirmed", "confirmed", "s-disetujui", GOOD),
        ("unassessed", "not assessed", "s-kosong", PLAIN),
    ],
    "assessment Verdict.Outcome": [
        ("accepted", "accepted", "s-disetujui", GOOD),
        ("fewer", "minutes reduced", "s-dikurangi", NEEDED),
        ("void", "voided", "s-dibatalkan", REFUSED),
    ],
    "bonuses RunStatus": [
        ("draft", "draft", "s-draf", PLAIN),
        ("requested", "requested", "s-tunggu", PLAIN),
        ("computed", "computed", "s-terbit", PLAIN),
        ("checked", "checked", "s-diperiksa", GOOD),
        ("released", "released", "s-disetujui", GOOD),
        ("paid", "paid", "centang", GOOD),
        ("cancelled", "cancelled", "s-ditolak", REFUSED),
    ],
    "bonuses ShareState": [
        ("waiting", "requested, not started yet", "s-tunggu", PLAIN),
        ("computing", "being computed", "s-tunggu", PLAIN),
        ("interrupted", "interrupted; request it again to resume", "awas", NEEDED),
        ("failed", "not computed", "awas", NEEDED),
        ("done", "computed", "centang", GOOD),
    ],
    "calendars Month.Status": [
        ("open", "still open", "s-draf", PLAIN),
        ("verifying", "being verified", "s-dilaporkan", PLAIN),
        ("published", "published, provisional", "s-terbit", GOOD),
        ("final", "final", "s-disetujui", GOOD),
    ],
    "records CheckState": [
        ("holds", "fulfilled", "centang", GOOD),
        ("empty", "nothing to check yet", "s-kosong", PLAIN),
        ("look", "look at it", "bendera", NEEDED),
        ("blocks", "holds it back", "awas", NEEDED),
    ],
    "records DatedRule.Status": [
        ("draft", "draft", "s-draf", PLAIN),
        ("approved", "approved", "s-disetujui", GOOD),
        ("withdrawn", "withdrawn", "s-dibatalkan", PLAIN),
    ],
    "organization Requested.Outcome": [
        ("waiting", "waiting for a second HR person", "s-tunggu", PLAIN),
        ("approved", "approved", "s-disetujui", GOOD),
        ("refused", "rejected", "s-ditolak", REFUSED),
        ("withdrawn", "taken back by who asked", "s-dibatalkan", PLAIN),
    ],
    "reports DayState": [
        ("in_time", "in time", "s-disetujui", GOOD),
        ("open", "can still be reported", "jam", NEEDED),
        ("missed", "not in time", "s-ditolak", REFUSED),
        ("not_asked", "not asked", "s-kosong", PLAIN),
    ],
    "reports RuleState": [
        ("coming", "not in force yet", "s-tunggu", PLAIN),
    ],
}


@pytest.fixture(autouse=True)
def every_room():
    """The pages of every room are imported, and with them what only they show."""
    assert get_resolver().url_patterns


def name_of(kind):
    return f"{kind.__module__.split('.')[0]} {kind.__qualname__}"


def test_each_status_is_shown_by_this_word_shape_and_tone():
    with translation.override("en"):
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
