"""No page of the access table asks the database more than twelve times, whoever opens it.

Of these the frame of a page asks four: who is signed in, with their news; their postings, grants and months;
the posts below theirs; what waits for them.
"""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import access_world, factories_reports
from tests.browser.test_axe import url_of
from tests.test_access import table

MOST = 12
OF_THE_FRAME = 4


def opened():
    """(address, role, relation) of every page that the table opens to somebody signed in."""
    for name, row in table().items():
        if name in access_world.POSTED:
            continue
        for role, cell in row.items():
            for relation, status in zip(access_world.RELATIONS, cell.split("/"), strict=False):
                if role != "anonymous" and status == "200":
                    yield name, role, relation


@pytest.mark.django_db
def test_every_page_takes_at_most_12_queries(monkeypatch):
    world = access_world.build()
    factories_reports.freeze(monkeypatch, *access_world.NOW)
    clients = {role: Client() for role in access_world.ROLES[1:]}
    for role, client in clients.items():
        client.force_login(world.actors[role])

    asked = {}
    for name, role, relation in opened():
        with CaptureQueriesContext(connection) as queries:
            answer = clients[role].get(url_of(world, name, role, relation))
        assert answer.status_code == 200
        asked[name, role, relation] = len(queries)

    assert {page: found for page, found in asked.items() if found > MOST} == {}
    frame_alone = {role: found for (name, role, _), found in asked.items() if name == "account_logout"}
    assert {role: found for role, found in frame_alone.items() if found > OF_THE_FRAME} == {}
    assert len(asked) > 400
