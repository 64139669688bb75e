"""The worked months of the regulation pass, and a changed weight or digit is found and named."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from ekinerja.management.commands import golden

FILE = Path(__file__).parent / "data" / "golden.json"


def run(file):
    """Return what the command prints and the sentence it ends with, None where all passed."""
    out = StringIO()
    try:
        call_command("golden", str(file), stdout=out)
    except CommandError as refusal:
        return out.getvalue(), str(refusal)
    return out.getvalue(), None


def changed(tmp_path, change):
    content = json.loads(FILE.read_text())
    change({case["id"]: case for case in content["score"] + content["bonus"]})
    file = tmp_path / "changed.json"
    file.write_text(json.dumps(content))
    return file


def test_all_worked_months_pass():
    printed, refusal = run(FILE)

    assert refusal is None
    assert printed.splitlines()[0] == "S01 ok"
    assert printed.splitlines()[-1] == "40 passed, 0 failed"


def change_profile(monkeypatch, tmp_path, rule, **values):
    profile = json.loads(golden.PROFILE.read_text())
    next(row for row in profile["rules"] if row["rule"] == rule).update(values)
    file = tmp_path / "profile.json"
    file.write_text(json.dumps(profile))
    monkeypatch.setattr(golden, "PROFILE", file)


def test_a_changed_weight_fails_and_names_the_figure(monkeypatch, tmp_path):
    weights = {"productivity_weight": "0.5", "quality_weight": "0.3"}
    change_profile(monkeypatch, tmp_path, "assessment.ScoreRule", **weights)

    printed, refusal = run(FILE)

    assert refusal == "the formulas and the file differ"
    assert "S03 score: expected 94.50, got 94.25" in printed.splitlines()


def test_a_changed_floor_fails_and_names_the_figures(monkeypatch, tmp_path):
    change_profile(monkeypatch, tmp_path, "bonuses.PayRule", floor_rupiah=1_300_000)

    printed, _ = run(FILE)

    assert "B05 segments.1.floor: expected 1200000, got 1300000" in printed
    assert "floor_top_up: expected 552000, got 652000" in printed


def test_a_changed_digit_fails_and_names_the_figure(tmp_path):
    file = changed(tmp_path, lambda cases: cases["B16"]["expected"].update(net=1_569_667))

    printed, refusal = run(file)

    assert refusal == "the formulas and the file differ"
    assert "B16 net: expected 1569667, got 1569666" in printed.splitlines()
    assert printed.splitlines()[-1] == "39 passed, 1 failed"


@pytest.mark.parametrize(
    ("case", "change", "named"),
    [
        ("B23", {"participated": True, "segments": [{"worked_days": "1"}]}, "score"),
        ("B01", {"score": "100.01"}, "score"),
        ("B01", {"tax_percent": "-1"}, "tax_percent"),
    ],
)
def test_nonsense_is_refused_by_name(tmp_path, case, change, named):
    def spoil(cases):
        given = cases[case]["input"]
        for part, values in zip(given["segments"], change.pop("segments", []), strict=False):
            part.update(values)
        given.update(change)

    printed, _ = run(changed(tmp_path, spoil))

    assert f"{case} refused: {named}" in printed


@pytest.mark.parametrize("text", ["", "[]", '{"points": []}'])
def test_a_file_of_another_kind_is_one_sentence(tmp_path, text):
    file = tmp_path / "other.json"
    file.write_text(text)

    assert "not a file of worked months" in run(file)[1]


def test_an_empty_file_does_not_pass(tmp_path):
    file = tmp_path / "empty.json"
    file.write_text('{"score": [], "bonus": []}')

    assert run(file)[1] == "the file holds no case"


LATE = FILE.with_name("late.json")


def test_worked_months_with_dated_facts_pass():
    printed, refusal = run(LATE)

    assert refusal is None
    assert printed.splitlines()[0] == "G-SE01 ok"
    assert printed.splitlines()[-1] == "12 passed, 0 failed"


def test_a_changed_digit_of_a_dated_fact_fails_and_names_the_figure(tmp_path):
    content = json.loads(LATE.read_text())
    content["segments"][0]["input"]["tariffs"][1]["from"] = "2026-09-15"
    content["home"][0]["events"] = content["home"][0]["input"]["events"].pop()
    content["acting"] = []
    file = tmp_path / "changed.json"
    file.write_text(json.dumps(content))

    printed, refusal = run(file)

    assert refusal == "the formulas and the file differ"
    assert "segments.1.last: expected 2026-09-15, got 2026-09-14" in printed
    assert "G-HO01 people.W.held: expected True, got False" in printed
    assert "not computed: acting" in printed
