"""The rules of a city from a file: what no rule may be is refused with its sentence here too."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from assessment.models import ScoreRule
from bonuses.models import PayRule
from organization.models import Role, Tariff
from tests import factories, factories_bonuses
from tests.factories_reports import freeze

pytestmark = pytest.mark.django_db
SAMPLE = json.loads((Path(__file__).parents[1] / "profiles/sample.json").read_text(encoding="utf-8"))["rules"]


def load(tmp_path, *rules, signers=None, **options):
    file = tmp_path / "profile.json"
    file.write_text(json.dumps({"rules": rules}), encoding="utf-8")
    drafter, approver = signers or [factories.with_role(Role.HR) for _each in range(2)]
    call_command("load_profile", file, drafted_by=drafter.nip, approved_by=approver.nip, **options)


def sample(rule):
    return next(row for row in SAMPLE if row["rule"] == rule) | {"reason": "Aturan pertama kota."}


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


def test_d107_a_tariff_for_last_month_without_a_reason_is_refused(tmp_path, monkeypatch):
    freeze(monkeypatch, 2026, 6, 15)
    tariff = sample("organization.Tariff") | {"valid_from": "2026-05-01", "reason": ""}

    with pytest.raises(CommandError, match="perlu alasan"):
        load(tmp_path, tariff)

    assert not Tariff.objects.exists()


def test_d107_two_people_without_the_finance_role_sign_no_tariff(tmp_path):
    tariff = sample("organization.Tariff")
    with pytest.raises(CommandError, match="does not sign"):
        load(tmp_path, tariff, signers=[factories.person(), factories.person()])
    load(tmp_path, tariff)  # the first of the city are signed by HR: nobody of finance is there yet
    later = tariff | {"valid_from": "2026-09-01"}

    with pytest.raises(CommandError, match="does not sign"):
        load(tmp_path, later)
    load(tmp_path, later, signers=factories_bonuses.finance()[:2])

    assert Tariff.objects.approved().count() == 2


def test_d107_load_profile_saves_a_past_rule_only_after_its_months_were_printed(tmp_path, monkeypatch):
    city = factories_bonuses.final_city()
    freeze(monkeypatch, 2026, 6, 15)
    tariff = {"rule": "organization.Tariff", "scope": "5", "valid_from": "2026-03-02", "decree": "Perwali 9"}
    tariff |= {"article": "pasal 1", "reason": "Salah ketik kelas 5.", "ceiling_rupiah": 9_000_000}
    printed, signers = StringIO(), [city.maker, city.checker]

    with pytest.raises(CommandError, match="--seen") as refused:
        load(tmp_path, tariff, signers=signers, stdout=printed)
    assert "Maret 2026" in printed.getvalue() or str(city.month) in printed.getvalue()
    assert not Tariff.objects.filter(ceiling_rupiah=9_000_000).exists()

    load(tmp_path, tariff, signers=signers, seen=str(refused.value).split()[-1], stdout=printed)
    assert Tariff.objects.filter(ceiling_rupiah=9_000_000).exists()
