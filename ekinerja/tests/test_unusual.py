import pytest
from django.urls import reverse

from ekinerja.logs import RefusalsInOneLine
from organization.models import Role
from tests import factories
from tests.odd_requests import ODD, ask

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("json", 422),
        ("empty post", 422),
        ("utf-16", 400),
        ("no boundary", 400),
        ("large", 413),
        ("many fields", 413),
        ("put", 405),
        ("options", 204),
        ("head", 200),
    ],
)
def test_d122_the_holiday_form_has_a_status_for_each(client, name, status):
    client.force_login(factories.with_role(Role.HR))

    answer = ask(client, reverse("changes:holiday_create"), **ODD[name])

    assert answer.status_code == status


def test_d122_a_refusal_is_one_line_in_the_log(client, caplog):
    client.force_login(factories.city().ana)
    for address in (reverse("organization:people"), reverse("bonuses:run", args=[1]), "/nowhere/"):
        client.get(address)
    for record in caplog.records:
        RefusalsInOneLine().filter(record)

    assert [record.exc_info for record in caplog.records if record.exc_info] == []
    assert len(caplog.records) == 3


def test_d122_the_name_of_another_host_is_refused_by_a_page(client):
    answer = client.get("/", headers={"Host": "evil.example"})

    assert (answer.status_code, '<html lang="id">' in answer.content.decode()) == (400, True)
