"""One-time codes: made by HR, used once, within a day. Now is Monday 9 March 2026, 09.00 WIB."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from organization.models import ActivationCode, CodeOver, CodeUsed, Grant, Role, User, WrongCode
from organization.models.codes import digest_of, new_code
from records.refusals import OwnRecord
from tests import factories

pytestmark = pytest.mark.django_db
NOW = factories.at(2026, 3, 9)
PASSWORD = "kuda laut 77 melompat"
NIPS = ["198001012005011001", "198501012010012002"]


@pytest.fixture
def city(time_machine):
    cache.clear()
    time_machine.move_to(NOW, tick=False)
    found = factories.city()
    found.hr = factories.with_role(Role.HR)
    return found


def use(client, nip, code, **fields):
    body = {"nip": nip, "code": code, "password": PASSWORD, "again": PASSWORD} | fields
    return client.post(reverse("organization:activate"), body)


def made(person, by, at=NOW):
    return ActivationCode.objects.make(person, by=by, at=at)


def test_a_code_sets_the_password_of_its_owner_once(client, city):
    code = made(city.ana, city.hr)

    first, again = (use(client, city.ana.nip, code) for _time in range(2))
    city.ana.refresh_from_db()

    assert (first.status_code, first.url) == (302, "/accounts/login/")
    assert city.ana.check_password(PASSWORD)
    assert (again.status_code, again.context["form"].non_field_errors()) == (
        409,
        ["Kode ini sudah dipakai. Silakan masuk, atau minta kode baru kepada admin kepegawaian."],
    )


def test_a_code_is_typed_as_people_type(client, city):
    code = made(city.ana, city.hr)

    answer = use(client, f" {city.ana.nip[:8]} {city.ana.nip[8:]} ", code.lower().replace("-", " "))

    assert answer.status_code == 302


@pytest.mark.parametrize(
    ("nip", "code"), [("ana", "AAAA-BBBB-CCCC"), ("budi", None), ("190001012000011999", None), ("x", "1")]
)
def test_a_wrong_code_and_an_unknown_nip_read_the_same(client, city, nip, code):
    known = made(city.ana, city.hr)
    who = getattr(city, nip, None)

    answer = use(client, who.nip if who else nip, code or known)

    assert (answer.status_code, answer.context["form"].non_field_errors()) == (
        422,
        ["NIP dan kode tidak cocok. Periksa keduanya, atau minta kode baru kepada admin kepegawaian."],
    )


def test_a_code_ends_after_24_hours_and_when_a_newer_one_is_made(city):
    old = made(city.ana, city.hr)
    new = made(city.ana, city.hr, at=NOW + timedelta(minutes=1))
    terms = {"password": PASSWORD, "at": NOW + timedelta(hours=24)}

    with pytest.raises(CodeOver):
        ActivationCode.objects.use(city.ana.nip, old, **terms)
    ActivationCode.objects.use(city.ana.nip, new, **terms)
    with pytest.raises(CodeUsed):
        ActivationCode.objects.use(city.ana.nip, new, **terms)
    late = made(city.ana, city.hr)
    with pytest.raises(CodeOver):
        ActivationCode.objects.use(city.ana.nip, late, **terms)


def test_a_code_of_somebody_who_left_opens_nothing(city):
    code = made(city.ana, city.hr)
    User.objects.filter(pk=city.ana.pk).update(deactivated_on=NOW.date())

    with pytest.raises(WrongCode):
        ActivationCode.objects.use(city.ana.nip, code, password=PASSWORD, at=NOW)


def test_a_weak_password_is_told_beside_its_field_and_uses_no_code(client, city):
    code = made(city.ana, city.hr)

    weak = use(client, city.ana.nip, code, password="pendek", again="pendek")
    other = use(client, city.ana.nip, code, again="lain sama sekali")

    assert [answer.status_code for answer in (weak, other)] == [422, 422]
    assert [list(answer.context["form"].errors) for answer in (weak, other)] == [["password"], ["again"]]
    assert ActivationCode.objects.get().used_at is None


def test_guessing_has_to_wait_after_ten_tries(client, city):
    codes = [use(client, city.ana.nip, "AAAA-BBBB-CCCC").status_code for _try in range(12)]

    assert codes == [422] * 10 + [429, 429]
    assert use(client, city.budi.nip, "AAAA-BBBB-CCCC").status_code == 422


def test_only_a_digest_is_kept(city):
    code = made(city.ana, city.hr)
    row = ActivationCode.objects.get()

    assert row.digest == digest_of(code) != code
    assert "digest" not in {field.name for field in ActivationCode.pgh_event_model._meta.fields}
    assert len({new_code() for _code in range(50)}) == 50


def test_nobody_makes_a_code_for_themselves_by_page_method_or_row(client, city):
    factories.posted(city.hr, city.staff_post)
    client.force_login(city.hr)

    assert client.post(reverse("organization:code", args=[city.hr.pk])).status_code == 403
    with pytest.raises(OwnRecord):
        made(city.hr, city.hr)
    with pytest.raises(IntegrityError), transaction.atomic():
        ActivationCode.objects.create(
            person=city.hr, digest="x", made_by=city.hr, made_at=NOW, expires_at=NOW
        )


def test_a_code_of_hr_never_opens_a_technical_account(client, city):
    User.objects.filter(pk=city.ana.pk).update(is_superuser=True, password="!")
    city.ana.refresh_from_db()
    client.force_login(city.hr)

    answer = client.post(reverse("organization:code", args=[city.ana.pk]))
    listed = client.post(reverse("organization:codes"), {"agency": city.agency.pk})

    assert (answer.status_code, ActivationCode.objects.filter(person=city.ana).count()) == (403, 0)
    assert city.ana not in [slip["person"] for slip in listed.context["slips"]]


def test_d31_no_code_lets_one_hr_person_act_as_the_second(client, city):
    second = factories.with_role(Role.HR, name="HR kedua")
    second.set_password(PASSWORD)
    second.save()
    client.force_login(city.hr)

    answer = client.post(reverse("organization:code", args=[second.pk]))
    second.refresh_from_db()

    assert (answer.status_code, ActivationCode.objects.count()) == (403, 0)
    assert second.check_password(PASSWORD)


def test_hr_reads_a_code_once_and_who_made_which_afterwards(client, city):
    client.force_login(city.hr)
    url = reverse("organization:code", args=[city.ana.pk])

    shown, later = client.post(url), client.get(url)
    [slip] = shown.context["slips"]

    assert slip["code"] in shown.content.decode()
    assert slip["code"] not in later.content.decode()
    assert "no-store" in shown.headers["Cache-Control"]
    assert [(code.made_by, is_good) for code, is_good in later.context["codes"]] == [(city.hr, True)]


def test_a_list_serves_those_of_an_agency_without_a_password_once(client, city):
    city.budi.set_password(PASSWORD)
    city.budi.save()
    client.force_login(city.hr)
    url, body = reverse("organization:codes"), {"agency": city.agency.pk}

    with CaptureQueriesContext(connection) as queries:
        first = client.post(url, body)
    again = client.post(url, body)

    names = [slip["person"].name for slip in first.context["slips"]]
    assert names == ["Ana Pegawai", "Kartika Kepala", "Surya Atasan"]
    assert (again.context["slips"], "Semua pegawai di sana" in again.content.decode()) == ([], True)
    assert len(queries) <= 14


def test_of_two_lists_of_an_agency_the_second_ends_no_code_of_the_first_and_is_told(client, city):
    url, body = reverse("organization:codes"), {"agency": city.agency.pk}
    client.force_login(city.hr)
    made = client.post(url, body).context["slips"]
    client.force_login(factories.with_role(Role.HR, name="HR kedua"))

    told = client.post(url, body)

    assert (told.status_code, city.hr.name in told.content.decode()) == (409, True)
    assert ActivationCode.objects.filter(replaced_at=None).count() == len(made) > 0


def test_hr_of_an_agency_makes_no_list_for_another(client, city):
    client.force_login(factories.with_role(Role.HR, city.agency))

    answer = client.post(reverse("organization:codes"), {"agency": city.other.pk})

    assert (answer.status_code, ActivationCode.objects.count()) == (422, 0)


def bootstrap(*pairs):
    out = StringIO()
    call_command("bootstrap", *(word for pair in pairs for word in ("--hr", *pair)), stdout=out)
    return out.getvalue()


def test_bootstrap_makes_two_hr_administrators_with_codes_and_nothing_else(client):
    cache.clear()
    printed = bootstrap((NIPS[0], "Hana Pertama"), (NIPS[1], "Hasan Kedua"))
    codes = {line.split()[0]: line.split()[-1] for line in printed.splitlines()[:2]}
    answers = [use(client, nip, codes[nip]).status_code for nip in NIPS]

    assert answers == [302, 302]
    assert list(User.objects.order_by("nip").values_list("nip", "name")) == [
        (NIPS[0], "Hana Pertama"),
        (NIPS[1], "Hasan Kedua"),
    ]
    assert [(grant.role, grant.unit) for grant in Grant.objects.all()] == [("hr", None)] * 2
    with pytest.raises(CommandError, match="there are HR administrators already"):
        bootstrap((NIPS[0], "Hana Pertama"), (NIPS[1], "Hasan Kedua"))


def test_bootstrap_prints_new_codes_for_the_same_two_until_one_is_used():
    first, second = (bootstrap((NIPS[0], "Hana"), (NIPS[1], "Hasan")) for _time in range(2))

    assert first != second
    assert (User.objects.count(), Grant.objects.count()) == (2, 2)


@pytest.mark.parametrize(
    ("pairs", "why"),
    [
        ([(NIPS[0], "Hana")], "twice"),
        ([(NIPS[0], "Hana"), (NIPS[0], "Hana")], "two different people"),
        ([(NIPS[0], "Hana"), ("12", "Hasan")], "18"),
    ],
)
def test_bootstrap_refuses_what_is_no_two_people(pairs, why):
    with pytest.raises(CommandError, match=why):
        bootstrap(*pairs)
    assert User.objects.count() == 0


def test_bootstrap_refuses_an_installation_with_people():
    factories.person()

    with pytest.raises(CommandError, match="not empty"):
        bootstrap((NIPS[0], "Hana"), (NIPS[1], "Hasan"))


def test_a_role_granted_by_nobody_is_the_first_hr_of_the_city_alone():
    who = factories.person()

    with pytest.raises(IntegrityError), transaction.atomic():
        Grant.objects.create(person=who, role=Role.MAKER, starts_on=NOW.date())
    with pytest.raises(IntegrityError), transaction.atomic():
        Grant.objects.create(person=who, role=Role.HR, starts_on=NOW.date(), requested_by=factories.person())
