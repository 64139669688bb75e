"""The moves of a run on their pages: each by its person, each refusal with a sentence."""

import pytest
from django.urls import reverse
from django.utils import timezone

from bonuses.models import Run
from bonuses.tests.asking import get, post, text
from organization.models import Role
from records.state import StaleVersion
from tests import factories
from tests import factories_bonuses as build

pytestmark = pytest.mark.django_db
Status = Run.Status


@pytest.fixture
def city():
    return build.final_city("43.20")


def test_the_moves_lead_from_draft_to_released_each_by_its_person(client, city):
    run = build.run_in(Status.DRAFT, city=city)
    moves = [("maker", "request"), ("checker", "check"), ("releaser", "release")]
    for who, verb in moves:
        page = get(client, getattr(city, who), verb, run.pk)
        assert f'name="version" value="{run.version}"' in text(page)
        answer = post(client, getattr(city, who), verb, run.pk, version=run.version)
        assert (verb, answer.status_code) == (verb, 302)
        build.compute(run)

    assert run.status == Status.RELEASED
    assert f"Disahkan: daftar {run.number}." in text(client.get(reverse("bonuses:run", args=[run.pk])))


def test_the_button_of_the_release_names_the_figure(client, city):
    run = build.run_in(Status.CHECKED, city=city)

    assert "Sahkan Rp2.370.000…" in text(get(client, city.releaser, "run", run.pk))
    assert "Sahkan Rp2.370.000" in text(get(client, city.releaser, "release", run.pk))
    assert "Sahkan Rp2.370.000" not in text(get(client, city.checker, "run", run.pk))


@pytest.mark.parametrize(("status", "verb"), [(Status.COMPUTED, "check"), (Status.COMPUTED, "refuse")])
def test_the_same_person_gets_a_sentence_and_nothing_changes(client, city, status, verb):
    factories.grant(city.maker, Role.CHECKER)
    run = build.run_in(status, city=city)

    page = get(client, city.maker, verb, run.pk)
    answer = post(client, city.maker, verb, run.pk, version=run.version, reason="salah tarif")

    sentence = "Anda yang membuat atau memeriksa daftar ini. Langkah ini harus dilakukan orang lain."
    assert (page.status_code, answer.status_code) == (200, 403)
    assert sentence in text(page) and sentence in text(answer)
    run.refresh_from_db()
    assert run.status == status


def test_a_stale_version_is_a_conflict_with_a_sentence(client, city):
    run = build.run_in(Status.COMPUTED, city=city)
    seen = run.version
    run.mark_checked(by=city.checker, at=timezone.now())

    answer = post(client, city.releaser, "release", run.pk, version=seen)

    assert answer.status_code == 409
    assert answer.context["form"].non_field_errors() == [str(StaleVersion(run))]
    assert Run.objects.get(pk=run.pk).status == Status.CHECKED


def test_a_move_whose_time_is_over_is_a_conflict(client, city):
    run = build.run_in(Status.DRAFT, city=city)

    assert post(client, city.releaser, "release", run.pk, version=run.version).status_code == 409
    assert '<form method="post"' not in text(get(client, city.releaser, "release", run.pk)).split("<main")[1]


@pytest.mark.parametrize("verb", ["refuse", "cancel"])
def test_a_reason_is_asked_for_and_what_was_typed_is_kept(client, city, verb):
    run = build.run_in(Status.COMPUTED, city=city)
    who = city.checker if verb == "refuse" else city.maker

    assert post(client, who, verb, run.pk, version=run.version, reason=" ").status_code == 422
    kept = post(client, who, verb, run.pk, version="x", reason="tarif kelas 5 salah")
    assert kept.status_code == 422 and "tarif kelas 5 salah" in text(kept)
    assert post(client, who, verb, run.pk, version=run.version, reason="tarif salah").status_code == 302
    assert "tarif salah" in text(get(client, city.maker, "run", run.pk))
