"""Unusual requests to every address by every role: never a fault, and each refusal is a page of the product.

In short each address meets a few of them in each role, chosen by a fixed rule; EKINERJA_FUZZ=1 sends all.
"""

import logging
import os
from zlib import crc32

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests import access_world, factories_reports
from tests.access_world import BELOW, NO_RECORD, OWN, WITH_RECORD, target
from tests.odd_requests import HUGE, ODD, ask

PLACES = [
    "/admin/",
    "/admin/organization/user/",
    "/admin/organization/user/x/change/",
    f"/admin/organization/user/{HUGE}/change/",
    "/admin/organization/user/?q=%00&id__exact=x",
    "/accounts/password/reset/",
    "/accounts/email/",
    f"/people/{HUGE}/",
    f"/activities/{HUGE}/",
    f"/bonuses/runs/{HUGE}/",
    f"/assessment/{HUGE}/people/{HUGE}/",
    "/people/%00/",
    "/people/x/",
    "/nowhere/%ff/",
    "/i18n/setlang/",
]
ROLES = ["anonymous", "staff", "supervisor", "head", "maker", "hr"]
SHARE = 1 if os.environ.get("EKINERJA_FUZZ") else 9


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield access_world.build()
        transaction.set_rollback(True)


def addresses(world, role):
    for name, arguments in NO_RECORD.items():
        yield reverse(name, args=arguments)
    for name, arguments in WITH_RECORD.items():
        for relation in (OWN, BELOW):
            yield reverse(name, args=arguments(world, target(world, role, relation)))
    yield from PLACES


def chosen(role, address):
    """The unusual requests that this address meets in this role."""
    return [name for name in ODD if crc32(f"{role} {address} {name}".encode()) % SHARE == 0]


def is_a_page(answer):
    """Whether a refusal says in our language what to do."""
    return '<html lang="id">' in answer.content.decode() and "ek-error-code" in answer.content.decode()


FORMS_AGAIN = {409, 422}  # the form itself with its sentences


@pytest.mark.django_db
@pytest.mark.long
@pytest.mark.parametrize("role", ROLES)
def test_d122_no_request_is_a_fault_and_each_refusal_is_a_page(world, role, monkeypatch, caplog):
    factories_reports.freeze(monkeypatch, *access_world.NOW)
    client = Client(raise_request_exception=False)
    if role == "anonymous":
        world.actors[role] = world.ana
    else:
        client.force_login(world.actors[role])
    caplog.set_level(logging.ERROR)

    wrong = []
    for address in addresses(world, role):
        for name in chosen(role, address):
            answer = ask(client, address, **ODD[name])
            status, head = answer.status_code, ODD[name]["method"] == "HEAD"
            blank = 400 <= status < 500 and status not in FORMS_AGAIN and not head and not is_a_page(answer)
            if status >= 500 or blank:
                wrong.append((address, name, status))

    assert wrong == []
