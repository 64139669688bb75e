"""From an empty installation to the first reported and approved activity, on the pages alone.

Two HR people, as docs/memulai.md tells it. Today is Monday 9 March 2026.
"""

from io import StringIO

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from activities.models import Activity
from organization.models import JobClass, Post, Unit, User
from tests.factories import at

pytestmark = pytest.mark.django_db
HR = [("198001012005011001", "Hana Pertama"), ("198501012010012002", "Hasan Kedua")]
HEAD, STAFF = "197501012000031003", "199001012020121004"
PASSWORD = "kuda laut 77 melompat"
PROFILE = "ekinerja/profiles/sample.json"


def account(nip, code):
    """A browser in which the owner of the code set a password and signed in."""
    client = Client()
    body = {"nip": nip, "code": code, "password": PASSWORD, "again": PASSWORD}
    assert client.post(reverse("organization:activate"), body).status_code == 302
    assert client.post(reverse("account_login"), {"login": nip, "password": PASSWORD}).status_code == 302
    return client


@pytest.fixture
def two(time_machine):
    """The browsers of the two HR people of an installation that holds the reference lists and rules."""
    cache.clear()
    time_machine.move_to(at(2026, 3, 9), tick=False)
    out = StringIO()
    call_command("bootstrap", *(word for pair in HR for word in ("--hr", *pair)), stdout=out)
    call_command("reference", stdout=StringIO())
    signers = ("--drafted-by", HR[0][0], "--approved-by", HR[1][0])
    call_command("load_profile", PROFILE, *signers, stdout=StringIO())
    lines = [line.split() for line in out.getvalue().splitlines()[:2]]
    return [account(nip, words[-1]) for (nip, _name), words in zip(HR, lines, strict=True)]


def by_two(two, url, body):
    """What the first asks on a page, the second approves from the list of what waits."""
    first, second = two
    answer = first.post(url, body)
    touched = answer.context and answer.context.get("touched")
    if touched:
        answer = first.post(url, body | {"seen": touched.stamp})
    assert answer.status_code == 302, answer.context["form"].errors
    [waiting] = second.get(reverse("changes:requests")).context["to_decide"]
    stamp = second.get(waiting.url).context["touched"].stamp
    assert second.post(waiting.url, {"seen": stamp}).status_code == 302


def join(two, post, nip, name, kind="PNS"):
    body = {"nip": nip, "name": name, "kind": kind, "rank": "", "starts_on": "2026-03-02", "decree": "SK 1"}
    by_two(two, reverse("changes:join", args=[post.pk]), body)
    page = two[0].post(reverse("organization:code", args=[User.objects.get(nip=nip).pk]))
    return account(nip, page.context["slips"][0]["code"])


def test_two_hr_people_lead_an_empty_installation_to_the_first_approved_activity(two):
    office = {"code": "1.01", "name": "Dinas Contoh", "short_name": "Dinas", "pattern": "5"}
    by_two(two, reverse("changes:agency_create"), office | {"zone": "Asia/Jakarta", "decree": "Perda 1"})
    unit = Unit.objects.get(code="1.01")

    seat = {"title": "Kepala Dinas", "unit": unit.pk, "level": "", "decree": "Perwali 2"}
    classes = {row["number"]: row["pk"] for row in JobClass.objects.values("number", "pk")}
    by_two(two, reverse("changes:top_post_create", args=[unit.pk]), seat | {"job_class": classes[14]})
    head = Post.objects.get(title="Kepala Dinas")
    below = {"title": "Pengolah Data", "unit": unit.pk, "job_class": classes[7], "several": "on", "level": ""}
    by_two(two, reverse("changes:post_create", args=[head.pk]), below | {"decree": "Perwali 2"})
    desk = Post.objects.get(title="Pengolah Data")

    chief = join(two, head, HEAD, "Kirana Kepala")
    staff = join(two, desk, STAFF, "Sekar Pelaksana", kind="CPNS")

    entry = {
        "performed_on": "2026-03-09",
        "item": "other",
        "other_title": "Menyusun laporan",
        "minutes": "90",
    }
    entry |= {"description": "Menyusun laporan bulanan dinas.", "quantity": "1", "starts_at": ""}
    form = staff.get(reverse("activities:create")).context["form"]
    entry["form_token"] = form["form_token"].value()
    reported = staff.post(reverse("activities:create"), entry)
    assert reported.status_code == 302, reported.context["form"].errors
    row = Activity.objects.get()
    decided = chief.post(
        reverse("approvals:decide", args=[row.pk]), {"act": "approve", "version": row.version}
    )
    row.refresh_from_db()

    assert decided.status_code == 302
    assert (row.person.name, row.status, row.counted_minutes, row.reviewing_post) == (
        "Sekar Pelaksana",
        "approved",
        90,
        head,
    )
