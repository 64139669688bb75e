"""No view turns a refusal into an answer by hand: `attempt` and one middleware do."""

import ast
from pathlib import Path

import pytest

from records.refusals import Refusal

ROOT = Path(__file__).resolve().parent.parent
ROOMS = [path.parent for path in sorted(ROOT.glob("*/apps.py"))] + [ROOT / "ekinerja"]
OWN = [path for room in ROOMS for path in sorted(room.rglob("*.py")) if "tests" not in path.parts]
VIEWS = [path for path in OWN if "views" in path.parts or path.name in ("views.py", "middleware.py")]
BY_ATTEMPT = {"ValidationError", "IntegrityError", "PermissionDenied", "Exception"}


def nodes(path, kind):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, kind)]


def names(tree):
    """The names that a piece of syntax mentions, without the modules they are read from."""
    found = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    return found | {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}


def refusals():
    """The names of all classes of refusal, however far below their base."""
    classes = [node for path in OWN for node in nodes(path, ast.ClassDef)]
    bases = {node.name: set().union(*map(names, node.bases)) for node in classes}
    found = {Refusal.__name__}
    while more := {name for name, above in bases.items() if above & found} - found:
        found |= more
    return found


def caught(path, known):
    """`file:line` of each except clause of a view that names a refusal, or catches all."""
    return [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for node in nodes(path, ast.ExceptHandler)
        if node.type is None or names(node.type) & known
    ]


def test_no_view_catches_a_refusal():
    known = refusals() | BY_ATTEMPT

    assert [line for path in VIEWS for line in caught(path, known)] == []


def test_the_check_sees_refusals_far_below_their_base_in_every_room():
    below = {"NotNow", "StaleVersion", "NoRule", "OwnRecord", "MonthOver", "AlreadyDecided", "FactsChanged"}

    assert below | {"SamePerson", "LiveRun"} <= refusals()


@pytest.mark.parametrize("said", ["StaleVersion", "(KeyError, state.StaleVersion)", "Exception"])
def test_the_check_sees_what_is_caught(monkeypatch, tmp_path, said):
    view = tmp_path / "views.py"
    view.write_text(f"try:\n    act()\nexcept {said} as refused:\n    pass\n")
    monkeypatch.setattr(f"{__name__}.ROOT", tmp_path)

    assert caught(view, refusals() | BY_ATTEMPT) == ["views.py:3"]


def test_no_view_says_that_it_worked_by_a_status():
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in VIEWS
        for node in nodes(path, ast.Constant)
        if node.value == 302
    ]
    assert found == []


def test_every_refusal_has_one_of_three_statuses():
    def below(kind):
        return [found for each in kind.__subclasses__() for found in [each, *below(each)]]

    assert {kind.__name__: kind.status for kind in below(Refusal) if kind.status not in (403, 409, 422)} == {}
