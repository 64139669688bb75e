"""axe finds nothing on any address of the access table that opens, on a phone and on an office screen."""

import pytest
from django.urls import reverse

from activities.models import Activity
from calendars.models import Holiday
from devtools.pytest_browser import DESK, PHONE
from organization.models import Post, Role, Unit, User
from tests import access_world, factories, factories_reports
from tests.access_world import BELOW, NO_RECORD, OWN, POSTED, WITH_RECORD, target
from tests.test_access import table

FILES = {"healthz", "bonuses:nominative", "bonuses:csv", "bonuses:data", "changes:import_template"}
SEEN_BY = (
    "staff",
    "supervisor",
    "assessor",
    "head",
    "maker",
    "checker",
    "releaser",
    "hr",
    "leadership",
    "auditor",
    "it",
)


CITY_HR = [(f"changes:holiday_{step}", "leadership", OWN) for step in ("create", "edit", "cancel")]
CITY_HR += [
    (f"changes:{name}", "leadership", OWN) for name in ("agency_create", "decree", "imports", "import")
]


def opened():
    """(address, role, relation) for each page, with the first role of the table that is shown it."""
    for name, row in table().items():
        if name in FILES | POSTED:
            continue
        for role in SEEN_BY:
            cells = row[role].split("/")
            shown = [
                relation for relation, status in zip((OWN, BELOW), cells, strict=False) if status == "200"
            ]
            if shown:
                yield name, role, shown[-1]
                break


def url_of(world, name, role, relation):
    if name in NO_RECORD:
        return reverse(name, args=NO_RECORD[name])
    return reverse(name, args=WITH_RECORD[name](world, target(world, role, relation)))


def test_every_page_of_the_table_is_looked_at():
    pages = {name for name in table() if name not in FILES | POSTED}
    # They answer 302 to the page that is meant.
    moved_on = {"assessment:verify", "assessment:open_mine", "bonuses:mine", "activities:days"}
    moved_on |= {"activities:weeks", "approvals:queue", "approvals:rows"}
    strangers = {"account_login"}  # looked at in test_frame

    looked_at = {name for name, _role, _relation in [*opened(), *CITY_HR]}
    assert looked_at == pages - moved_on - strangers


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(page_of, axe_findings, monkeypatch, viewport):
    world = access_world.build()
    factories.grant(world.actors["leadership"], Role.HR)  # for the whole city, as the table's HR is not
    factories_reports.freeze(monkeypatch, *access_world.NOW)
    pages, found = {}, {}
    for name, role, relation in [*opened(), *CITY_HR]:
        page = pages.setdefault(role, None) or page_of(world.actors[role], viewport=viewport)
        pages[role] = page
        answer = page.goto(url_of(world, name, role, relation))
        wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        faults = axe_findings(page) + ["scrolls sideways"] * wide + [answer.status] * (answer.status != 200)
        if faults:
            found[name, role] = faults
    assert found == {}


SCREENS = {
    "320": {"width": 320, "height": 640},
    "360": PHONE,
    "768": {"width": 768, "height": 900},
    "1366": DESK,
}
LARGER = "document.documentElement.style.setProperty('font-size', '130%', 'important')"
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_w18_every_page_holds_at_130_per_cent_text_size(page_of, monkeypatch):
    world = access_world.build()
    factories.grant(world.actors["leadership"], Role.HR)
    factories_reports.freeze(monkeypatch, *access_world.NOW)
    pages, found = {}, {}
    for name, role, relation in [*opened(), *CITY_HR]:
        page = pages[role] = pages.get(role) or page_of(world.actors[role])
        page.goto(url_of(world, name, role, relation))
        page.evaluate(LARGER)
        for width, screen in SCREENS.items():
            page.set_viewport_size(screen)
            if pixels := page.evaluate(WIDER):
                found[name, role, width] = pixels
    assert found == {}


LONG = "x" * 129


def lengthen(world):
    """Give every text that people type a word of 129 letters, on every row that the pages show."""
    Activity.objects.update(description=LONG)
    Activity.objects.filter(item=None).update(other_title=LONG)
    User.objects.update(name=LONG)
    Post.objects.update(title=LONG)
    Unit.objects.update(name=LONG, short_name=LONG[:60])
    Holiday.objects.update(name=LONG[:120], decree=LONG)


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_d102_a_word_of_129_letters_widens_no_page(page_of, monkeypatch):
    world = access_world.build()
    factories.grant(world.actors["leadership"], Role.HR)
    factories_reports.freeze(monkeypatch, *access_world.NOW)
    lengthen(world)
    pages, found = {}, {}
    for name, role, relation in [*opened(), *CITY_HR]:
        page = pages[role] = pages.get(role) or page_of(world.actors[role])
        page.goto(url_of(world, name, role, relation))
        for width, screen in SCREENS.items():
            page.set_viewport_size(screen)
            if pixels := page.evaluate(WIDER):
                found[name, role, width] = pixels
    assert found == {}
