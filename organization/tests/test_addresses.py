"""D91: an address changes by the password and a link to the new one; by HR, by two of them."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from notices.models import Notice
from organization.models import AddressRequest, Role, User
from tests import factories

pytestmark = pytest.mark.django_db
PASSWORD, OLD, NEW = "Padi-menguning-17", "lama@contoh.id", "baru@contoh.id"


@pytest.fixture(autouse=True)
def fresh():
    cache.clear()


@pytest.fixture
def who():
    person = factories.person("Ana Pegawai", email=OLD)
    person.set_password(PASSWORD)
    person.save(update_fields=["password"])
    return person


def address_of(person):
    return User.objects.get(pk=person.pk).email


def ask(client, who, **typed):
    client.force_login(who)
    body = {"address": NEW, "password": PASSWORD} | typed
    return client.post(reverse("organization:address"), body)


def link():
    return re.search(r"http://testserver(\S+)", mail.outbox[-1].body)[1]


def test_d91_a_new_address_counts_by_its_link_and_the_old_one_and_hr_are_told(client, who):
    hr = factories.with_role(Role.HR)

    assert ask(client, who).status_code == 302
    assert (address_of(who), [message.to for message in mail.outbox]) == (OLD, [[NEW]])
    assert client.get(link()).status_code == 200
    assert address_of(who) == OLD
    page = link()
    assert client.post(page).status_code == 302

    assert address_of(who) == NEW
    assert [message.to for message in mail.outbox] == [[NEW], [OLD]]
    assert [notice.person for notice in Notice.objects.all()] == [hr]
    assert who.name in Notice.objects.get().sentence
    assert client.post(page).status_code == 409


def test_d91_a_borrowed_session_without_the_password_changes_nothing(client, who):
    wrong = [ask(client, who, password=f"salah {number}").status_code for number in range(11)]

    assert wrong == [422] * 10 + [429]
    assert mail.outbox == []


def test_d91_the_link_is_for_its_owner_signed_in(client, who):
    ask(client, who)
    page = link()
    client.logout()
    assert client.post(page).status_code == 302
    client.force_login(factories.person())
    assert client.post(page).status_code == 404

    assert address_of(who) == OLD


def test_d91_a_newer_link_ends_the_one_before(client, who):
    ask(client, who)
    first = link()
    ask(client, who, address="lain@contoh.id")

    assert client.post(first).status_code == 409
    assert client.post(link()).status_code == 302
    assert address_of(who) == "lain@contoh.id"


def test_d91_a_mailbox_gets_at_most_five_links_a_day(client, who):
    assert [ask(client, who).status_code for _each in range(6)] == [302] * 5 + [409]
    assert len(mail.outbox) == 5


def test_d91_by_hr_it_takes_a_second_hr_person_and_the_link(client, who):
    first, second = factories.with_role(Role.HR), factories.with_role(Role.HR)
    client.force_login(first)
    assert client.post(reverse("changes:address_create", args=[who.pk]), {"address": NEW}).status_code == 302
    page, asked = link(), AddressRequest.objects.get()
    client.force_login(who)
    assert client.post(page).status_code == 409
    assert address_of(who) == OLD

    client.force_login(first)
    url = reverse("changes:request", args=["addresses", asked.pk])
    assert client.post(url).status_code == 403
    asked.approve(by=second, at=timezone.now())
    client.force_login(who)
    assert client.post(page).status_code == 302

    assert address_of(who) == NEW
    assert [message.to for message in mail.outbox] == [[NEW], [OLD]]


def test_d91_nobody_of_hr_changes_their_own_address_as_hr(client):
    hr = factories.with_role(Role.HR)
    client.force_login(hr)

    assert client.post(reverse("changes:address_create", args=[hr.pk]), {"address": NEW}).status_code == 403
