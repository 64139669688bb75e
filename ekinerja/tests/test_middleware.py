from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, connection
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone, translation

from ekinerja.middleware import REFUSALS, Refusals, office_time
from records.refusals import NotAllowed, NotNow
from tests import factories

pytestmark = pytest.mark.django_db


def refusal_by_the_database(name):
    """The error that a trigger with this message makes."""
    statement = f"DO $$ BEGIN RAISE EXCEPTION '{name}' USING ERRCODE = 'check_violation'; END $$"
    with pytest.raises(IntegrityError) as raised, connection.cursor() as cursor:
        cursor.execute(statement)
    return raised.value


def answer_to(error, rf, method="POST"):
    request = rf.generic(method, "/")
    request.htmx = False
    return Refusals(lambda request: HttpResponse()).process_exception(request, error)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", REFUSALS)
def test_a_refusal_by_the_database_reads_as_a_sentence(rf, name):
    error = refusal_by_the_database(name)

    with translation.override("en"):
        answer = answer_to(error, rf)
        assert (answer.status_code, str(REFUSALS[name]) in answer.content.decode()) == (409, True)


@pytest.mark.parametrize(
    ("method", "refusal", "status", "title"),
    [
        ("GET", NotAllowed("Not your line."), 403, "This page is not open to you"),
        ("POST", NotAllowed("Not your line."), 403, "Not saved"),
        ("GET", NotNow("No rule is in force."), 409, "This cannot be shown now"),
        ("POST", NotNow("The month is closed."), 409, "Not saved"),
    ],
)
def test_a_refusal_that_no_form_takes_is_a_page_with_its_sentence(rf, method, refusal, status, title):
    with translation.override("en"):
        answer = answer_to(refusal, rf, method)

    text = answer.content.decode()
    assert (answer.status_code, str(refusal) in text, title in text) == (status, True, True)


@pytest.mark.parametrize("error", [IntegrityError("another constraint"), ValueError("month_is_final")])
def test_any_other_error_stays_an_error(rf, error):
    assert answer_to(error, rf) is None


def test_d35_a_signed_in_page_is_kept_by_no_cache(client):
    page = reverse("account_change_password")
    first, second = factories.person("Adi Contoh"), factories.person("Budi Contoh")
    for person, other in ((first, second), (second, first)):
        client.force_login(person)
        answer = client.get(page)

        assert answer["Cache-Control"] == "private, no-store"
        assert person.name in answer.content.decode()
        assert other.name not in answer.content.decode()


def test_times_are_those_of_the_office():
    person = factories.person()
    person.office_zone = lambda: ZoneInfo("Asia/Jayapura")
    request = RequestFactory().get("/")
    request.user = person

    seen = office_time(lambda request: timezone.get_current_timezone_name())(request)

    assert seen == "Asia/Jayapura"
    assert timezone.get_current_timezone_name() == "Asia/Jakarta"
