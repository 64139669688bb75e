from datetime import date

import pytest
from allauth.account.models import EmailAddress
from django.contrib import admin
from django.contrib.auth.models import Group
from django.urls import reverse

from calendars.models import Holiday
from organization.admin import KeptAdmin
from organization.models import Grant, PayeeAccount, Role, User
from tests import factories

pytestmark = pytest.mark.django_db
OURS = [model for model in admin.site._registry if model is not Group]


@pytest.fixture
def superuser(client):
    who = User.objects.create_superuser(factories.nip(), name="Admin Teknis")
    client.force_login(who)
    return who


def page(model, name, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}", args=args)


def rows():
    """One row of the models that a city does not make by itself."""
    city = factories.city()
    factories.holiday(date(2026, 3, 19))
    factories.leave(city.ana, date(2026, 3, 9))
    factories.grant(city.ana, Role.HR)
    factories.month(city.agency)
    PayeeAccount.objects.create(person=city.ana, bank="Bank", number="0012345678", holder_name="ANA")
    return city


@pytest.mark.parametrize("role", [None, *(role for role in Role if role is not Role.SUPERVISOR)])
def test_no_role_of_the_product_opens_the_admin(client, role):
    client.force_login(factories.with_role(role) if role else factories.person())

    for model in OURS:
        assert client.get(page(model, "changelist")).status_code in (302, 403)


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_a_superuser_reads_every_list_and_row(client, superuser, model):
    rows()

    assert client.get(page(model, "changelist")).status_code == 200
    first = model._default_manager.first()
    if first:
        assert client.get(page(model, "change", first.pk)).status_code == 200


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_d31_a_delete_is_refused_with_a_sentence_and_nothing_is_lost(client, superuser, model):
    rows()
    before = model._default_manager.count()
    if not before:
        return

    url = page(model, "delete", model._default_manager.first().pk)
    answers = [client.get(url, follow=True), client.post(url, {"post": "yes"}, follow=True)]

    for answer in answers:
        assert [message.level_tag for message in answer.context["messages"]] == ["error"]
    picked = {"action": "delete_selected", "_selected_action": [model._default_manager.first().pk]}
    client.post(page(model, "changelist"), picked | {"post": "yes"})
    assert model._default_manager.count() == before


def test_d41_columns_that_are_shown_are_not_written_by_a_post(client, superuser):
    city = rows()
    typed = {
        "name": "Ana Baru",
        "email": "lain@contoh.id",
        "nip": factories.nip(),
        "is_superuser": "on",
        "is_staff": "on",
    }

    client.post(page(User, "change", city.ana.pk), typed)

    now = User.objects.get(pk=city.ana.pk)
    assert (now.name, now.nip, now.email) == ("Ana Baru", city.ana.nip, city.ana.email)
    assert (now.is_superuser, now.is_staff) == (False, False)


def test_a_record_that_is_only_shown_takes_no_post(client, superuser):
    rows()
    grant = Grant.objects.get(role=Role.HR)

    answer = client.post(page(Grant, "change", grant.pk), {"role": "head"})

    assert answer.status_code == 403
    assert client.get(page(Holiday, "add")).status_code == 403


def test_the_versions_of_a_row_name_who_changed_it(client, superuser):
    city = rows()
    client.post(page(User, "change", city.ana.pk), {"name": "Ana Baru", "email": ""})

    shown = client.get(page(User, "change", city.ana.pk)).content.decode()

    assert "update" in shown and "Admin Teknis" in shown


def test_the_account_number_is_hidden_also_from_a_superuser(client, superuser):
    rows()
    account = PayeeAccount.objects.get()

    shown = client.get(page(PayeeAccount, "change", account.pk)).content.decode()

    assert "0012345678" not in shown


def test_every_model_of_ours_in_the_admin_is_kept():
    assert all(isinstance(admin.site._registry[model], KeptAdmin) for model in OURS)
    assert len(OURS) == 23


def test_d16_no_address_by_which_one_signs_in_as_another_is_set_in_the_admin():
    assert EmailAddress not in admin.site._registry
