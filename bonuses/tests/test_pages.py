"""The pages of finance: who opens them, what they show, what a step answers."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bonuses.models import Line, Run
from bonuses.models.querysets import RunQuerySet
from bonuses.models.shares import UNTOUCHED
from bonuses.tests.asking import get, post, text
from organization.models import Role
from tests import factories
from tests import factories_bonuses as build

pytestmark = pytest.mark.django_db
Status = Run.Status


@pytest.fixture
def city():
    return build.final_city("43.20")


FINANCE_PAGES = ["runs", "create", "run", "request", "check", "release", "refuse", "cancel", "line"]
OPENED_BY = {
    "maker": {"runs", "create", "run", "request", "cancel", "line"},
    "checker": {"runs", "run", "check", "refuse", "line"},
    "releaser": {"runs", "run", "release", "refuse", "line"},
    "auditor": {"runs", "run", "line"},
    "ana": set(),
    "supervisor": set(),
}


@pytest.mark.parametrize("who", list(OPENED_BY))
def test_each_page_opens_for_its_roles_and_for_nobody_else(client, city, who):
    run = build.run_in(Status.CHECKED, city=city)
    line = Line.objects.of_run(run).get(person=city.budi)
    city.auditor = factories.with_role(Role.AUDITOR)

    for page in FINANCE_PAGES:
        args = {"runs": [], "create": [], "line": [line.pk]}.get(page, [run.pk])
        expected = 200 if page in OPENED_BY[who] else 404 if page == "line" else 403
        assert (page, get(client, getattr(city, who), page, *args).status_code) == (page, expected)


@pytest.mark.parametrize("page", ["run", "check", "refuse", "nominative", "csv"])
def test_a_run_outside_the_scope_is_not_found(client, city, page):
    run = build.run_in(Status.COMPUTED, city=city)
    near = factories.with_role(Role.CHECKER, city.other)
    args = [run.pk, city.agency.pk] if page in ("nominative", "csv") else [run.pk]

    assert get(client, near, page, *args).status_code == 404


def test_a_line_is_its_owners_after_the_release_only(client, city):
    run = build.run_in(Status.CHECKED, city=city)
    line = Line.objects.of_run(run).get(person=city.ana)
    assert get(client, city.ana, "line", line.pk).status_code == 404

    run.release(by=city.releaser, at=timezone.now())

    assert get(client, city.ana, "line", line.pk).status_code == 200
    assert get(client, city.budi, "line", line.pk).status_code == 404
    assert get(client, city.supervisor, "line", line.pk).status_code == 404


def test_a_list_of_an_earlier_attempt_is_not_found(client, city):
    run = build.run_in(Status.COMPUTED, city=city)
    line = Line.objects.of_run(run).first()
    run.refuse(by=city.checker, at=timezone.now(), reason="salah hitung")

    assert get(client, city.maker, "line", line.pk).status_code == 404


def test_the_maker_makes_a_draft_and_is_told_its_number(client, city):
    answer = post(client, city.maker, "create", month="2026-03", months=[city.month.pk])

    run = Run.objects.get()
    assert answer.status_code == 302 and answer.url == reverse("bonuses:run", args=[run.pk])
    assert (run.status, run.made_by, [s.month for s in run.shares.all()]) == (
        "draft",
        city.maker,
        [city.month],
    )
    assert run.number in text(client.get(answer.url))


def test_d84_an_agency_that_is_not_final_shows_what_is_missing_and_the_others_can_go(
    client, city, monkeypatch
):
    factories.month(city.other)
    monkeypatch.setattr(timezone, "now", lambda: factories.at(2026, 4, 2, 9))

    page = get(client, city.maker, "create", month="2026-03")

    assert f'value="{city.month.pk}"' in text(page)
    assert "Badan Lain" in text(page)
    assert "menunggu pegawai dan atasan sampai Sel, 7 Apr 24.00 WIB" in text(page)


def test_a_month_that_is_not_final_is_refused_in_a_sentence_and_nothing_is_made(client, city):
    month = factories.month(city.other)

    answer = post(client, city.maker, "create", month="2026-03", months=[month.pk])

    assert answer.status_code == 422
    assert "Maret 2026 di Badan Lain belum final: keadaannya masih dibuka." in text(answer)
    assert not Run.objects.exists()


def test_d73_a_second_live_run_is_refused_with_a_link_to_the_first(client, city):
    run = build.run_in(Status.DRAFT, city=city)

    answer = post(client, city.maker, "create", month="2026-03", months=[city.month.pk])

    assert answer.status_code == 422
    assert f"Maret 2026 di Dinas Contoh sudah ada dalam daftar {run.number}." in text(answer)
    assert f'href="{reverse("bonuses:run", args=[run.pk])}"' in text(answer)
    assert Run.objects.count() == 1


def test_months_of_agencies_outside_the_scope_cannot_be_chosen(client, city):
    near = factories.with_role(Role.MAKER, city.other)

    answer = post(client, near, "create", month="2026-03", months=[city.month.pk])

    assert (answer.status_code, Run.objects.count()) == (422, 0)


@pytest.mark.parametrize("data", [{}, {"months": ["abc"]}, {"month": "2026-13"}])
def test_a_spoilt_form_makes_nothing(client, city, data):
    assert post(client, city.maker, "create", **data).status_code == 422
    assert not Run.objects.exists()


def test_a_requested_run_says_that_it_has_not_begun_and_asks_again_by_itself(client, city):
    run = build.run_in(Status.REQUESTED, city=city)

    page = get(client, city.maker, "run", run.pk)
    part = client.get(reverse("bonuses:run", args=[run.pk]), headers={"HX-Request": "true"})

    assert "diminta, belum mulai" in text(page)
    assert 'hx-trigger="every 2s"' in text(page)
    assert text(part) in text(page)

    build.compute(run)
    done = client.get(reverse("bonuses:run", args=[run.pk]), headers={"HX-Request": "true"})
    assert (done.content, done.headers["HX-Refresh"]) == (b"", "true")


def test_a_requested_run_is_asked_for_again_only_where_nothing_moves(client, city):
    run = build.run_in(Status.REQUESTED, city=city)
    assert "Minta lagi…" not in text(get(client, city.maker, "run", run.pk))

    Run.objects.filter(pk=run.pk).update(requested_at=timezone.now() - UNTOUCHED)

    assert "Minta lagi…" in text(get(client, city.maker, "run", run.pk))
    assert "Minta lagi…" not in text(get(client, city.checker, "run", run.pk))
    assert post(client, city.maker, "request", run.pk, version=run.version).status_code == 302


def test_a_failure_is_told_on_the_page(client, city):
    run = build.run_in(Status.REQUESTED, city=city)
    run.shares.update(started_at=timezone.now(), failure="Aturan belum ada.")

    page = text(get(client, city.maker, "run", run.pk))

    assert "tidak terhitung" in page and "Aturan belum ada." in page and "Minta lagi…" in page


def test_a_run_shows_sums_lines_and_people_without_a_line(client, city):
    city.month = factories.month(city.other)
    build.scored(build.ranked(city.zul), city.month, "20.00", counted=0)
    build.scored(build.ranked(city.other_head, "IV/a"), city.month, "90.00")
    build.finalised(city.month)
    run = build.run_in(Status.COMPUTED, city=city)

    page = text(get(client, city.checker, "run", run.pk))

    assert "Rp9.450.000" in page
    assert "Lintang Kepala" in page
    assert "Zul Pegawai" in page and "tidak ada menit yang diakui pada bulan ini" in page
    assert "1 orang belum punya rekening" in page


def test_lines_are_found_by_name_and_by_nip(client, city):
    run = build.run_in(Status.COMPUTED, city=city)

    for wanted in ("budi", city.budi.nip[-8:]):
        page = text(get(client, city.checker, "run", run.pk, q=wanted))
        assert "Budi Pegawai" in page and "Ana Pegawai" not in page
    assert "Tidak ada orang dengan nama atau NIP ini" in text(
        get(client, city.checker, "run", run.pk, q="x9")
    )


def test_d80_all_pages_together_hold_each_line_once(client, city, monkeypatch):
    monkeypatch.setattr("bonuses.views.runs.ROWS", 3)
    city.month = factories.month(city.other)
    for _ in range(10):
        who = factories.staff(factories.post(city.other), "Sama Nama")
        build.scored(build.ranked(who), city.month)
    build.finalised(city.month)
    run = build.run_in(Status.COMPUTED, city=city)

    pages = [get(client, city.checker, "run", run.pk, page=n).context["page"] for n in (1, 2, 3, 4)]

    assert sorted(line.pk for page in pages for line in page) == sorted(
        Line.objects.of_run(run).values_list("pk", flat=True)
    )


def test_the_month_before_stands_beside_the_run(client, city):
    first = build.run_in(Status.RELEASED, city=city)
    city.month = factories.month(city.agency, number=4)
    build.scored(city.ana, city.month, "90.00")
    build.finalised(city.month)

    context = get(client, city.checker, "run", build.run_in(Status.COMPUTED, city=city).pk).context

    assert first.key == context["run"].key.previous
    compared = [(row["label"], row["before"], row["now"], row["change"]) for row in context["comparison"]]
    assert compared == [
        ("Orang dibayar", 2, 1, -1),
        ("Bersih, juta", 2_370_000, 1_335_000, -1_035_000),
        ("Ditambah sampai batas bawah", 2, 0, -2),
        ("Tambahan Plt", 0, 0, 0),
        ("Hukuman disiplin", 0, 0, 0),
        ("Tanpa baris, dengan alasan", 0, 0, 0),
    ]


def queries(client, who, name, *args):
    client.force_login(who)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(reverse(f"bonuses:{name}", args=args)).status_code == 200
    return len(captured)


def test_the_list_of_runs_costs_the_same_for_one_and_for_four(client, city):
    build.run_in(Status.RELEASED, city=city)
    one = queries(client, city.checker, "runs")
    for number in (4, 5, 6):
        city.month = factories.month(city.agency, number=number)
        build.scored(city.ana, city.month)
        build.finalised(city.month)
        build.run_in(Status.RELEASED, city=city)

    assert queries(client, city.checker, "runs") == one <= 20


def test_a_run_costs_the_same_for_one_line_and_for_four(client, city):
    one = build.run_in(Status.COMPUTED, city=city)
    few = queries(client, city.checker, "run", one.pk)
    city.month = factories.month(city.other)
    for _ in range(4):
        who = build.ranked(factories.staff(factories.post(city.other)))
        build.account(who)
        build.scored(who, city.month)
    build.finalised(city.month)
    many = build.run_in(Status.COMPUTED, city=city)

    assert queries(client, city.checker, "run", many.pk) == few <= 30


def test_a_released_run_is_shown_in_at_most_twelve_queries(client, city):
    released = build.run_in(Status.RELEASED, city=city)
    assert queries(client, city.checker, "run", released.pk) <= 12


def test_the_choice_of_agencies_costs_the_same_for_one_and_for_three(client, city):
    one = queries(client, city.maker, "create")
    for _ in range(2):
        factories.month(factories.agency())

    assert queries(client, city.maker, "create") == one <= 20


def test_d05_a_month_that_another_list_takes_at_the_same_moment_is_a_conflict_that_leads_there(
    client, city, monkeypatch
):
    make = RunQuerySet.make

    def make_second(runs, months, *, by, at):
        make(runs, list(months), by=by, at=at)
        return make(runs, months, by=by, at=at)

    monkeypatch.setattr(RunQuerySet, "make", make_second)
    answer = post(client, city.maker, "create", month="2026-03", months=[city.month.pk])

    first = Run.objects.get()
    assert answer.status_code == 409
    assert answer.context["form"].errors["months"] == [first.shares.get().taken()]
    assert reverse("bonuses:run", args=[first.pk]) in text(answer)


def test_w16_the_month_chosen_is_the_month_of_the_heading(client, city):
    page = get(client, city.maker, "create")

    assert page.context["chooser"]["month"].value() == str(page.context["key"])
