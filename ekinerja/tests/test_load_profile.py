"""The rules of a city from a file: what no rule may be is refused with its sentence here too."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from assessment.models import ScoreRule
from bonuses.models import PayRule
from organization.models import Tariff
from tests import factories

pytestmark = pytest.mark.django_db
SAMPLE = json.loads((Path(__file__).parents[1] / "profiles/sample.json").read_text(encoding="utf-8"))["rules"]


def load(tmp_path, *rules):
    file = tmp_path / "profile.json"
    file.write_text(json.dumps({"rules": rules}), encoding="utf-8")
    drafter, approver = factories.person(), factories.person()
    call_command("load_profile", file, drafted_by=drafter.nip, approved_by=approver.nip)


def sample(rule):
    return next(row for row in SAMPLE if row["rule"] == rule)


@pytest.mark.parametrize("model", [PayRule, ScoreRule])
def test_d92_a_pay_or_score_rule_from_the_16th_is_refused_with_a_sentence(tmp_path, model):
    rule = sample(model._meta.label) | {"valid_from": "2026-09-16"}

    with pytest.raises(CommandError, match="Aturan jenis ini mulai berlaku pada tanggal 1"):
        load(tmp_path, rule)
    assert not model.objects.exists()

    load(tmp_path, rule | {"valid_from": "2026-09-01"})
    assert model.objects.approved().count() == 1


def test_d92_a_tariff_begins_on_any_day(tmp_path):
    load(tmp_path, sample("organization.Tariff") | {"valid_from": "2026-09-16"})

    assert Tariff.objects.approved().count() == 1
