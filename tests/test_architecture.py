"""The house is a test: who may know whom, what is pure, and which rooms have no name."""

import ast
import re
import sys
from pathlib import Path

import pytest

from devtools.pure import PURE

ROOT = Path(__file__).resolve().parent.parent
LINE = [
    "records",
    "notices",
    "organization",
    "calendars",
    "activities",
    "approvals",
    "assessment",
    "bonuses",
    "reports",
    "operations",
]
BUILT = [app for app in LINE if (ROOT / app).is_dir()]
WIRING = {"ekinerja", "devtools"}
NAMELESS = re.compile(r"(utils?|helpers?|services?|common|mixins?|misc)(\.py)?")
SHORT = {"*.py": 300, "*.html": 80}


def sources(app):
    return [path for path in sorted((ROOT / app).rglob("*.py")) if "tests" not in path.parts]


def own_code():
    return [path for app in [*BUILT, "ekinerja", "devtools"] for path in sources(app)]


def imported(tree):
    """Every module that a file names in an import, at the top or inside a function."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def named_packages(path):
    """Packages of the line that a file imports, or names in a string like "app.Model"."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = {name.partition(".")[0] for name in imported(tree)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            match = re.fullmatch(r"([a-z]+)\.[A-Z]\w+", node.value)
            found |= {match[1]} if match else set()
    return found


@pytest.mark.parametrize("app", BUILT)
def test_app_knows_only_apps_before_it(app):
    allowed = set(LINE[: LINE.index(app) + 1])
    strangers = {
        (str(path.relative_to(ROOT)), package)
        for path in sources(app)
        for package in named_packages(path) & ({*LINE} | WIRING)
        if package not in allowed
    }
    assert strangers == set()


def test_models_import_of_their_room_only_models_and_pure_modules():
    """Models know neither pages nor forms nor the job queue of their room."""
    found = {
        (str(path.relative_to(ROOT)), name)
        for app in BUILT
        for path in sources(app)
        if "models" in path.relative_to(ROOT / app).parts
        for name in imported_modules(path, app)
        if not name.startswith(f"{app}.models") and f"{name.replace('.', '/')}.py" not in PURE
    }
    assert found == set()


def imported_modules(path, app):
    """Modules of `app` that a file imports, by their full names, also by `from app import module`."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.startswith(f"{app}."))
        elif isinstance(node, ast.ImportFrom) and node.module == app:
            yield from (f"{app}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith(f"{app}."):
            yield node.module


def test_no_import_hides_in_a_function():
    late = [
        f"{path.relative_to(ROOT)}:{inner.lineno}"
        for app in BUILT
        for path in sources(app)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert late == []


def test_the_check_of_the_line_sees_hidden_imports_and_model_strings(tmp_path):
    hidden = tmp_path / "models.py"
    hidden.write_text("def f():\n    from bonuses.models import Run\nx = 'reports.Board'\n")

    assert {"bonuses", "reports"} <= named_packages(hidden)


@pytest.mark.parametrize("module", PURE)
def test_arithmetic_is_pure(module):
    tree = ast.parse((ROOT / module).read_text(encoding="utf-8"))
    foreign = {
        name
        for name in imported(tree)
        if name.partition(".")[0] not in sys.stdlib_module_names and name not in PURE[module]
    }
    assert foreign == set()
    clocks = {"now", "today", "localdate"} & {
        node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)
    }
    assert clocks == set()


def says_pure(path):
    return "PURE" in (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "")


def test_the_list_of_pure_modules_holds_each_that_says_so_and_no_other():
    say_so = {
        path.relative_to(ROOT).as_posix()
        for app in [*BUILT, "ekinerja"]
        for path in sources(app)
        if says_pure(path)
    }
    assert say_so == set(PURE)


def test_a_docstring_that_claims_to_be_pure_is_heard(tmp_path):
    module = tmp_path / "fees.py"
    module.write_text('"""Fees.\n\nPURE: standard library only."""\n')
    assert says_pure(module)

    module.write_text('"""Fees."""\nNAME = "PURE"\n')
    assert not says_pure(module)


@pytest.mark.parametrize("app", ["activities", "approvals", "assessment", "bonuses"])
def test_no_float_comes_near_minutes_scores_or_money(app):
    floats = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sources(app)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (isinstance(node, ast.Constant) and isinstance(node.value, float))
        or (isinstance(node, ast.Name) and node.id == "float" and app == "bonuses" and _is_call(path, node))
        or (isinstance(node, ast.Attribute) and node.attr == "FloatField")
    ]
    assert floats == []


def _is_call(path, name):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return any(
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.lineno == name.lineno
        and node.func.id == "float"
        for node in ast.walk(tree)
    )  # fmt: skip


def test_nothing_reacts_behind_the_back_of_the_caller():
    signals = [
        f"{path.relative_to(ROOT)}: {word}"
        for path in own_code()
        if "migrations" not in path.parts
        for word in ("post_save", "pre_save", "m2m_changed", "@receiver")
        if word in path.read_text(encoding="utf-8")
    ]
    assert signals == []


def test_every_room_has_a_name_of_its_own():
    folders = [ROOT / app for app in [*BUILT, "ekinerja"]]
    nameless = [
        str(path.relative_to(ROOT))
        for folder in folders
        for path in folder.rglob("*")
        if NAMELESS.fullmatch(path.name)
    ]
    assert nameless == []


def test_files_stay_short():
    long = [
        (str(path.relative_to(ROOT)), count)
        for path in [*own_code(), *(ROOT / "templates").rglob("*.html")]
        if "migrations" not in path.parts
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > SHORT[f"*{path.suffix}"]
    ]
    assert long == []


def test_no_line_of_a_template_is_over_160_characters():
    long = [
        (f"{path.relative_to(ROOT)}:{number}", len(line))
        for path in (ROOT / "templates").rglob("*.html")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > 160
    ]
    assert long == []


def test_functions_stay_under_30_lines():
    long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in own_code()
        if "migrations" not in path.parts
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and length(node) >= 30
    ]
    assert long == []


def length(function):
    """Lines of a function without its docstring."""
    first = function.body[0]
    says = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    told = first.end_lineno - first.lineno + 1 if says else 0
    return function.end_lineno - function.lineno + 1 - told


def test_nothing_of_the_product_reads_beside_the_project():
    outside = [
        str(path.relative_to(ROOT)) for path in own_code() if "../shared" in path.read_text(encoding="utf-8")
    ]
    assert outside == []
