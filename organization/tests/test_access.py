import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse

from organization.access import role_required
from organization.models import Role
from tests import factories

pytestmark = pytest.mark.django_db


@role_required(Role.HEAD, Role.SUPERVISOR)
def page(request):
    return HttpResponse("isi")


def asked_by(rf, who):
    request = rf.get("/")
    request.user = who
    return page(request)


def test_a_screen_opens_to_each_of_its_roles(rf):
    city = factories.city()

    assert asked_by(rf, factories.with_role(Role.HEAD)).content == b"isi"
    assert asked_by(rf, city.supervisor).content == b"isi"


def test_a_screen_is_closed_to_everybody_else_also_to_a_superuser(rf):
    factories.city()
    superuser = factories.person(is_superuser=True, is_staff=True)

    for who in (factories.person(), factories.with_role(Role.MAKER), superuser):
        with pytest.raises(PermissionDenied):
            asked_by(rf, who)


def test_a_grant_that_has_ended_opens_nothing(rf):
    who = factories.person()
    factories.grant(who, Role.HEAD, ends_on=factories.LONG_AGO)

    with pytest.raises(PermissionDenied):
        asked_by(rf, who)
