"""Every page below a list leads back to it; the past is one choice away."""

import re

import pytest
from django.test import Client

from tests import access_world, factories_reports
from tests.browser.test_axe import opened, url_of

# Pages of the menus, and those that are opened from the frame itself.
TOP = {
    "reports:home", "reports:board", "reports:rules", "organization:profile", "organization:people",
    "organization:posts", "organization:activate", "changes:grants", "organization:units",
    "changes:exceptions", "notices:news", "operations:outages",
    "calendars:holidays", "changes:requests", "activities:week", "approvals:week", "approvals:unit",
    "assessment:months", "assessment:mine", "bonuses:runs", "bonuses:mine_month",
    "account_change_password", "account_logout",
}  # fmt: skip
UP = re.compile(r'href="([^"]+)" rel="up"')


@pytest.mark.django_db
def test_w20_every_page_below_a_list_leads_back_to_a_page_that_its_reader_may_open(monkeypatch):
    world = access_world.build()
    factories_reports.freeze(monkeypatch, *access_world.NOW)
    found = {}
    for name, role, relation in opened():
        client = Client()
        client.force_login(world.actors[role])
        url = url_of(world, name, role, relation)
        up = UP.findall(client.get(url).content.decode())
        statuses = [client.get(each).status_code for each in up]
        found[name] = (statuses, url in up)
    below = {name for name in found if name not in TOP}

    assert {name for name, answer in found.items() if answer == ([], False)} == TOP
    assert {name: found[name] for name in below if found[name][0] not in ([200], [302])} == {}
    assert not any(leads_to_itself for _statuses, leads_to_itself in found.values())
