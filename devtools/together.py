"""Wraps the operations of a freshly made initial migration: `python -m devtools.together APP…`.

See records/schema.py. Run after `manage.py makemigrations APP -n initial`, before `ruff format`.
"""

import ast
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
IMPORT = "from records.schema import Together\n"
EXTENSIONS = "from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension\n"


def wrapped(text: str, *, first: bool) -> str:
    """Return the migration with its operations inside Together; `first` brings the extensions."""
    if "Together([" in text:
        return text
    lines = text.splitlines(keepends=True)
    body = next(node for node in ast.parse(text).body if isinstance(node, ast.ClassDef)).body
    found = next(n for n in body if isinstance(n, ast.Assign) and n.targets[0].id == "operations").value
    before, after = "".join(lines[: found.lineno - 1]), "".join(lines[found.end_lineno :])
    inner = ast.get_source_segment(text, found)
    for name in ("BtreeGistExtension(),", "TrigramExtension(),"):
        inner = inner.replace(name, "")
    opening = "BtreeGistExtension(), TrigramExtension(), " if first else ""
    before = before.replace("\n\nclass Migration", f"\n{IMPORT}\n\nclass Migration", 1)
    if first and EXTENSIONS not in before:
        before = before.replace("from django.db import", f"{EXTENSIONS}from django.db import", 1)
    return f"{before}    operations = [{opening}Together({inner})]\n{after}"


def main(apps: list[str]) -> None:
    for app in apps:
        path = ROOT / app / "migrations" / "0001_initial.py"
        path.write_text(wrapped(path.read_text(encoding="utf-8"), first=app == "organization"))


if __name__ == "__main__":
    main(sys.argv[1:])
