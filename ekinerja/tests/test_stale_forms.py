"""Forms that were open while somebody signed in anew, and what a stranger's forms leave with us."""

import re
import secrets

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from activities.models import Activity
from ekinerja.tasks import clear_old_sessions
from organization.models import Role
from tests import factories, factories_activities, factories_approvals
from tests.factories_activities import TEXT, typed
from tests.factories_approvals import MONDAY, WEEK

pytestmark = pytest.mark.django_db
NEW = reverse("activities:create")
LOGIN = reverse("account_login")
FROM_ELSEWHERE = [
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Referer": "https://evil.example/"},
    {"Sec-Fetch-Site": "cross-site"},
]
PASSWORD = "kata-sandi-contoh"


@pytest.fixture
def city(time_machine):
    time_machine.move_to("2026-03-11 10:00+07:00")
    names = factories_activities.city()
    for who in (names.ana, names.budi):
        who.set_password(PASSWORD)
        who.save(update_fields=["password"])
    return names


@pytest.fixture
def deciders(time_machine):
    """The city of the review, at a moment when its week is decided."""
    time_machine.move_to(factories_approvals.NEXT_MONDAY)
    names = factories_approvals.city()
    for who in (names.supervisor, names.budi):
        who.set_password(PASSWORD)
        who.save(update_fields=["password"])
    return names


@pytest.fixture
def browser():
    return Client(enforce_csrf_checks=True)


def token_in(page):
    return re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.content.decode())[1]


def sign_in(browser, who):
    data = {"login": who.nip, "password": PASSWORD, "csrfmiddlewaretoken": token_in(browser.get(LOGIN))}
    assert browser.post(LOGIN, data).status_code == 302


def filled(browser, who):
    """The entry form as this person has it open, filled in."""
    page = browser.get(NEW)
    form = page.context["form"]
    sent = {name: form[name].value() for name in ("form_token", "opened_at", "person")}
    sent |= {"performed_on": "2026-03-10", "item": "other", "other_title": "Rapat", "minutes": "60"}
    return sent | {"quantity": "1", "description": TEXT, "csrfmiddlewaretoken": token_in(page)}


def end_session(browser):
    browser.session.flush()
    del browser.cookies["sessionid"]


def test_d97_who_signs_in_again_elsewhere_gets_the_form_back_filled_and_one_row(browser, city):
    sign_in(browser, city.ana)
    sent = filled(browser, city.ana)
    end_session(browser)
    sign_in(browser, city.ana)

    page = browser.post(NEW, sent)

    html = page.content.decode()
    assert (page.status_code, TEXT in html, Activity.objects.count()) == (409, True, 0)
    again = sent | {"csrfmiddlewaretoken": token_in(page)}
    assert all(f'name="{name}"' in html for name in again)
    assert browser.post(NEW, again).status_code == 302
    assert browser.post(NEW, again).status_code == 302
    assert Activity.objects.count() == 1


def test_d97_another_person_is_not_shown_the_text(browser, city):
    sign_in(browser, city.ana)
    sent = filled(browser, city.ana)
    end_session(browser)
    sign_in(browser, city.budi)

    page = browser.post(NEW, sent)

    assert (page.status_code, TEXT in page.content.decode()) == (403, False)
    assert "Orang lain masuk" in page.content.decode()


@pytest.mark.parametrize("headers", FROM_ELSEWHERE)
def test_d97_nothing_that_another_site_sends_is_shown_or_done(browser, city, headers):
    sign_in(browser, city.ana)
    sent = filled(browser, city.ana)
    sign_in_again = browser.cookies["csrftoken"].value
    browser.cookies["csrftoken"] = sign_in_again[::-1]

    for data in (sent, sent | {"csrfmiddlewaretoken": "a" * 64}, {"description": TEXT}):
        page = browser.post(NEW, data, headers=headers)
        assert (page.status_code, TEXT in page.content.decode()) == (403, False)
    assert Activity.objects.count() == 0


def test_d97_an_attacker_s_own_token_shows_nothing_to_the_victim(browser, city):
    attacker = Client(enforce_csrf_checks=True)
    sign_in(attacker, city.budi)
    sent = filled(attacker, city.budi)
    sign_in(browser, city.ana)

    page = browser.post(NEW, sent | {"description": "<b>Uraian palsu</b> dari luar"})

    assert (page.status_code, "Uraian palsu" in page.content.decode()) == (403, False)


def test_d97_a_sign_in_form_left_open_leads_to_the_first_page(browser, city):
    sent = {"login": city.ana.nip, "password": PASSWORD, "csrfmiddlewaretoken": token_in(browser.get(LOGIN))}
    sign_in(browser, city.ana)

    answer = browser.post(LOGIN, sent)

    assert (answer.status_code, answer.url) == (302, "/")


def test_d114_forms_of_a_stranger_are_few_and_leave_nothing(client, city):
    sent = typed(description=secrets.token_hex(20_000), person=city.ana.pk) | {
        "starts_at": "",
        "item": "other",
    }

    answers = [client.post(NEW, sent).status_code for _ in range(200)]

    assert answers == [302] * 20 + [429] * 180
    assert Session.objects.count() == 0
    assert len(cache._cache.get_client().keys("*")) <= 2
    assert "Terlalu banyak formulir" in client.post(NEW, sent).content.decode()


def test_d114_900_characters_typed_after_the_session_ended_come_back(client, city):
    text = " ".join(secrets.token_hex(4) for _ in range(100))[:900].strip()
    sent = typed(description=text, person=city.ana.pk) | {"starts_at": "", "item": "other"}

    answer = client.post(NEW, sent)
    answer = client.post(answer.url, {"login": city.ana.nip, "password": PASSWORD})

    assert client.get(answer.url).context["form"]["description"].value() == text
    assert client.get(answer.url).context["form"]["description"].value() is None


def test_d114_sessions_that_ended_are_cleared(city, time_machine):
    Client().force_login(city.ana)
    time_machine.move_to("2026-03-12 10:00+07:00")
    Client().force_login(city.ana)

    clear_old_sessions()

    assert Session.objects.count() == 1


REASON = "Lampirkan daftar hadir dan notula rapatnya."


def sent_after_the_session(browser, who, page, address, **typed):
    """A form of `page`, opened by `who`, sent when their session has ended: the answer."""
    sign_in(browser, who)
    token = token_in(browser.get(page))
    end_session(browser)
    typed |= {"csrfmiddlewaretoken": token}
    return browser.post(address, typed, headers={"Referer": f"http://testserver{page}"})


def review_of(city):
    """The page of a week's review, a row in it, and the address of its decision."""
    row = factories_activities.activity(city.ana, MONDAY)
    return f"/approvals/{WEEK}/{city.ana.pk}/", row, reverse("approvals:decide", args=[row.pk])


def test_d97_a_decision_sent_after_the_session_ended_comes_back_filled_and_is_then_saved(browser, deciders):
    page, row, address = review_of(deciders)
    typed = {"act": "reject", "version": "1", "back": "person", "reason": REASON}

    asked = sent_after_the_session(browser, deciders.supervisor, page, address, **typed)
    sign_in(browser, deciders.supervisor)
    back = browser.get(page)

    html = back.content.decode()
    row.refresh_from_db()
    assert (asked.status_code, asked.url.startswith(LOGIN), row.status) == (302, True, "reported")
    assert (back.status_code, REASON in html, f'action="{address}"' in html) == (200, True, True)
    assert browser.post(address, typed | {"csrfmiddlewaretoken": token_in(back)}).status_code == 302
    row.refresh_from_db()
    assert (row.status, row.decisions.get().reason) == ("rejected", REASON)
    assert REASON not in browser.get(reverse("organization:profile")).content.decode()


def test_d97_what_a_decider_typed_is_not_shown_to_the_next_to_sign_in(browser, deciders):
    page, _row, address = review_of(deciders)
    sent_after_the_session(browser, deciders.supervisor, page, address, act="return", reason=REASON)

    sign_in(browser, deciders.budi)
    seen = [browser.get(reverse(name)) for name in ("reports:home", "organization:profile")]

    assert all(REASON not in answer.content.decode() for answer in seen)
    assert browser.cookies["ek-form"].value == ""


def test_d97_a_leave_typed_by_hr_comes_back_too(browser, deciders):
    hr = factories.with_role(Role.HR)
    hr.set_password(PASSWORD)
    hr.save(update_fields=["password"])
    page = reverse("changes:leave_create", args=[deciders.ana.pk])

    sent_after_the_session(browser, hr, page, page, code="CT", letter="850/17/2026 tentang cuti")
    sign_in(browser, hr)

    assert "850/17/2026 tentang cuti" in browser.get(page).content.decode()
    assert "850/17/2026 tentang cuti" not in browser.get(page).content.decode()


@pytest.mark.parametrize("typed", [{"oldpassword": "rahasia-lama"}, {"reason": secrets.token_hex(4000)}])
def test_d97_passwords_and_what_no_cookie_holds_are_not_kept(browser, deciders, typed):
    page, _row, address = review_of(deciders)

    answer = sent_after_the_session(browser, deciders.supervisor, page, address, **typed)

    assert (answer.status_code, "ek-form" in answer.cookies) == (302, False)


def test_d97_a_form_of_nobody_we_know_is_not_kept(browser, deciders):
    page, _row, address = review_of(deciders)
    sign_in(browser, deciders.supervisor)
    token = token_in(browser.get(page))
    end_session(browser)
    cache.clear()

    answer = browser.post(address, {"reason": REASON, "csrfmiddlewaretoken": token})

    assert (answer.status_code, "ek-form" in answer.cookies) == (302, False)
