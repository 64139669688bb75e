"""The admin shows decisions and changes none, whoever opens it."""

import pytest

from approvals.models import Decision
from organization.models import User
from tests import factories, factories_activities
from tests.factories_approvals import city, decide

pytestmark = pytest.mark.django_db


def test_d21_decisions_are_read_only_in_the_admin(client):
    names = city()
    decide(factories_activities.activity(names.ana), names.supervisor)
    decision = Decision.objects.get()
    client.force_login(User.objects.create_superuser(factories.nip(), "kata-sandi-panjang", name="Teknisi"))

    listed = client.get("/admin/approvals/decision/")
    assert listed.status_code == 200
    assert "Surya Atasan" in listed.content.decode()
    assert client.get("/admin/approvals/decision/add/").status_code == 403
    assert client.post(f"/admin/approvals/decision/{decision.pk}/delete/", {"post": "yes"}).status_code == 302
    changed = client.post(f"/admin/approvals/decision/{decision.pk}/change/", {"reason": "lain"})
    assert changed.status_code == 403
    assert Decision.objects.get().reason == ""
