"""Every address x every role x own, subordinate's and foreign record: what is answered.

The table stands in access_table.txt. 200 and 302 open, 422 is a form that was reached and refused empty,
405 takes no such method, 403 is not this role's, 404 is not in its scope. A new address without a line fails.
"""

from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver

from tests import access_world, factories_reports
from tests.access_world import NO_RECORD, ROLES, WITH_RECORD

TABLE = Path(__file__).parent / "access_table.txt"
CLOSED = {  # allauth's pages about one's address: 403 for everybody, tested in ekinerja/tests
    "account_signup",
    "account_email",
    "account_email_verification_sent",
    "account_confirm_email",
    "account_confirm_login_code",
    "account_reauthenticate",
    "account_set_password",
}
NOT_OURS = CLOSED | {
    "admin",  # superusers only: tested in ekinerja/tests
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "set_language",  # changes a cookie of the browser only
}


def table():
    """{address: {role: cells}} from the text file."""
    heads, *lines = [line.split() for line in TABLE.read_text().splitlines() if line and line[0] != "#"]
    return {line[0]: dict(zip(heads[1:], line[1:], strict=True)) for line in lines}


def addresses(patterns, namespace=""):
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}"
        elif pattern.namespace != "admin":
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from addresses(pattern.url_patterns, inner)


def test_d33_every_address_stands_in_the_table():
    known = {*NO_RECORD, *WITH_RECORD}

    assert set(addresses(get_resolver().url_patterns)) - NOT_OURS == known
    assert set(table()) == known
    assert all(set(row) == set(ROLES) for row in table().values())


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """One city for all roles; it goes with the transaction it was built in."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield access_world.build()
        transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_d33_each_role_is_answered_what_the_table_says(world, role, monkeypatch):
    factories_reports.freeze(monkeypatch, *access_world.NOW)
    client = Client()
    if role == "anonymous":
        world.actors[role] = world.ana
    else:
        client.force_login(world.actors[role])

    found = {name: answered(client, world, name, role) for name in table()}

    assert found == {name: row[role] for name, row in table().items()}


def answered(client, world, name, role):
    """Ask inside a transaction that is taken back, so that no cell changes the next.

    What strangers type is counted by the minute; the table asks more than one of them would.
    """
    cache.clear()
    try:
        with transaction.atomic():
            cells = access_world.cells(client, world, name, role)
            raise Undo
    except Undo:
        return cells


class Undo(Exception):
    """Takes back what a request wrote."""
