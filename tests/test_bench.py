"""The bench runs: every kind of measure in a tiny city, without a word on how long anything took."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.bench.report import Measure

ROOT = Path(__file__).resolve().parent.parent
LONG = ["weekly_queue", "board", "save", "months", "bonus_run", "cutoff"]  # with dev.py test --faults
TAKEN = ["home", "bulk", "import", *(LONG if os.environ.get("EKINERJA_FUZZ") else [])]


@pytest.fixture
def folder():
    """A folder that PostgreSQL can reach also where the tests run as root."""
    with tempfile.TemporaryDirectory(prefix="ekinerja-bench-") as made:
        Path(made).chmod(0o711)
        yield made


@pytest.mark.long
def test_the_bench_measures_a_tiny_city_and_both_sides_do_the_same(folder):
    environment = os.environ | {"BENCH_SHORT": "1", "EKINERJA_VAR": folder}
    environment = {name: value for name, value in environment.items() if not name.startswith("PYTEST")}
    command = [sys.executable, "-m", "devtools.bench", "--tiny", *TAKEN]
    taken = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    lines = [json.loads(line) for line in taken.stdout.splitlines() if line.startswith("{")]
    names = {line["name"] for line in lines}
    expected = {"home", "home_queries", "home_8_clients", "bulk_30", "bulk_60", "bulk_60_statements"}
    expected |= {"import", "import_seconds", "import_memory"}
    if "cutoff" in TAKEN:
        expected |= {"weekly_queue", "board", "save", "save_8_clients", "months_home", "months_home_queries"}
        expected |= {"bonus_run", "bonus_run_memory", "cutoff"}
    assert (expected - names, taken.stderr[-2000:] if expected - names else "") == (set(), "")
    different = [line for line in lines if line["rows"] != line["floor_rows"]]
    different += [line for line in lines if line["total"] != line["floor_total"]]
    assert [line["name"] for line in different] == []
    assert taken.returncode == (0 if all(line["ok"] for line in lines) else 1)


def test_a_measure_over_its_ceiling_is_not_ok():
    assert Measure.of("page", 30.0, 10.0, "3").ok
    assert not Measure.of("page", 30.1, 10.0, "3").ok


def test_a_rate_below_its_floor_is_not_ok():
    assert Measure.of("clients", 40.0, 100.0, "0.4", at_least=True).ok
    assert not Measure.of("clients", 39.0, 100.0, "0.4", at_least=True).ok


def test_a_measure_that_did_not_do_what_the_floor_did_is_not_ok():
    assert not Measure.of("run", 1.0, 1.0, "8", done=(5_000, 7), expected=(5_000, 8)).ok


def test_an_unknown_measure_is_told_with_those_there_are():
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.bench.settings"}
    command = [sys.executable, "-m", "tests.bench", "pages"]
    taken = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert (taken.returncode, "no such measure: pages; there are home" in taken.stderr) == (1, True)
