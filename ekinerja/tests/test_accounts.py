"""The pages of an account: what an open session cannot do, and the way back in without a password."""

import re

import pytest
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.urls import urlpatterns as of_allauth
from django.core import mail
from django.test import Client
from django.urls import reverse

from ekinerja.accounts import OPEN, OWN
from organization.models import User
from tests import factories

pytestmark = pytest.mark.django_db
OLD, NEW = "pagi-cerah-42", "sore-teduh-77"
OFFICE = "kantor@dinas.contoh.id"
DONE = "/accounts/password/reset/done/"


@pytest.fixture
def supervisor(client):
    who = person(email=OFFICE)
    client.force_login(who)
    return who


def person(**fields):
    who = factories.person(**fields)
    who.set_password(OLD)
    who.save(update_fields=["password"])
    return who


def ask(client, nip):
    return client.post(reverse("account_reset_password"), {"nip": nip})


def link_of(message):
    (found,) = re.findall(r"http://testserver(\S+)", message.body)
    return found


def addresses():
    return list(EmailAddress.objects.values_list("email", "verified", "primary"))


@pytest.mark.parametrize("action", ["action_add", "action_send", "action_remove", "action_primary"])
def test_d91_an_open_session_does_not_change_the_address_that_links_go_to(client, supervisor, action):
    EmailAddress.objects.create(user=supervisor, email="penyerang@contoh.id")
    before = addresses()

    answer = client.post("/accounts/email/", {action: "", "email": "penyerang@contoh.id"})

    assert (answer.status_code, addresses()) == (403, before)
    assert "admin kepegawaian" in answer.content.decode()
    assert User.objects.get(pk=supervisor.pk).email == OFFICE
    assert mail.outbox == []


def test_d91_a_link_of_a_confirmation_confirms_nothing(client, supervisor):
    added = EmailAddress.objects.create(user=supervisor, email="penyerang@contoh.id")
    page = reverse("account_confirm_email", args=[EmailConfirmationHMAC(added).key])

    assert [client.get(page).status_code, client.post(page).status_code] == [403, 403]
    assert addresses() == [("penyerang@contoh.id", False, False)]


def test_d91_every_page_of_allauth_that_is_not_named_open_is_closed(client, supervisor):
    named = {page.name for page in of_allauth}
    keys = {"account_confirm_email": ["a:b:c"]}

    closed = [reverse(name, args=keys.get(name, [])) for name in named - OPEN - OWN.keys()]
    for url in closed:
        assert [client.get(url).status_code, client.post(url, {"email": OFFICE}).status_code] == [403, 403]
    assert len(closed) == 7
    assert OPEN | OWN.keys() <= named


def test_d91_nobody_registers(client):
    before = User.objects.count()

    answer = client.post(reverse("account_signup"), {"nip": factories.nip(), "password1": OLD})

    assert (answer.status_code, User.objects.count()) == (403, before)


def test_d91_without_a_password_an_open_session_sets_none(client):
    who = factories.person()
    who.set_unusable_password()
    who.save(update_fields=["password"])
    client.force_login(who)

    answer = client.post(
        reverse("account_change_password"), {"password1": NEW, "password2": NEW}, follow=True
    )

    assert (answer.status_code, User.objects.get(pk=who.pk).has_usable_password()) == (403, False)


def test_d91_the_password_changes_with_the_present_one_only(client, supervisor):
    page, typed = reverse("account_change_password"), {"password1": NEW, "password2": NEW}

    client.post(page, typed | {"oldpassword": "bukan-sandi-ini"})
    assert User.objects.get(pk=supervisor.pk).check_password(OLD)

    client.post(page, typed | {"oldpassword": OLD})
    assert User.objects.get(pk=supervisor.pk).check_password(NEW)


def test_d91_an_open_session_does_not_guess_the_present_password(client, supervisor):
    page, typed = reverse("account_change_password"), {"password1": NEW, "password2": NEW}
    for number in range(10):
        client.post(page, typed | {"oldpassword": f"tebakan-{number}"})

    answer = client.post(page, typed | {"oldpassword": OLD})

    assert (answer.status_code, User.objects.get(pk=supervisor.pk).check_password(OLD)) == (429, True)


def test_d91_two_people_with_one_office_address_get_one_mail_with_one_link(client):
    asked, other = person(email=OFFICE), person(email=OFFICE)

    answer = ask(client, asked.nip)

    assert (answer.status_code, answer.url) == (302, DONE)
    assert [(message.to, asked.nip in message.body) for message in mail.outbox] == [([OFFICE], True)]
    assert other.nip not in mail.outbox[0].body
    page = client.get(link_of(mail.outbox[0]))
    client.post(page.url, {"password1": NEW, "password2": NEW})
    assert User.objects.get(pk=asked.pk).check_password(NEW)
    assert User.objects.get(pk=other.pk).check_password(OLD)


def test_d91_a_link_is_good_once(client):
    asked = person(email=OFFICE)
    ask(client, asked.nip)
    link = link_of(mail.outbox[0])
    client.post(client.get(link).url, {"password1": NEW, "password2": NEW})

    again = client.get(link)

    assert (again.status_code, "tidak berlaku lagi" in again.content.decode()) == (200, True)


def test_d91_an_address_that_was_only_added_gets_no_link(client):
    with_old, without = person(email="lama@contoh.id"), person()
    for number, who in enumerate((with_old, without)):
        EmailAddress.objects.create(user=who, email=f"penyerang{number}@contoh.id", primary=True)
        ask(client, who.nip)

    assert [message.to for message in mail.outbox] == [["lama@contoh.id"]]


def test_d91_a_confirmed_address_gets_the_link(client):
    who = person()
    EmailAddress.objects.create(user=who, email="baru@contoh.id", verified=True, primary=True)

    ask(client, who.nip)

    assert [message.to for message in mail.outbox] == [["baru@contoh.id"]]


def test_d91_the_answer_is_the_same_for_everybody(client):
    left = person(email=OFFICE, deactivated_on="2025-01-01")
    nips = [person(email=OFFICE).nip, person().nip, left.nip, "199001012020011001"]

    answers = [ask(client, nip) for nip in nips]

    assert {(answer.status_code, answer.url) for answer in answers} == {(302, DONE)}
    assert [nips[0] in message.body for message in mail.outbox] == [True]


def test_d91_the_mail_leaves_after_the_answer(rf, monkeypatch):
    from ekinerja import views

    who, order = person(email=OFFICE), []
    monkeypatch.setattr(views.ForgottenForm, "send_link", lambda form, request: order.append("mail"))

    answer = views.forgotten(rf.post("/", {"nip": who.nip}))
    order.append("answer")
    answer.close()

    assert order == ["answer", "mail"]


def test_d91_a_mail_server_that_fails_tells_nothing(client, monkeypatch):
    def fails(*arguments):
        raise ConnectionRefusedError

    monkeypatch.setattr("ekinerja.forms.send_mail", fails)

    assert ask(client, person(email=OFFICE).nip).status_code == 302


@pytest.mark.parametrize("nip", ["", "12345", OFFICE, "190008042022061005a"])
def test_d91_what_is_no_nip_is_said_beside_the_field(client, nip):
    person(email=OFFICE)

    answer = ask(client, nip)

    assert (answer.status_code, list(answer.context["form"].errors), mail.outbox) == (422, ["nip"], [])


def test_d91_a_nip_is_taken_as_the_decree_writes_it(client):
    who = person(email=OFFICE)
    nip = who.nip

    ask(client, f" {nip[:8]} {nip[8:14]} {nip[14]} {nip[15:]} ")

    assert len(mail.outbox) == 1


def test_d91_a_mailbox_is_not_filled_by_anybody(client):
    who = person(email=OFFICE)

    answers = [ask(client, who.nip).status_code for _time in range(6)]

    assert (answers, len(mail.outbox)) == ([302] * 5 + [429], 5)
    assert ask(client, person().nip).status_code == 302


def test_the_sign_in_page_leads_to_the_link(client):
    assert reverse("account_reset_password") in client.get(reverse("account_login")).content.decode()


def test_d91_a_new_password_ends_every_session_left_open(client, supervisor):
    elsewhere = Client()
    ask(elsewhere, supervisor.nip)
    page = elsewhere.get(link_of(mail.outbox[0])).url
    assert client.get(reverse("organization:profile")).status_code == 200

    elsewhere.post(page, {"password1": NEW, "password2": NEW})

    assert client.get(reverse("organization:profile")).status_code == 302
