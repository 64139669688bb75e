"""One word for one thing: what a reader may rely on when they search for a name."""

import ast
import re
from collections import defaultdict
from pathlib import Path

from tests.test_architecture import ROOT, own_code

SHARED = {"Command"}  # Django asks for this name in every command


def classes():
    """Where each class of the product stands, {name: files}; classes inside another go by its name."""
    found = defaultdict(list)
    for path in own_code():
        if "migrations" in path.parts:
            continue
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and node.name not in SHARED:
                found[node.name].append(str(path.relative_to(ROOT)))
    return found


def test_no_two_classes_have_one_name():
    assert {name: files for name, files in classes().items() if len(files) > 1} == {}


def test_people_are_they():
    """Nobody is guessed to be a man: people are "they" in code, sentences and tests."""
    word = re.compile(r"(?<![a-z])(?:he|his|him|himself)(?![a-z])", re.IGNORECASE)
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in [*ROOT.glob("*/**/*.py"), *(ROOT / "templates").rglob("*.html")]
        if not {".venv", "var", "migrations"} & set(path.relative_to(ROOT).parts) and path != Path(__file__)
        for match in word.finditer(path.read_text(encoding="utf-8"))
    ]
    assert found == []
