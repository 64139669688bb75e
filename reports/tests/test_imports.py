"""Lists from files on their pages: sent by one, read and stored by the worker, approved by another."""

from io import BytesIO

import openpyxl
import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from organization.models import JobClass, ListImport, Role, User
from reports.tasks import progress_key, resume_lists, take_list
from tests import factories, lists
from tests.factories import at

pytestmark = pytest.mark.django_db
PAGE, NIP = reverse("changes:imports"), lists.ONE["NIP"]


@pytest.fixture
def city(time_machine):
    time_machine.move_to(at(2026, 3, 9), tick=False)
    found = factories.city()
    found.hr, found.second = factories.with_role(Role.HR), factories.with_role(Role.HR, name="HR kedua")
    JobClass.objects.get_or_create(number=7, defaults={"level": "staff"})
    return found


def one(**said):
    return lists.row(OPD="Dinas Contoh", GOLONGAN="", **said)


def send(client, content, kind="people", name="pegawai.xlsx"):
    return client.post(PAGE, {"kind": kind, "file": SimpleUploadedFile(name, content)})


def sent(client, who, *rows):
    """A list that `who` sent and the worker has read."""
    client.force_login(who)
    assert send(client, lists.workbook(*rows)).status_code == 302
    take_list(ListImport.objects.latest("pk").pk)
    return ListImport.objects.latest("pk")


def decided(client, who, row, address="request"):
    client.force_login(who)
    return client.post(reverse(f"changes:{address}", args=["imports", row.pk]))


def test_a_list_is_stored_by_the_worker_when_a_second_hr_person_has_approved_its_preview(client, city):
    row = sent(client, city.hr, one(), one(NIP="190001012020011002", STATUS="Honorer"))
    page = client.get(reverse("changes:import", args=[row.pk])).content.decode()
    assert "C3" in page and "bukan status" in page and "Pratinjau" in page
    assert not User.objects.filter(nip=NIP).exists()

    own, second = decided(client, city.hr, row).status_code, decided(client, city.second, row).status_code
    assert (own, second) == (403, 302)
    assert not User.objects.filter(nip=NIP).exists()
    take_list(row.pk)
    take_list(row.pk)

    row.refresh_from_db()
    assert (row.stored["imported"], row.stored["rejected_rows"], row.content) == (1, 1, None)
    assert User.objects.get(nip=NIP).posting_on(city.hr.today()).post.title == "Pengolah Data"
    assert cache.get(progress_key(row.pk)) == (4, 4)
    assert "Tersimpan" in client.get(reverse("changes:import", args=[row.pk])).content.decode()


def test_the_page_asks_again_while_the_worker_is_at_it_and_the_fragment_is_part_of_it(client, city):
    client.force_login(city.hr)
    send(client, lists.workbook(one()))
    url = reverse("changes:import", args=[ListImport.objects.get().pk])

    page, part = client.get(url), client.get(url, headers={"HX-Request": "true"})

    assert "every 2s" in page.content.decode()
    assert part.content.decode().strip() in page.content.decode()


def test_what_is_not_read_yet_or_cannot_be_read_is_not_approved(client, city):
    client.force_login(city.hr)
    send(client, lists.workbook(one()))
    unread = ListImport.objects.get()
    early = decided(client, city.second, unread)
    send(client, b"apa;ini\n1;2\n", name="apa.csv")
    wrong = ListImport.objects.latest("pk")
    take_list(wrong.pk)
    never = decided(client, city.hr, wrong)

    assert (early.status_code, never.status_code) == (409, 409)
    assert "NIP, NAMA" in client.get(reverse("changes:import", args=[wrong.pk])).content.decode()


@pytest.mark.parametrize(
    ("content", "word"),
    [(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "XLS"), (b"0" * (5 * 1024 * 1024 + 1), "5 MB")],
)
def test_what_is_no_list_is_refused_beside_its_field(client, city, content, word):
    client.force_login(city.hr)

    answer = send(client, content)

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["file"])
    assert word in str(answer.context["form"].errors) and not ListImport.objects.exists()


def test_the_same_file_waits_once_and_is_forgotten_when_it_is_taken_back(client, city):
    row = sent(client, city.hr, one())
    content = b"".join([b"NIP;NAMA;OPD\n"])
    send(client, content, name="a.csv")
    again = send(client, content, name="b.csv")
    taken = decided(client, city.hr, row, "request_withdraw")

    row.refresh_from_db()
    assert (again.status_code, taken.status_code, row.content) == (422, 302, None)


def test_hr_of_an_agency_sends_no_list_of_the_city(client, city):
    row = sent(client, city.hr, one())
    client.force_login(factories.with_role(Role.HR, city.agency))
    addresses = [
        PAGE,
        reverse("changes:import", args=[row.pk]),
        reverse("changes:import_template", args=["people"]),
    ]

    assert [client.get(url).status_code for url in addresses] == [403, 403, 403]
    assert client.get(reverse("changes:request", args=["imports", row.pk])).status_code == 404


def test_a_template_has_the_headings_and_cells_of_text(client, city):
    client.force_login(city.hr)
    answer = client.get(reverse("changes:import_template", args=["people"]))
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).active

    assert [cell.value for cell in sheet[1]][:3] == ["NIP", "NAMA", "GELAR DEPAN"]
    assert sheet["A1"].number_format == "@"
    assert client.get(reverse("changes:import_template", args=["apa"])).status_code == 404


def test_the_watchdog_asks_for_what_is_not_done(
    client, city, monkeypatch, django_capture_on_commit_callbacks
):
    client.force_login(city.hr)
    send(client, lists.workbook(one()))
    asked = []
    monkeypatch.setattr(take_list, "delay", asked.append)

    with django_capture_on_commit_callbacks(execute=True):
        resume_lists()
    take_list(asked[0])
    with django_capture_on_commit_callbacks(execute=True):
        resume_lists()

    assert asked == [ListImport.objects.get().pk]


def test_the_pages_of_lists_take_few_queries(client, city, django_assert_max_num_queries):
    row = sent(client, city.hr, one())
    for url in (PAGE, reverse("changes:import", args=[row.pk])):
        with django_assert_max_num_queries(6):
            client.get(url)


def test_who_is_stored_without_a_post_stands_on_the_exceptions_list(client, city):
    row = sent(client, city.hr, one(JABATAN=""))
    decided(client, city.second, row)
    take_list(row.pk)

    page = client.get(reverse("changes:exceptions")).content.decode()

    assert (User.objects.get(nip=NIP).postings.count(), NIP in page) == (0, True)
