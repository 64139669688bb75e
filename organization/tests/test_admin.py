"""Django's admin: for superusers without a post, to look at: it changes nothing and tells no secret."""

from datetime import date, timedelta

import pghistory
import pytest
from allauth.account.models import EmailAddress
from django.contrib import admin
from django.urls import reverse
from encrypted_fields.fields import EncryptedFieldMixin

from calendars.models import Month
from organization.admin import KeptAdmin, is_secret
from organization.models import Grant, JobClass, PayeeAccount, Post, PostTerm, Rank, Role, Unit, User
from tests import factories

pytestmark = pytest.mark.django_db
OURS = list(admin.site._registry)
HASH = "argon2$rahasia"
EVERY = pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)


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
    city.month = factories.month(city.agency)
    PayeeAccount.objects.create(person=city.ana, bank="Bank", number="0012345678", holder_name="ANA")
    Rank.objects.create(code="III/a", scheme="PNS", order_no=9, name="Penata Muda")
    return city


def stored(model):
    return list(model._default_manager.order_by("pk").values())


@pytest.mark.parametrize("role", [None, *(role for role in Role if role is not Role.SUPERVISOR)])
def test_no_role_of_the_product_opens_the_admin(client, role):
    client.force_login(factories.with_role(role) if role else factories.person())

    for model in OURS:
        assert client.get(page(model, "changelist")).status_code in (302, 403)


@EVERY
def test_a_superuser_reads_every_list_and_row(client, superuser, model):
    rows()

    assert client.get(page(model, "changelist")).status_code == 200
    first = model._default_manager.first()
    if first:
        assert client.get(page(model, "change", first.pk)).status_code == 200


@EVERY
def test_d31_a_delete_is_refused_with_a_sentence_and_nothing_is_lost(client, superuser, model):
    rows()
    before = stored(model)
    if not before:
        return

    url = page(model, "delete", before[0]["id"])
    answers = [client.get(url, follow=True), client.post(url, {"post": "yes"}, follow=True)]

    for answer in answers:
        assert [message.level_tag for message in answer.context["messages"]] == ["error"]
    picked = {"action": "delete_selected", "_selected_action": [before[0]["id"]]}
    client.post(page(model, "changelist"), picked | {"post": "yes"})
    assert stored(model) == before


@EVERY
def test_d123_nothing_is_added_or_changed_and_no_action_is_offered(client, superuser, model, rf):
    rows()
    before = stored(model)
    typed = {name: "1" for name in (field.name for field in model._meta.fields)}

    asked = [client.get(page(model, "add")), client.post(page(model, "add"), typed)]
    if before:
        asked.append(client.post(page(model, "change", before[0]["id"]), typed))
    request = rf.get("/")
    request.user = superuser

    assert {answer.status_code for answer in asked} == {403}
    assert admin.site._registry[model].get_actions(request) == {}
    assert stored(model) == before


@EVERY
def test_d123_no_secret_column_is_shown_searched_filtered_or_asked(client, superuser, model):
    rows()
    kept = admin.site._registry[model]
    secrets = {field.name for field in model._meta.fields if is_secret(field)}
    shown = {*kept.get_fields(None), *kept.list_display, *kept.search_fields, *kept.list_filter}

    assert shown & secrets == set()
    fields = [model._meta.get_field(name) for name in kept.shown_fields()]
    assert not any(isinstance(field, EncryptedFieldMixin) for field in fields)
    for field in model._meta.get_fields():
        asked = [f"{field.name}__startswith", f"{field.name}__password__startswith", f"{field.name}__gt"]
        for lookup in [*asked, f"{field.name}__seed__startswith", f"{field.name}__person__password__regex"]:
            answer = client.get(page(model, "changelist"), {lookup: "a"})
            assert (lookup, answer.status_code) == (lookup, 403)


@pytest.mark.parametrize(
    ("model", "lookup"),
    [
        (User, "password__startswith"),
        (User, "password"),
        (User, "grants__person__password__startswith"),
        (Grant, "person__password__startswith"),
        (Grant, "approved_by__password__gte"),
        (Month, "seed__startswith"),
        (Month, "agency__month__seed__startswith"),
        (PayeeAccount, "person__password__iregex"),
        (PayeeAccount, "number__startswith"),
    ],
)
def test_d123_a_hash_or_a_seed_is_not_read_letter_by_letter(client, superuser, model, lookup):
    city = rows()
    User.objects.filter(pk=city.ana.pk).update(password=HASH)

    for value in (HASH[:4], city.month.seed[:2], "zzz"):
        answer = client.get(page(model, "changelist"), {lookup: value})
        assert (answer.status_code, city.ana.name in answer.content.decode()) == (403, False)


def test_d123_lists_still_answer_their_own_filters(client, superuser):
    city = rows()

    found = client.get(page(Month, "changelist"), {"status__exact": city.month.status})
    named = client.get(page(User, "changelist"), {"q": city.ana.name})

    assert (found.status_code, named.status_code) == (200, 200)
    assert city.ana.nip in named.content.decode()


@pytest.mark.parametrize("to_field", ["password", "seed", "nip"])
def test_d123_no_row_is_named_by_a_secret(client, superuser, to_field):
    rows()

    answers = [client.get(page(model, "changelist"), {"_to_field": to_field}) for model in (User, Month)]

    assert {answer.status_code for answer in answers} == {403}


def test_d123_the_seed_of_an_open_month_is_on_no_page(client, superuser):
    month = rows().month

    for url in (page(Month, "change", month.pk), page(Month, "changelist"), page(Month, "history", month.pk)):
        answer = client.get(url)
        assert (answer.status_code, month.seed in answer.content.decode()) == (200, False)


def test_d123_nobody_changes_the_superior_of_their_own_post(client, superuser):
    city = rows()
    before = stored(Post)

    answer = client.post(page(Post, "change", city.staff_post.pk), {"title": "Baru", "superior": ""})

    assert (answer.status_code, stored(Post)) == (403, before)


@pytest.mark.parametrize("model", [JobClass, Rank, Post, PostTerm, Unit], ids=lambda model: model.__name__)
def test_d106_class_rank_post_and_unit_are_not_changed_without_a_day(client, superuser, model):
    rows()
    before = stored(model)
    first = before[0]

    typed = {"number": 6, "level": "staff", "code": "III/b", "order_no": 1, "name": "Baru", "kind": "agency"}
    answers = [client.post(page(model, "change", first["id"]), typed), client.post(page(model, "add"), typed)]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert stored(model) == before


@pytest.mark.parametrize(
    ("first", "last", "status"),
    [(-100, None, 403), (-100, 0, 403), (30, None, 403), (-100, -1, 200)],
    ids=["posted", "last day", "posted soon", "posted once"],
)
def test_d123_staff_with_a_posting_have_no_second_door(client, superuser, first, last, status):
    city, today = rows(), superuser.today()
    ends_on = None if last is None else today + timedelta(days=last)
    factories.posted(superuser, city.staff_post, today + timedelta(days=first), ends_on)

    urls = [reverse("admin:index"), *(page(model, "changelist") for model in OURS)]

    assert {client.get(url, follow=True).status_code for url in urls} == {status}


def test_d123_the_admin_changes_no_password_and_looks_nothing_up(client, superuser):
    change = client.get(reverse("admin:password_change"))

    assert (change.status_code, change.url) == (302, reverse("account_change_password"))
    asked = {"app_label": "organization", "model_name": "post", "field_name": "superior", "term": "a"}
    assert client.get(reverse("admin:autocomplete"), asked).status_code == 404


def test_the_versions_of_a_row_name_who_changed_it(client, superuser):
    city = rows()
    with pghistory.context(user=city.budi.pk):
        User.objects.filter(pk=city.ana.pk).update(name="Ana Baru")

    shown = client.get(page(User, "change", city.ana.pk)).content.decode()

    assert "update" in shown and city.budi.name in shown


def test_the_account_number_is_hidden_also_from_a_superuser(client, superuser):
    rows()
    account = PayeeAccount.objects.get()

    shown = client.get(page(PayeeAccount, "change", account.pk)).content.decode()

    assert "0012345678" not in shown


def test_every_model_in_the_admin_is_kept():
    assert all(isinstance(admin.site._registry[model], KeptAdmin) for model in OURS)
    assert len(OURS) == 24


def test_d16_no_address_by_which_one_signs_in_as_another_is_set_in_the_admin():
    assert EmailAddress not in admin.site._registry
