"""One word for one thing: what a reader may rely on when they search for a name."""

import ast
from collections import defaultdict

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
